"""Pages from right to left, and a service's script, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessible import violations
from tests.digests import Digest
from tests.soak import few
from tests.static_server import serving

CLIENT = """\
const frame = document.createElement("iframe");
frame.title = "Comments";
frame.src = new URL("talk.html", document.currentScript.src);
document.currentScript.after(frame);
"""


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site in Arabic whose papers have comments, of a stand-in on a server of its own."""
    folder = tmp_path_factory.mktemp("ar")
    service = folder / "service"
    service.mkdir()
    (service / "client.js").write_text(CLIENT)
    (service / "talk.html").write_text("<!DOCTYPE html><title>Talk</title><p>A first comment")
    with serving(service) as talk:
        digest = Digest(folder / "digest")
        digest.set("DEFAULT_LANG", "ar")
        digest.set("THEME_TEMPLATES_OVERRIDES", [str(digest.folder / "templates")])
        source = talk.rstrip("/")
        digest.set("BROADSHEET_CSP", {"script-src": [source], "frame-src": [source]})
        digest.set("MENUITEMS", [("منتدى", "https://forum.example/")])
        digest.set("SOCIAL", [("Mastodon", "https://social.example/@us")])
        digest.write(
            "templates/partials/comments.html",
            f'<section><script src="{talk}client.js" async></script></section>\n',
        )
        digest.build()
        with serving(digest.output) as site:
            yield site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a phone that fails its test if the browser complains."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    made = context.new_page()
    complaints: list[str] = []
    made.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    context.close()
    assert complaints == []


PAGES = ("", "archive/", "2025/08/07/", "2025/08/", "search/?q=steps", "papers/steps-that-shrink/")


def test_no_page_is_wider_than_the_screen_or_hard_to_reach(arabic: str, page: Page) -> None:
    for path in few(PAGES, 2):
        page.goto(arabic + path)
        page.locator("html[data-js=ready]").wait_for()
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(width) == 0, path
        # A page may be scrolled to its left: what is kept out of sight must not be there.
        assert page.evaluate("(scrollTo(-500, 0), scrollX)") == 0, path
    page.goto(arabic)
    assert violations(page) == []


def test_the_page_begins_on_the_right(arabic: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(arabic + "2025/08/07/")
    brand, menu = page.locator(".brand").bounding_box(), page.locator(".menu").bounding_box()
    assert brand
    assert menu
    assert brand["x"] > menu["x"]
    heading = page.locator(".row h3").first
    title = heading.locator("a").bounding_box()
    star = page.locator(".row .save").first.bounding_box()
    assert title
    assert star
    assert star["x"] < title["x"], "the star stands at the line's end"
    lead = page.locator(".row summary .lead").first.bounding_box()
    more = page.locator(".row summary b").first.bounding_box()
    assert lead
    assert more
    assert more["x"] > lead["x"], "what goes on stands at the end of an English lead"
    byline = page.locator(".row .by:has(.votes)").first
    names = byline.locator("bdi").first.bounding_box()
    votes = byline.locator(".votes").bounding_box()
    assert names
    assert votes
    assert names["x"] - votes["x"] - votes["width"] > 4, "what comes after names is left of them"
    turned = "getComputedStyle(document.querySelector('[rel=next]'), '::after').scale"
    assert page.evaluate(turned) == "-1 1"


def test_scripts_say_it_in_the_page_s_language(arabic: str, page: Page) -> None:
    page.goto(arabic + "search/?q=steps")
    expect(page.locator("#search-status")).to_have_text("ورقة واحدة.")
    expect(page.locator("#search-results time")).to_have_text("7 أغسطس 2025")
    page.locator("#q").fill("-in:vision")
    page.locator("#q").press("Enter")
    expect(page.locator("#search-status")).to_contain_text("لا يمكن نفي «in:»")
    page.goto(arabic + "2025/08/07/")
    expect(page.locator(".save").first).to_have_attribute("aria-label", re.compile("احفظ «"))


def test_a_service_that_the_settings_name_may_run(arabic: str, page: Page) -> None:
    page.goto(arabic + "papers/steps-that-shrink/")
    expect(page.frame_locator("iframe").locator("p")).to_have_text("A first comment")


def test_the_digest_s_own_links_are_in_menu_and_footer(arabic: str, page: Page) -> None:
    page.goto(arabic)
    forum = page.locator(".menu a", has_text="منتدى")
    expect(forum).to_have_attribute("href", "https://forum.example/")
    expect(page.locator("footer a[rel=me]")).to_have_attribute("href", "https://social.example/@us")
