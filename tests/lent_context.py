"""A browser's context that tests have one after the other: to start one, with a process and a
network of its own, takes longer than what most tests do in it. Each test finds it as new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

_PATIENCE = 30_000  # milliseconds, as Playwright has it
_AGAIN = 500  # milliseconds after which a page that still stands is closed once more

_WORKERLESS = """
try {
  navigator.serviceWorker.register = () => new Promise(() => {});
} catch {
  // A frame of another origin has no workers.
}
"""


def closed(page: Page, line: CDPSession | None = None) -> None:
    """Close a page, by a line to its browser if there is one. Raises AssertionError where it
    stays.

    Chromium says yes to closing a page that is just going elsewhere, and doesn't do it
    (crbug.com/536385539); `Page.close` then waits for ever. Asked again, Chromium closes it.
    """
    browser = page.context.browser
    if page.is_closed() or browser is None:
        return
    own = page.context.new_cdp_session(page)
    target = own.send("Target.getTargetInfo")["targetInfo"]["targetId"]
    line = line or browser.new_browser_cdp_session()
    for _ in range(_PATIENCE // _AGAIN):
        # That it is closed while we ask is told as an error, of the request or of the wait.
        with suppress(Error), page.expect_event("close", timeout=_AGAIN), suppress(Error):
            line.send("Target.closeTarget", {"targetId": target})
        if page.is_closed():
            return
    raise AssertionError(f"a page does not close: {page.url}")


class LentContext:
    """A context, lent to a test at a time; `options` are those of `Browser.new_context`. Without
    `worker`, pages can't register a service worker, and aren't told so."""

    def __init__(self, browser: Browser, *, worker: bool = True, **options: Any) -> None:
        self.context = browser.new_context(**options)
        if not worker:
            self.context.add_init_script(_WORKERLESS)
        self._held = self.context.new_page()
        self._protocol = self.context.new_cdp_session(self._held)
        self._browser = browser.new_browser_cdp_session()

    @contextmanager
    def lent(self, address: str, *, worker_stays: bool = False) -> Iterator[BrowserContext]:
        """The context; afterwards it has no page, and its browser keeps nothing of the site at an
        address: no cookie, no storage and, but where it `worker_stays`, no service worker."""
        yield self.context
        for page in self.context.pages:
            if page is not self._held:
                closed(page, self._browser)
        self.context.unroute_all()
        self.context.set_offline(False)
        self.context.set_default_timeout(_PATIENCE)
        self.clear(address, worker_stays=worker_stays)

    def clear(self, address: str, *, worker_stays: bool = False) -> None:
        """Have the browser forget what it keeps of the site at an address."""
        self.context.clear_cookies()
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        kinds = "local_storage,indexeddb" if worker_stays else "all"
        self._protocol.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kinds})

    def close(self) -> None:
        """End the context."""
        self.context.close()
