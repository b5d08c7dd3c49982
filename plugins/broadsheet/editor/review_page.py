"""The page of a day's review, an empty frame that static/review.js fills. Pure.

It takes the site's own stylesheet and colours, from the head of one of the site's pages.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

from .exchange import PLACE


class _Head(HTMLParser):
    """Finds the stylesheets and the plain scripts that a page's head names by path."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.language = "en"
        self._ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "body":
            self._ended = True
        if self._ended:
            return
        if tag == "link" and values.get("rel") == "stylesheet":
            self.found.append(f'<link rel="stylesheet" href="{_rooted(values["href"])}">')
        elif tag == "script" and values.get("src") and "type" not in values:
            self.found.append(f'<script src="{_rooted(values["src"])}"></script>')


def _rooted(path: str) -> str:
    return escape("/" + path.lstrip("./"))


def markup(token: str, script: str) -> str:
    """Return the tags that bring a script of the editor, and its stylesheet, to a page."""
    return (
        f'<link rel="stylesheet" href="{PLACE}static/editor.css">'
        f'<script type="module" id="broadsheet-editor" data-token="{escape(token)}" '
        f'src="{PLACE}static/{script}"></script>'
    )


def review_page(home: str, token: str) -> str:
    """Return the page; `home` is the site's front page, "" where there is none yet."""
    head = _Head()
    head.feed(home[:100_000])
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Review</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{"".join(head.found)}
</head>
<body class="ed-review">
<a class="skip" href="#papers">Skip to the papers</a>
<main id="main">
<header class="ed-head"><h1>Review</h1></header>
<p class="ed-loading">The papers are being read.</p>
<noscript><p>A review in the browser needs JavaScript; <code>broadsheet review</code> is a list on
the terminal.</p></noscript>
</main>
{markup(token, "review.js")}
</body>
</html>
"""
