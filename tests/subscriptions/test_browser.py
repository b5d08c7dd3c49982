"""The Subscribe page and "Save this search" in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from broadsheet.subscriptions.model import parse_subscription
from tests.accessible import violations
from tests.static_server import serving

from .test_subscribe_page import LISTMONK, page_text

STATIC = Path(__file__).parents[2] / "theme" / "static"
SEARCH = """<!DOCTYPE html><html lang="en"><title>Search</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<script src="/theme/js/theme.js"></script><link rel="icon" href="/theme/img/favicon.svg">
<details id="save-search" data-repository data-propose="https://code.example/new?f={name}.yml&amp;v={text}">
<summary>Save this search</summary></details>
<script type="module" src="/theme/js/site.js"></script></html>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    for name, text in (("subscribe", page_text(LISTMONK)), ("search", SEARCH)):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(text, "utf-8")
    (folder / "theme").symlink_to(STATIC)
    with serving(folder) as served:
        yield served


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test if the browser complains."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    made = context.new_page()
    complaints: list[str] = []
    made.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    context.close()
    assert complaints == []


def test_a_feed_s_address_can_be_copied(page: Page, address: str) -> None:
    page.goto(f"{address}subscribe/")
    button = page.get_by_role("button", name="Copy address of Vision")
    button.click()
    expect(page.get_by_role("button", name="Copied of Vision")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"{address}feeds/topics/vision.rss.xml"
    )


def test_the_page_fits_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}subscribe/")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.slow
def test_axe_finds_nothing(page: Page, address: str) -> None:
    context = page.context.browser.new_context(bypass_csp=True)  # type: ignore[union-attr]
    for scheme in ("light", "dark"):
        other = context.new_page()
        other.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        other.goto(f"{address}subscribe/")
        assert violations(other) == [], scheme
    context.close()


def test_a_search_becomes_the_file_of_a_subscription(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=robot*+learn&topic=vision&since=2025-06")
    page.locator("[data-js=ready]").wait_for(state="attached")
    page.get_by_text("Save this search").click()
    tell = "lunr => document.dispatchEvent(new CustomEvent('broadsheet:found', { detail: { lunr,"
    page.evaluate(f"{tell} corrected: [], total: 0, newest: '', topics: {{}} }} }}))", arg=True)
    text = page.locator("#save-search pre").inner_text()
    made = parse_subscription(text, "x")
    assert (made.words, made.topics, made.since) == ("robot* learn", ("vision",), "2025-06")
    link = page.get_by_role("link", name="Propose it").get_attribute("href")
    assert link is not None
    assert link.startswith("https://code.example/new?f=robot-learn-vision.yml&v=title%3A")
    page.get_by_role("button", name="Copy").click()
    assert page.evaluate("navigator.clipboard.readText()").strip() == text.strip()
    expect(page.locator("#save-search")).to_contain_text("digest’s repository")
    # A digest without a repository has the file sent to it.
    page.locator("#save-search").evaluate(
        "it => { document.activeElement.blur();"
        " delete it.dataset.repository; delete it.dataset.propose; }"
    )
    page.evaluate(f"{tell} corrected: [], total: 0, newest: '', topics: {{}} }} }}))", arg=True)
    expect(page.locator("#save-search")).to_contain_text("Send this file")
    expect(page.get_by_role("link", name="Propose it")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "robot-learn-vision.yml"
    assert download.value.path().read_text() == text
