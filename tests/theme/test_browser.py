"""The theme in a real browser: what readers see, press and keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.accessible import thinned, violations
from tests.soak import few, sampled
from tests.waiting import until

from . import samples

DAY = "2031/03/05/"
SEARCH = "search/"  # its script has tests of its own; here it complains of a missing index
PLAIN = "theme/img/favicon.svg"  # runs nothing, and has the same storage
KINDS = [path for path in samples.pages() if not path.startswith("papers/")]
KINDS += ["papers/full/", "papers/bare/", "papers/long/", "papers/maths/"]


def row(paper: str) -> str:
    """The selector of a paper's row."""
    return f".row:has(a[href*='papers/{paper}/'])"


def open_page(page: Page, address: str) -> None:
    """Go to a page and wait until its features run."""
    page.goto(address)
    page.locator("[data-js=ready]").wait_for(state="attached")


LOOKS = sampled([("dark", 390), ("light", 1280)], 2)
TARGETS = {"target-size": {"enabled": True}}


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    page: Page, address: str, scheme: str, width: int
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    strict = few(KINDS, 4)
    for path in samples.pages():
        if path == SEARCH or path not in {*few(list(samples.pages()), 3), *strict}:
            continue
        page.goto(address + path, wait_until="load")
        for narrow in sampled([320, 768, 1440], 3):
            page.set_viewport_size({"width": narrow, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= narrow, (path, narrow, wide)
        if path in strict:
            page.set_viewport_size({"width": width, "height": 900})
            thinned(page)
            for details in page.locator(".row details").all()[:2]:
                details.evaluate("it => { it.open = true; }")
            assert violations(page, rules=TARGETS) == [], path


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing_where_search_has_no_index(
    context: BrowserContext, address: str, scheme: str, width: int
) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + SEARCH, wait_until="load")
    assert violations(page, rules=TARGETS) == []


def test_pages_read_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + DAY)
    expect(page.locator(".scheme")).to_be_hidden()
    expect(page.locator(".row details p").first).to_be_hidden()
    page.locator(".row summary").first.click()
    expect(page.locator(".row details p").first).to_be_visible()
    expect(page.locator(".row .lead").first).to_be_hidden()
    page.locator(".day-topics a", has_text="Tides").click()
    assert page.url.endswith("#t-tides")
    page.goto(address + "search/")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    context.close()


