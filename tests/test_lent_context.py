"""A page that tests have done with is gone, whatever it does meanwhile."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.lent_context import LentContext, closed


class _Deaf:
    """A line to a browser that says yes to the first request and does nothing, as Chromium does
    where a page is just going elsewhere."""

    def __init__(self, line: Any) -> None:
        self._line = line
        self.asked = 0

    def send(self, method: str, values: dict[str, Any]) -> Any:
        self.asked += 1
        return {"success": True} if self.asked == 1 else self._line.send(method, values)


def test_a_page_whose_closing_was_not_heard_is_closed_again(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    line = _Deaf(browser.new_browser_cdp_session())
    closed(page, line)  # type: ignore[arg-type]
    assert page.is_closed()
    assert line.asked == 2
    context.close()


class _Late:
    """A line to a browser that closes the page, and then knows of no such page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def send(self, *_: object) -> None:
        self._page.context.close()
        raise Error("No target found for targetId")


def test_a_page_that_is_gone_before_it_is_asked_to_go_is_no_error(browser: Browser) -> None:
    page = browser.new_page()
    closed(page, _Late(page))  # type: ignore[arg-type]
    assert page.is_closed()


def test_a_lent_context_has_no_page_left_that_went_elsewhere(plain_context: LentContext) -> None:
    for _ in range(5):
        with plain_context.lent("http://127.0.0.1:9/") as context:
            before = len(context.pages)
            page = context.new_page()
            page.goto("data:text/html,<title>one</title>")
            page.evaluate("setTimeout(() => location.reload(), 0)")
        assert len(context.pages) == before
