"""A real browser that is told everything: what ran, what was asked of other hosts, what broke, and
what stands in pages that should not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.lent_context import LentContext
from tests.static_server import StaticFiles, serving

INSPECT = (Path(__file__).parent / "inspect.js").read_text("utf-8")
_POLICY = re.compile(rb"<meta http-equiv=\"?Content-Security-Policy\"?[^>]*>", re.I)
_INIT = """
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...all) => ran(`${name}(${all})`);
}
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  ran(`policy: ${violatedDirective} ${blockedURI}`);
});
"""


class _Handler(StaticFiles):
    """Serves a built site, with or without its policy, and grids of its pages at /__grid?a,b."""

    policy = True

    def do_GET(self) -> None:  # noqa: N802 - its name is given
        """Answer: a grid, a page without its policy, or the file as it is."""
        path, _, query = self.path.partition("?")
        if path == "/__grid":
            frames = "".join(
                f'<iframe data-grid="{escape(one)}" src="/{escape(one)}"></iframe>'
                for one in unquote(query).split(",")
            )
            self._send(f"<!DOCTYPE html><title>grid</title>{frames}".encode(), "text/html")
            return
        file = Path(self.translate_path(path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            file = Path(self.directory) / "404.html"
        data = file.read_bytes()
        if file.suffix == ".html" and not self.policy:
            data, count = _POLICY.subn(b"", data)
            assert count, f"{file} has no policy"
        self._send(data, self.guess_type(str(file)), 404 if file.name == "404.html" else 200)

    def _send(self, data: bytes, kind: str, code: int = 200) -> None:
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class _WithoutPolicy(_Handler):
    policy = False


@contextmanager
def served(folder: Path, *, policy: bool) -> Iterator[str]:
    """The address of a server of a folder; without `policy`, pages lose their CSP on the way."""
    with serving(folder, _Handler if policy else _WithoutPolicy) as address:
        yield address.rstrip("/")


class Watch:
    """A browser's page, and what it was seen doing (`seen`)."""

    def __init__(self, lent: LentContext, address: str) -> None:
        self.seen: list[str] = []
        self.address = address
        self._lent = lent
        context = lent.context
        context.expose_binding("ran", lambda _, what=None: self.seen.append(f"ran: {what}"))
        context.add_init_script(_INIT)
        context.on("request", self._request)
        self.page = self._opened()
        context.on("page", lambda page: self.seen.append(f"opened: {page.url}"))

    def _opened(self) -> Page:
        page = self._lent.context.new_page()
        page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        page.on("console", self._console)
        page.on("dialog", self._dialog)
        return page

    def begin_anew(self) -> None:
        """Open another page, in a browser that has forgotten the site."""
        with self._lent.lent(self.address):
            pass
        self.page = self._opened()
        self.seen.clear()

    def _request(self, request: Request) -> None:
        known = (self.address, "data:image/svg+xml", "blob:" + self.address, "about:")
        if not request.url.startswith(known):
            self.seen.append(f"asked: {request.url}")

    def _console(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and "404 (Not Found)" not in said.text:
            self.seen.append(f"console: {said.text}")

    def _dialog(self, dialog: object) -> None:
        self.seen.append(f"dialog: {dialog}")
        dialog.dismiss()  # type: ignore[attr-defined]

    def open(self, path: str) -> list[str]:
        """Load a page of the site, wait for its scripts; gives what is wrong with it."""
        self.page.goto(f"{self.address}/{path}", wait_until="load")
        return self.look()

    def look(self) -> list[str]:
        """What is wrong with the page as it stands, and what was seen since the last look."""
        self.page.mouse.move(300, 300)
        self.page.wait_for_timeout(50)
        wrong = list(self.page.evaluate(INSPECT, [self.address, 1]))
        wrong += self.seen
        self.seen.clear()
        return wrong

    def grid(self, paths: Sequence[str], most: int = 30) -> list[str]:
        """Load pages of the site in frames, many at once; gives what is wrong with them."""
        wrong = []
        for start in range(0, len(paths), most):
            wrong += self.open(f"__grid?{','.join(paths[start : start + most])}")
        return wrong

    def bare(self, parts: Sequence[str], most: int = 60) -> list[str]:
        """Show pieces of HTML as a reader without any policy does, each in a frame; gives what is
        wrong with them."""
        wrong = []
        for start in range(0, len(parts), most):
            frames = "".join(
                f'<iframe data-grid="piece {n}" srcdoc="{escape(one)}"></iframe>'
                for n, one in enumerate(parts[start : start + most], start)
            )
            self.page.goto(f"{self.address}/__grid?robots.txt", wait_until="load")
            self.page.set_content(
                f"<!DOCTYPE html><title>reader</title>{frames}", wait_until="load"
            )
            wrong += self.look()
        return wrong


@contextmanager
def watching(browser: Browser, address: str, *, worker: bool = True) -> Iterator[Watch]:
    """A page that is watched, in a context of its own; with the site's `worker`, or without, which
    halves what many pages take."""
    lent = LentContext(browser, worker=worker, viewport={"width": 1000, "height": 900})
    try:
        yield Watch(lent, address)
    finally:
        lent.close()