def test_a_feature_that_fails_takes_no_other_with_it(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route(
        "**/keys.js*", lambda route: route.fulfill(body="nonsense(", content_type="text/javascript")
    )
    page.route("**/shelf.js*", lambda route: route.abort())
    open_page(page, address + DAY)
    page.locator(".scheme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.locator(".day-topics [data-topic=tides]").click()
    expect(page.locator("#t-clocks")).to_be_hidden()


def test_colours_follow_the_system_until_told_otherwise(browser: Browser, address: str) -> None:
    paper = {"light": "rgb(252, 251, 248)", "dark": "rgb(21, 23, 25)"}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        open_page(page, address + DAY)
        body = page.locator("body")
        expect(body).to_have_css("background-color", paper[scheme])
        page.locator(".scheme").click()
        expect(body).to_have_css("background-color", paper["light"])
        page.locator(".scheme").click()
        expect(body).to_have_css("background-color", paper["dark"])
        page.add_init_script(
            "addEventListener('DOMContentLoaded', () => {"
            "  window.early = document.documentElement.dataset.theme; })"
        )
        page.goto(address + "archive/")  # remembered, and in force before anything shows
        assert page.evaluate("window.early") == "dark"
        expect(page.locator(".scheme")).to_have_attribute("title", "Colours: dark")
        page.locator(".scheme").click()
        expect(body).to_have_css("background-color", paper[scheme])
        context.close()


def test_edges_stay_where_the_system_s_colours_replace_ours(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    open_page(page, address + DAY)
    expect(page.locator(".day-topics a").first).to_have_css("border-top-width", "1px")
    page.goto(address + "2031/03/")
    widths = "all => new Set(all.map((it) => getComputedStyle(it).borderTop.slice(0, 9))).size"
    assert page.locator(".key i").evaluate_all(widths) == 5  # each shade has its edge
    context.close()


def test_a_star_says_what_it_saves_and_its_sign_is_silent(page: Page, address: str) -> None:
    open_page(page, address + DAY)
    for buttons in (".row .save", ".row .more"):
        names = page.locator(buttons).evaluate_all("all => all.map((it) => it.ariaLabel)")
        assert len(set(names)) == len(names) > 3
    expect(
        page.get_by_role("button", name="Mark or mute: Nothing but a title", exact=True)
    ).to_be_visible()
    expect(
        page.get_by_role("button", name="Save “Nothing but a title”", exact=True)
    ).to_be_visible()


def test_topic_chips_show_one_topic_and_the_address_keeps_it(page: Page, address: str) -> None:
    open_page(page, address + DAY)
    page.locator("[data-topic=tides]").click()
    assert page.url.endswith("#t-tides")
    expect(page.locator(".row:visible")).to_have_count(3)
    expect(page.locator("[data-topic=tides]")).to_have_attribute("aria-current", "true")
    expect(page.get_by_text("3 papers shown")).to_be_attached()
    page.reload()
    expect(page.locator("#t-clocks")).to_be_hidden()
    page.locator("[data-topic='']").click()
    expect(page.locator(".row:visible")).to_have_count(len(samples.PAPERS))
    page.go_back()
    expect(page.locator("#t-clocks")).to_be_hidden()


def test_keys_walk_through_the_papers(page: Page, address: str) -> None:
    open_page(page, address + DAY)
    rows = page.locator(".row h3 a")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("o")
    expect(page.locator(".row details").nth(1)).to_have_attribute("open", "")
    page.keyboard.press("k")
    page.keyboard.press("c")
    expect(page.get_by_text("Citation copied")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"Order n2. {rows.nth(0).evaluate('it => it.href')}"
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("jjs")  # letters, while writing
    expect(page.locator("#find")).to_have_value("jjs")
    page.locator("#find").blur()
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/base/path/archive/")
    page.locator("[data-js=ready]").wait_for(state="attached")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/base/path/")


def test_a_sheet_tells_the_keys_and_switches_them_off(page: Page, address: str) -> None:
    open_page(page, address + DAY)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("body")).to_be_focused()
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_saved_papers_are_kept_listed_taken_out_and_brought_back(
    page: Page, address: str, tmp_path: Path
) -> None:
    open_page(page, address + DAY)
    key = "broadsheet:/base/path/:searches"
    search = {"query": "q=clocks", "name": "Clocks", "day": ""}
    value = json.dumps({"version": 1, "searches": [search]})
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
    page.locator(row("maths") + " .save").click()
    expect(page.locator(row("maths") + " .save")).to_have_attribute("aria-pressed", "true")
    open_page(page, address + "papers/hostile/")
    page.keyboard.press("s")
    expect(page.locator(".save")).to_have_attribute("aria-pressed", "true")

    open_page(page, address + "saved/")
    titles = page.locator("[data-shelf] a")
    expect(titles).to_have_text(["Order n2", samples.HOSTILE])
    expect(page.locator("[data-shelf-count]")).to_have_text("2 papers")
    assert titles.first.get_attribute("href") == address + "papers/maths/"

    with page.expect_download() as download:
        page.get_by_role("button", name="Export", exact=True).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert json.loads(file.read_text())["saved"]["maths"] == {
        "title": "Order n2",
        "date": "2031-03-05",
    }
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as Markdown").click()
    assert f"- [Order n2]({address}papers/maths/) (2031-03-05)" in download.value.path().read_text()

    page.get_by_role("button", name="Remove Order n2").click()
    expect(titles).to_have_count(1)
    page.locator("[data-shelf] button").click()
    expect(page.locator("[data-shelf-empty]")).to_be_visible()
    page.get_by_role("button", name="Remove Clocks").click()
    expect(page.locator("[data-searches-empty]")).to_be_visible()
    page.locator("[data-import]").set_input_files(file)
    expect(titles).to_have_count(2)
    expect(page.locator("[data-searches] a")).to_have_text("Clocks")
    page.reload()
    expect(titles).to_have_count(2)
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]")
    page.locator("[data-import]").set_input_files(wrong)
    expect(page.get_by_text("That file holds no saved papers")).to_be_attached()
    expect(titles).to_have_count(2)


ANY = [
    "null", "0", '"text"', "[]", "[1, null, {}, []]", "{}", "true", "{", "[" * 20_000, "",
    '{"a": null, "b": 5, "c": {"title": {}, "date": 7}}',
    '{"__proto__": {"title": "P", "date": "2031-01-01"}, "constructor": 1, "..": {}, "a/b": {}}',
    '["maths", {"id": "cjk", "title": "T", "date": "2031-03-05"}]',
    '{"day": 5, "papers": "x"}', '{"day": "2031-03-05"}', '{"day": "2031-03-05", "papers": {}}',
]  # fmt: skip


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("text", sampled(ANY, 3))
def test_whatever_a_browser_has_kept_pages_work_and_mend_it(
    page: Page, address: str, text: str
) -> None:
    wrong: list[str] = []
    page.on("console", lambda told: wrong.append(told.text) if told.type != "log" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address + PLAIN)
    page.evaluate(
        """text => {
            const names = ["saved", "read", "visit", "keys", "interests", "view", "seen",
                           "shelf-sort", "searches"];
            for (const name of names) {
                localStorage.setItem(`broadsheet:/base/path/:${name}`, text);
                sessionStorage.setItem(`broadsheet:/base/path/:${name}`, text);
            }
            localStorage.setItem("broadsheet:theme", text);
        }""",
        text,
    )
    open_page(page, address)
    open_page(page, address + DAY)
    button = page.locator(row("rtl") + " .save")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.locator(row("rtl") + " summary").click()
    open_page(page, address + "saved/")
    expect(page.locator("[data-shelf] a[href$='papers/rtl/']")).to_have_count(1)
    kept = json.loads(page.evaluate("localStorage.getItem('broadsheet:/base/path/:saved')"))
    assert all(isinstance(one["title"], str) and isinstance(one["date"], str)
               for one in kept.values())  # fmt: skip
    assert not {"..", "a/b"} & set(kept)
    assert wrong == []


def test_a_saved_paper_whose_title_is_lost_is_kept(page: Page, address: str) -> None:
    page.goto(address + PLAIN)
    page.evaluate(
        "localStorage.setItem('broadsheet:/base/path/:saved', '{\"maths\": 1, \"cjk\": null}')"
    )
    open_page(page, address + "saved/")
    expect(page.locator("[data-shelf] a")).to_have_text(["maths", "cjk"])


def test_a_file_that_holds_no_saved_papers_changes_nothing(
    page: Page, address: str, tmp_path: Path
) -> None:
    open_page(page, address + DAY)
    page.locator(row("maths") + " .save").click()
    for text in ("[" * 20_000, "null", "{}", '{"saved": 1}', '{"saved": null}', '"x"', "", "\0"):
        open_page(page, address + "saved/")
        expect(page.get_by_text("That file holds no saved papers")).to_have_count(0)
        (tmp_path / "file.json").write_text(text)
        page.locator("[data-import]").set_input_files(tmp_path / "file.json")
        expect(page.get_by_text("That file holds no saved papers")).to_be_attached()
        expect(page.locator("[data-shelf] a")).to_have_count(1)


def test_of_a_file_what_is_sound_is_taken(page: Page, address: str, tmp_path: Path) -> None:
    open_page(page, address + "saved/")
    (tmp_path / "file.json").write_text(
        '{"saved": {"maths": {"title": "'
        + "x" * 9000
        + '", "date": "soon"}, "../x": {"title": "n"},'
        ' "__proto__": {"title": "p"}}, "read": {"a": 1}}'
    )
    page.locator("[data-import]").set_input_files(tmp_path / "file.json")
    expect(page.locator("[data-shelf] a[href$='papers/maths/']")).to_have_text("x" * 500)
    expect(page.locator("[data-shelf] a")).to_have_count(2)


def test_papers_once_read_are_marked(page: Page, address: str) -> None:
    open_page(page, address + "papers/cjk/")
    open_page(page, address + DAY)
    expect(page.locator(row("cjk"))).to_have_class("row read")
    expect(page.locator(row("rtl"))).to_have_class("row")
    page.locator(row("rtl") + " summary").click()
    until(page, "localStorage.getItem('broadsheet:/base/path/:read').includes('rtl')")
    page.reload()
    expect(page.locator(row("rtl"))).to_have_class("row read")


def _come_back(page: Page, address: str, last: dict[str, object]) -> None:
    key = json.dumps("broadsheet:/base/path/:visit")
    page.goto(address + PLAIN)
    page.evaluate(
        f"localStorage.setItem({key}, JSON.stringify({json.dumps(last)})); sessionStorage.clear()"
    )
    open_page(page, address)


def test_new_issues_since_the_last_visit_are_told(page: Page, address: str) -> None:
    open_page(page, address)
    expect(page.locator("[data-fresh]")).to_be_empty()  # the first visit
    _come_back(page, address, {"day": "2031-03-03", "papers": []})
    expect(page.locator("[data-fresh]")).to_have_text("2 issues new to you")
    expect(page.locator("[data-recent] .new")).to_have_count(2)
    page.reload()
    expect(page.locator("[data-fresh]")).to_have_text("2 issues new to you")


def test_late_papers_of_a_known_issue_are_marked(page: Page, address: str) -> None:
    known = [one.id for one in samples.PAPERS if one.id not in ("cjk", "maths")]
    _come_back(page, address, {"day": "2031-03-05", "papers": known})
    expect(page.locator("[data-fresh]")).to_have_text("2 new to you")
    expect(page.locator(".row.new")).to_have_count(2)


def test_citations_are_copied_by_a_button(page: Page, address: str) -> None:
    open_page(page, address + "papers/full/")
    page.locator(".cite summary").first.click()
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_role("button", name="Copied BibTeX")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == samples.FULL.bibtex.unescape()
    page.locator(".cite summary", has_text="RIS").click()
    page.get_by_role("button", name="Copy RIS").click()
    expect(page.get_by_role("button", name="Copied RIS")).to_be_visible()
    assert "AU  - Author Number663" in page.evaluate("navigator.clipboard.readText()")


def test_a_lost_page_looks_for_what_was_sought(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route(
        "**/papers/listening-pendulums/",
        lambda route: route.fulfill(response=page.request.get(address + "404.html")),
    )
    open_page(page, address + "papers/listening-pendulums/")
    expect(page.locator("[data-lost]")).to_have_value("listening pendulums")


def test_nothing_moves_while_a_page_loads(page: Page, address: str) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const it of list.getEntries())"
        " window.moved += it.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    for path in ("", DAY, "papers/full/", "archive/", "2031/03/"):
        open_page(page, address + path)
        assert page.evaluate("window.moved") == 0, path


def test_focus_is_seen_and_the_menu_can_be_passed(page: Page, address: str) -> None:
    open_page(page, address + DAY)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the papers")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_masthead_is_one_line(page: Page, address: str) -> None:
    open_page(page, address + "archive/")
    for width in (768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        tops = page.locator(".masthead .bar").evaluate(
            "it => [...it.children].filter((one) => one.checkVisibility())"
            "  .map((one) => one.getBoundingClientRect()).map((box) => (box.top + box.bottom) / 2)"
        )
        assert len(tops) == 4, width
        assert max(tops) - min(tops) < 2, width


def test_touch_targets_are_large_enough(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path, where, least in (
        (DAY, ".menu a, .day-topics a, .save, .scheme", 44),
        ("archive/", "td a", 36),
    ):
        open_page(page, address + path)
        heights = page.locator(where).evaluate_all(
            "all => all.filter(it => it.checkVisibility())"
            "          .map(it => it.getBoundingClientRect().height)"
        )
        assert heights
        assert min(heights) >= least, (path, heights)


def test_a_day_prints_as_a_handout(page: Page, address: str) -> None:
    open_page(page, address + DAY)
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".menu", ".day-topics", ".side", ".save >> nth=0", ".row summary b >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".row .lead").first).to_be_visible()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("body")).to_have_css("color", "rgb(26, 28, 30)")
