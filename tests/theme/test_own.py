"""What a reader keeps in the browser: interests, papers seen, how lists show, notes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from broadsheet.archive.codes import code
from tests.accessible import violations
from tests.soak import sampled

from .test_browser import DAY, PLAIN, open_page, row

MOVED = (
    "window.moved = 0; new PerformanceObserver((list) => { for (const it of list.getEntries())"
    " window.moved += it.value; }).observe({ type: 'layout-shift', buffered: true });"
)

FOCUSED = "(document.activeElement.closest('.row')?.querySelector('a').href ?? null)"


def keep(page: Page, address: str, **values: object) -> None:
    """Keep values as the site does, before a page is opened."""
    page.goto(address + PLAIN)
    for name, value in values.items():
        page.evaluate(
            "([name, value]) => localStorage.setItem(`broadsheet:/base/path/:${name}`, value)",
            [name, json.dumps(value)],
        )


def kept(page: Page, name: str) -> Any:
    return json.loads(page.evaluate(f"localStorage.getItem('broadsheet:/base/path/:{name}')"))


def interest(kind: str, key: str, mute: bool = False) -> dict[str, object]:
    return {"kind": kind, "key": key, "name": key, "mute": mute}


def titles(page: Page, where: str = ".group .row") -> list[str]:
    """The last parts of the addresses of the rows that show, in order."""
    found: list[str] = page.locator(where).evaluate_all(
        "all => all.filter((it) => it.checkVisibility())"
        "  .map((it) => it.querySelector('a').pathname.split('/').at(-2))"
    )
    return found


def test_browsers_make_the_same_codes(page: Page, address: str) -> None:
    names = [("topic", "clocks"), ("author", "  Ada  LOVELACE "), ("author", "ابن الهيثم"),
             ("author", "Émile Zola"), ("category", "cs.LG"), ("tag", "潮汐")]  # fmt: skip
    page.goto(address)
    made = page.evaluate(
        """async ([base, names]) => {
            const { codeOf } = await import(`${base}theme/js/interest-codes.js`);
            const { keyOf } = await import(`${base}theme/js/interests.js`);
            return names.map(([kind, name]) => codeOf(kind, keyOf(kind, name)));
        }""",
        [address, names],
    )
    assert made == [code(kind, name) for kind, name in names]


def test_what_is_marked_comes_first_and_what_is_muted_is_folded_with_why(
    page: Page, address: str
) -> None:
    page.add_init_script(MOVED)
    wanted = [interest("word", "órders"), interest("topic", "tides", True)]
    keep(page, address, interests={"version": 1, "list": [*wanted, interest("word", "titles")]})
    open_page(page, address + DAY)
    assert titles(page) == ["maths", "bare", "full", "hostile"]
    expect(page.locator(row("bare") + " .why").first).to_have_text("Marked for the word “titles”")
    expect(page.locator(".mine li")).to_have_count(2)
    fold = page.locator(".folded > summary")
    expect(fold).to_have_text("3 muted papers")
    assert page.evaluate("moved") == 0
    fold.click()
    expect(page.locator(row("rtl") + " .why")).to_have_text("Muted for the topic tides")
    expect(page.locator(".front li:visible")).to_have_count(3)  # two are of the muted topic
    # A topic that is asked for shows, whatever is muted.
    page.locator("[data-topic=tides]").click()
    expect(page.locator("#t-tides .row:visible")).to_have_count(3)
    open_page(page, address + "2031/03/")
    expect(page.locator(".folded > summary").first).to_have_text("3 muted papers")
    assert page.evaluate("moved") == 0


def test_interests_come_from_a_papers_menu_a_focused_tag_and_selected_words(
    page: Page, address: str
) -> None:
    open_page(page, address + DAY)
    page.locator(row("rtl") + " .more").click()
    menu = page.get_by_role("dialog", name="Mark or mute")
    expect(menu.get_by_role("button", name="Mark the topic Tides")).to_be_focused()
    page.keyboard.press("Enter")
    menu.get_by_role("button", name="Mute the tag Pendulums").click()
    page.keyboard.press("Escape")
    expect(page.locator("#t-tides .marked")).to_have_count(3)
    expect(page.locator(".folded > summary")).to_have_text("4 muted papers")

    open_page(page, address + "papers/full/")
    page.locator(".facts a", has_text="Pendulums").focus()
    page.keyboard.press("i")  # muted: one more press forgets it
    expect(page.locator(".toast")).to_contain_text("No longer an interest: the tag Pendulums")
    page.locator(".toast button").click()
    assert [one["key"] for one in kept(page, "interests")["list"]] == ["tides", "pendulums"]
    page.evaluate(
        """() => {
            const range = document.createRange();
            const text = document.querySelector(".abstract p").firstChild;
            range.setStart(text, 0);
            range.setEnd(text, "Clocks drift".length);
            getSelection().addRange(range);
        }"""
    )
    page.get_by_role("button", name="Mute the word “Clocks drift”").click()
    assert kept(page, "interests")["list"][-1] == {
        "kind": "word", "key": "clocks drift", "name": "Clocks drift", "mute": True}  # fmt: skip


@pytest.mark.parametrize("by", ["menu", "tab"])
def test_who_mutes_a_paper_by_the_keyboard_goes_on_with_the_next(
    page: Page, address: str, by: str
) -> None:
    open_page(page, address + DAY)
    page.keyboard.press("j")
    first = page.evaluate(FOCUSED)
    assert first
    if by == "menu":
        page.keyboard.press("i")
        menu = page.get_by_role("dialog", name="Mark or mute")
        menu.get_by_role("button", name="Mute the topic").press("Enter")
    else:
        topic = page.evaluate("document.activeElement.closest('.group').id.slice(2)")
        page.evaluate(
            "list => { localStorage.setItem('broadsheet:/base/path/:interests', list);"
            " dispatchEvent(new Event('arrange')) }",
            json.dumps({"version": 1, "list": [interest("topic", topic, True)]}),
        )
    expect(page.locator(".folded > summary")).to_contain_text("muted")
    page.keyboard.press("Escape")
    focused = page.locator(".row a:focus")
    expect(focused).to_be_visible()
    assert page.evaluate(FOCUSED) != first


def test_interests_are_shared_by_a_link_that_asks_and_sends_nothing(
    browser: Browser, page: Page, address: str, tmp_path: Path
) -> None:
    open_page(page, address + "saved/")
    page.get_by_label("Word or name").fill("Ça va <b>")
    page.get_by_role("button", name="Mute", exact=True).click()
    page.get_by_role("button", name="Share as a link").click()
    link = page.get_by_label("Link to your interests").input_value()
    assert link.startswith(address + "saved/#interests=")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export interests").click()
    file = tmp_path / "interests.json"
    download.value.save_as(file)

    other = browser.new_context()
    theirs = other.new_page()
    asked: list[str] = []
    theirs.on("request", lambda request: asked.append(request.url))
    open_page(theirs, link)
    offer = theirs.get_by_role("region", name="Shared interests")
    expect(offer).to_contain_text("Mute the word “Ça va <b>”")
    assert theirs.url == address + "saved/"
    assert not [url for url in asked if "interests=" in url]
    offer.get_by_role("button", name="No").click()
    expect(theirs.locator("[data-interests] li .badge")).to_have_count(0)
    theirs.locator("[data-interests-tools] input").set_input_files(file)
    expect(theirs.locator("[data-interests] .choices li")).to_have_count(1)
    open_page(theirs, address + "saved/#interests=AAAA")
    theirs.reload()
    expect(theirs.locator("[data-interests] .choices li")).to_have_count(1)
    other.close()


def test_papers_scrolled_past_are_hidden_by_choice_and_brought_back(
    page: Page, address: str
) -> None:
    page.set_viewport_size({"width": 1000, "height": 400})
    keep(page, address, view={"by": "scrolled", "seen": "hide"})
    open_page(page, address + DAY)
    last = page.locator(row("hostile"))
    for _ in range(40):
        page.mouse.wheel(0, 150)
        page.wait_for_timeout(20)
        if last.evaluate("it => it.getBoundingClientRect().bottom") < -5:
            break
    open_page(page, address + DAY)
    passed = kept(page, "seen")
    assert "maths" in passed
    assert not set(passed) & set(titles(page))
    expect(page.locator(".folded > summary")).to_have_text(f"{len(passed)} papers seen before")
    fresh = page.locator("[data-fresh] a")
    expect(fresh).to_have_text(f"{7 - len(passed)} new to you")
    fresh.click()
    first = page.locator(".group .row:visible h3 a").first
    expect(first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("v")
    page.get_by_role("button", name="None seen").click()
    expect(page.locator(".row:visible")).to_have_count(7)
    page.locator(".toast button").click()
    expect(page.locator(".folded > summary")).to_have_text(f"{len(passed)} papers seen before")


def test_a_days_order_and_density_are_kept_and_hold_before_it_shows(
    context: BrowserContext, page: Page, address: str
) -> None:
    page.add_init_script(MOVED)
    open_page(page, address + DAY)
    page.keyboard.press("v")
    page.get_by_label("By votes").check()
    page.get_by_label("Titles only").check()
    expect(page.locator("#all h2")).to_have_text("By votes 7")
    assert titles(page)[:3] == ["cjk", "maths", "full"]
    page.keyboard.press("Escape")
    page.goto(address + DAY, wait_until="load")
    page.locator("[data-js=ready]").wait_for(state="attached")
    assert page.evaluate("moved") == 0
    assert titles(page)[:3] == ["cjk", "maths", "full"]
    expect(page.locator(".row .by").first).to_be_hidden()
    page.locator("[data-topic=clocks]").click()
    assert titles(page) == ["full", "bare", "hostile"]
    page.locator("[data-topic='']").click()
    assert titles(page)[0] == "cjk"
    # Another tab chooses otherwise.
    other = context.new_page()
    open_page(other, address + DAY)
    other.keyboard.press("v")
    other.get_by_label("As listed").check()
    expect(page.locator("#all h2")).to_have_text("As listed 7")


def test_saved_papers_have_notes_and_labels_and_go_out_as_references(
    page: Page, address: str
) -> None:
    saved = {"full": {"title": "A pendulum", "date": "2031-03-05"},
             "gone": {"title": "Lost {x}", "date": "2031-03-06"}}  # fmt: skip
    keep(page, address, saved=saved)
    page.route("**/papers/gone/", lambda route: route.fulfill(status=200, body=""))
    open_page(page, address + "saved/")
    page.get_by_label("Sort").select_option(label="Title")
    page.locator("[data-shelf] summary").first.click()
    page.get_by_label("Note", exact=True).first.fill("Read {this}")
    page.get_by_label("Labels, with").first.fill("kites, tides, kites")
    page.get_by_label("Labels, with").first.blur()
    expect(page.locator(".noted").first).to_have_text("kitestidesRead {this}")
    page.reload()
    expect(page.locator("[data-shelf] li > a")).to_have_text(["A pendulum", "Lost {x}"])
    page.locator("[data-shelf-sort] select").nth(1).select_option("tides")
    expect(page.locator("[data-shelf] li > a")).to_have_text(["A pendulum"])
    page.locator("[data-shelf-sort] select").nth(1).select_option(label="All")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as BibTeX").click()
    bibtex = download.value.path().read_text()
    assert "keywords = {kites, tides}" in bibtex
    assert "annote = {Read this}" in bibtex
    assert "@misc{gone,\n  title = {Lost x},\n  year = {2031}," in bibtex
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as RIS").click()
    ris = download.value.path().read_text()
    assert "AU  - Author Number663" in ris
    assert "KW  - tides\nN1  - Read {this}\nER  - " in ris
    assert ris.count("ER  - ") == 2


def test_without_storage_pages_work_and_menus_say_so(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('off'); } })"
    )
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    open_page(page, address + DAY)
    page.keyboard.press("v")
    page.get_by_label("Titles only").check()
    expect(page.locator(".row .by").first).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("i")
    page.get_by_role("button", name="Mute the topic").click()
    expect(page.locator(".toast")).to_contain_text("Not kept")
    open_page(page, address + "saved/")
    assert wrong == []
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), sampled([("dark", 390), ("light", 1280)], 2))
def test_axe_finds_nothing_in_what_is_the_readers_own(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900},
        bypass_csp=True,  # for axe itself
    )
    page = context.new_page()
    keep(page, address,
         saved={"maths": {"title": "M", "date": "2031-03-05", "note": "n", "labels": ["x"]}},
         interests={"list": [interest("word", "titles"), interest("topic", "tides", True)]},
         view={"density": "compact"})  # fmt: skip

    def check(what: str) -> None:
        assert violations(page) == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= width, what

    open_page(page, address + DAY)
    page.locator(".folded > summary").click()
    page.locator("[data-view] summary").click()
    page.locator("[data-view] fieldset").first.wait_for()
    check("view")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("i")
    page.locator("dialog li").first.wait_for()
    check("menu")
    open_page(page, address + "saved/")
    page.locator("[data-shelf] summary").click()
    check("saved")
    context.close()
