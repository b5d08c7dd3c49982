"""Looking at a built site as a browser's links do."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Links(HTMLParser):
    """The addresses that a page names, by element and attribute, and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.styles: list[str] = []
        self.handlers: list[str] = []
        self.scripts = 0  # inline ones that a browser would run
        self._script: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name, value in attrs:
            if name in ("href", "src", "action", "data", "srcset", "poster"):
                self.found.append((tag, name, value or ""))
            elif name == "id" and value:
                self.ids.append(value)
            elif name == "style":
                self.styles.append(value or "")
            elif name.startswith("on"):
                self.handlers.append(f"{name}={value}")
        runs = values.get("type") in (None, "", "text/javascript", "module")
        if tag == "script" and "src" not in values and runs:
            self.scripts += 1
        if tag == "style":
            self.styles.append("<style>")


def dead_links(output: Path, base: str) -> list[str]:
    """Links within a site served at `base` ("/" or "/some/path/") that lead to no file or id."""
    pages = {
        path.relative_to(output).as_posix(): Links(path.read_text("utf-8"))
        for path in output.rglob("*.html")
    }
    dead = []
    for page, links in pages.items():
        address = base + page.removesuffix("index.html")
        for tag, _, value in links.found:
            parts = urlsplit(value)
            if parts.scheme or parts.netloc:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(address), parts.path))
            if parts.path.endswith("/") or parts.path in (".", ".."):
                target = target.rstrip("/") + "/"
            if not parts.path:
                target = address
            if not target.startswith(base) and target + "/" != base:
                dead.append(f"{page}: <{tag}> {value} leaves the site")
                continue
            file = unquote(target[len(base) :])
            file += "index.html" if file.endswith("/") or not file else ""
            if not (output / file).is_file():
                dead.append(f"{page}: <{tag}> {value}")
            elif parts.fragment and file in pages and parts.fragment not in pages[file].ids:
                dead.append(f"{page}: <{tag}> {value} has no such place")
    return dead
