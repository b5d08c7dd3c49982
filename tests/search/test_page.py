"""The search page in a real browser, on made-up papers, below a base path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from broadsheet.render import assets
from broadsheet.search.index.documents import lunr_document
from tests.lent_context import LentContext, closed
from tests.static_server import serving

from .published import publish, write
from .samples import made
from .test_exact import LUNR, SCRIPTS

PAPERS = made(300)
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Search</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; object-src 'none'">
<script src="../theme/js/theme.js"></script>
<script type="module" src="../theme/js/search.js?v=1"></script></head><body>
<form id="search" role="search"><label for="q">Words</label>
<div class="field"><input id="q" name="q" type="search"></div></form>
<p id="from-disk" hidden>Not from disk</p>
<p id="search-status" role="status"></p><ol id="search-results" class="results"></ol>
</body></html>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not LUNR.exists():
        pytest.skip("lunr.js isn't in theme/static/js/vendor/ (make puts it there)")
    top = tmp_path_factory.mktemp("site")
    site = top / "some" / "path"
    for file in assets.read_theme(SCRIPTS.parent):
        target = site / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.data)
    write(publish(PAPERS), site)
    (site / "search" / "index.html").write_text(PAGE)
    return top


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder) as served:
        yield f"{served}some/path/search/"


@pytest.fixture(scope="module")
def _lent(browser: Browser) -> Iterator[LentContext]:
    made = LentContext(browser, service_workers="block")
    yield made
    made.close()


@pytest.fixture
def page(_lent: LentContext, address: str) -> Iterator[Page]:
    with _lent.lent(address) as context:
        yield from _opened(context, address)


def _opened(context: BrowserContext, address: str) -> Iterator[Page]:
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    page.goto(address)
    yield page
    closed(page)
    wanted = [one for one in problems if "Failed to load resource" not in one]
    assert wanted == []


def titles(page: Page) -> list[str]:
    page.wait_for_selector("#search-results:not([aria-busy]) li h2")
    return page.locator("#search-results h2").all_inner_texts()


def test_nothing_of_the_index_is_loaded_before_it_is_asked_for(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith((".bin", ".json")) or "lunr" in url]
    page.context.close()


def test_a_card_that_comes_late_moves_none_that_shows(page: Page) -> None:
    held: list[Route] = []
    answered: list[str] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/search/cards/**", hold_the_first)
    page.on("requestfinished", lambda one: "/cards/" in one.url and answered.append(one.url))
    page.fill("#q", "+networks")  # not ordered anew by what the cards say
    page.wait_for_selector("#search-results li", state="attached")
    while not answered:
        page.wait_for_timeout(20)
    page.wait_for_timeout(200)
    assert page.locator("#search-results h2").count() == 0
    held[0].continue_()
    expect(page.locator("#search-results li").first.locator("h2")).to_be_visible()
    expect(page.locator("#search-results li").nth(1).locator("h2")).to_be_visible()


def test_words_are_found_marked_and_kept_in_the_address(page: Page) -> None:
    page.fill("#q", "networks")
    titles(page)
    marks = {text.lower() for text in page.locator("#search-results mark").all_inner_texts()}
    assert marks
    assert marks <= {"network", "networks"}
    assert "q=networks" in page.url
    count = sum("network" in " ".join(lunr_document(one).values()).lower() for one in PAPERS)
    expect(page.locator("#search-status")).to_contain_text(f"{count} papers")


def test_an_address_with_a_query_shows_its_results(page: Page, address: str) -> None:
    page.goto(f"{address}?q=deep&topic=vision&since=2025-04")
    titles(page)
    topics = page.locator("#search-results .by a[href*='topics/']").all_inner_texts()
    assert set(topics) == {"Computer vision"}
    assert page.locator(".chosen button").count() == 2


def test_a_date_that_cannot_be_read_is_explained(page: Page) -> None:
    page.fill("#q", "since:sometime")
    expect(page.locator("#search-status")).to_contain_text("needs a year")


def test_a_misspelt_word_is_corrected_and_can_be_searched_for(page: Page) -> None:
    page.fill("#q", "lerning")
    titles(page)
    expect(page.locator("#search-status")).to_contain_text("Showing results for “learning”.")
    page.locator("#search-status button").click()
    expect(page.locator("#search-status")).to_contain_text("No paper has “lerning”.")


def test_papers_with_some_of_the_words_follow_those_with_all(page: Page) -> None:
    page.fill("#q", "schrödinger foo_bar survey")
    titles(page)
    expect(page.locator("#search-some-head")).to_be_visible()
    assert page.locator("#search-some > li").count() > 0


def test_a_year_is_a_filter_that_can_be_taken_off(page: Page) -> None:
    page.fill("#q", "deep 2025")
    titles(page)
    page.locator(".chosen button").click()
    expect(page.locator(".chosen button")).to_have_count(0)


def test_an_identifier_that_is_not_here_is_said_so(page: Page) -> None:
    page.fill("#q", "https://arxiv.org/abs/2412.15115v2")
    expect(page.locator("#search-status")).to_have_text(
        "No paper here has the arXiv id 2412.15115."
    )


def test_a_phrase_is_looked_for_in_the_papers_themselves(page: Page) -> None:
    page.fill("#q", '"key data"')
    expect(page.locator("#search-status")).to_contain_text("with the phrase")


def test_keys_lead_through_completions_and_results(page: Page) -> None:
    page.locator("#q").press_sequentially("netw")
    page.wait_for_selector("#search-options [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert re.fullmatch(r"networks? ", page.input_value("#q"))
    # The page asks anew once typing rests, by a timer that is set already; "netw" found others.
    page.evaluate("new Promise((rested) => setTimeout(rested, 400))")
    expect(page.locator("#search-results")).not_to_have_attribute("aria-busy", "true")
    titles(page)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('li').dataset.place") == "1"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('li').dataset.place") == "2"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"


def test_filters_show_counts_and_narrow(page: Page) -> None:
    page.fill("#q", "deep")
    titles(page)
    page.locator("details.filters > summary").click()
    box = page.locator("fieldset.topics label", has_text="Computer vision")
    count = int(box.locator(".count").inner_text())
    box.click()
    expect(page.locator("#search-status")).to_contain_text(f"{count} paper")
    assert "topic=vision" in page.url
    page.go_back()
    expect(page.locator(".chosen button")).to_have_count(0)


def test_it_works_offline_once_loaded(page: Page) -> None:
    page.fill("#q", "deep")
    titles(page)
    said = page.locator("#search-status")
    found = said.inner_text()
    page.fill("#q", "")
    expect(said).not_to_have_text(found)
    page.context.set_offline(True)
    page.fill("#q", "deep")
    expect(said).to_have_text(found)
    assert titles(page)


def test_a_replaced_index_is_noticed(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/*.bin", lambda route: route.fulfill(status=404))
    page.goto(f"{address}?q=deep")
    expect(page.locator("#search-status")).to_contain_text("has changed")
    page.context.close()


def test_an_index_of_another_format_is_refused(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/manifest.json", lambda route: route.fulfill(json={"format": 999}))
    page.goto(f"{address}?q=deep")
    expect(page.locator("#search-status button")).to_have_text("Reload")
    page.context.close()


def test_it_works_without_a_worker(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script("window.Worker = class { constructor() { throw new Error('none'); } };")
    page.goto(f"{address}?q=deep")
    assert titles(page)
    page.context.close()


def test_a_browser_that_reads_no_files_from_disk_says_so(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "some" / "path" / "search" / "index.html").as_uri() + "?q=deep")
    expect(page.locator("#from-disk")).to_be_visible()
    page.context.close()


@pytest.mark.slow
def test_where_the_page_runs_it_says_nothing_of_disks(page: Page) -> None:
    page.fill("#q", "deep")
    titles(page)
    expect(page.locator("#from-disk")).to_have_count(0)


@pytest.mark.slow
def test_a_finished_word_costs_no_more_with_the_next_keystroke(page: Page) -> None:
    page.fill("#q", "network")
    titles(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#q").press_sequentially("s")
    page.wait_for_timeout(600)
    assert not [url for url in asked if re.search(r"/[tfv][0-9]+l?[.]bin", url)]


def test_a_greek_letter_is_found_and_marked_by_its_name(page: Page) -> None:
    page.fill("#q", "epsilon")
    titles(page)
    assert "ε" in "".join(page.locator("#search-results mark").all_inner_texts())


def test_the_order_is_kept_in_the_address(page: Page) -> None:
    page.goto(f"{page.url}?q=deep")
    best = titles(page)
    page.select_option("#order", "newest")
    expect(page.locator("#search-status")).to_contain_text("newest first")
    assert page.url.endswith("?q=deep&order=newest")
    page.reload()
    expect(page.locator("#order")).to_have_value("newest")
    expect(page.locator("#search-status")).to_contain_text("newest first")
    numbers = page.locator("#search-results li").evaluate_all(
        "items => items.map((item) => Number(item.dataset.paper))"
    )
    assert numbers == sorted(numbers, reverse=True)
    page.go_back()
    expect(page.locator("#search-status")).to_contain_text("best first")
    assert titles(page)[:1] == best[:1]


def test_an_empty_result_says_what_to_try(page: Page) -> None:
    page.fill("#q", "networks qqzzxx")
    expect(page.locator("#search-status")).to_contain_text("No paper has “qqzzxx”.")
    page.get_by_role("button", name="Search without “qqzzxx”").click()
    expect(page.locator("#q")).to_have_value("networks")
    expect(page.locator("#search-status")).to_contain_text("best first")
    expect(page.locator(".advice")).to_be_hidden()
    page.goto(f"{page.url.split('?')[0]}?q=deep+until:2001&topic=vision")
    page.get_by_role("button", name="Take off all filters").click()
    expect(page.locator(".chosen button")).to_have_count(0)
    page.fill("#q", "+qqzzxx^2")
    page.get_by_role("button", name="Search for the plain words").click()
    expect(page.locator("#q")).to_have_value("qqzzxx")
    page.fill("#q", "arXiv:2412.15115")
    source = page.get_by_role("link", name="Look it up at arxiv.org")
    expect(source).to_have_attribute("href", "https://arxiv.org/abs/2412.15115")


def test_facets_open_with_what_is_loaded_and_count_tags_when_asked(page: Page) -> None:
    page.fill("#q", "deep")
    titles(page)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/topics.bin", lambda route: None)  # does not come
    page.locator("details.filters > summary").click()
    legend = page.locator("fieldset.topics legend")
    expect(legend).to_contain_text("papers shown")
    expect(page.locator("fieldset.tags legend")).to_contain_text("papers shown")
    expect(page.locator("fieldset.topics li").first).to_be_visible()
    page.unroute("**/topics.bin")
    page.reload()
    titles(page)
    page.locator("details.filters > summary").click()
    expect(legend).to_contain_text("of all papers found")
    assert not [url for url in asked if re.search(r"/f[0-9]+[.]bin", url)]
    page.get_by_role("button", name="Count tags in all papers found").click()
    expect(page.locator("fieldset.tags legend")).to_contain_text("of all papers found")
    assert [url for url in asked if re.search(r"/f[0-9]+[.]bin", url)]


@pytest.mark.slow
def test_what_is_typed_is_ordered_by_few_texts_until_it_is_done(page: Page) -> None:
    page.set_viewport_size({"width": 600, "height": 300})  # no card in view
    asked: list[str] = []
    page.on("request", lambda request: "/cards/" in request.url and asked.append(request.url))
    page.locator("#q").press_sequentially("networks")
    expect(page.locator("#search-status")).to_contain_text("best first")
    while_typing = len(set(asked))
    assert 0 < while_typing <= 8
    page.wait_for_timeout(1200)
    assert len(set(asked)) > while_typing + 5


# How a file begins, and what each of its entries has once.
FORMS = {
    "BibTeX": ("@misc{", "@misc{", "search-results.bib"),
    "RIS": ("TY  - ", "TY  - ", "search-results.ris"),
    "CSL-JSON": ("[\n {", '"type":', "search-results.json"),
}


@pytest.mark.slow
def test_results_are_taken_away_as_a_file(page: Page) -> None:
    page.fill("#q", "deep")
    titles(page)
    page.get_by_text("Take the results away").click()
    expect(page.locator(".take-away p").first).to_contain_text("papers, in this order")
    for form, (start, entry, name) in FORMS.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=form, exact=True).click()
        text = Path(download.value.path()).read_text("utf-8")
        assert text.startswith(start)
        found = int(page.locator("#search-status").inner_text().split()[0])
        assert text.count(entry) == found
        expect(page.locator(".take-away [role=status]")).to_contain_text(name)
