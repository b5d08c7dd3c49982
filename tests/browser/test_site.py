"""The whole site in a real browser, as its readers meet it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tests.accessible import thinned, violations
from tests.browser.conftest import Watched
from tests.lent_context import LentContext, closed
from tests.soak import SOAK, few, sampled

KINDS = [
    "", "2025/08/07/", "2025/08/07/optimization/", "2025/08/", "2025/W32/", "papers/dadao/",
    "topics/", "topics/optimization/", "topics/optimization/2025-08/", "tags/", "archive/",
    "tags/convex-optimization/", "tags/convex-optimization/2025-08/", "trending/", "curators/",
    "subscribe/", "subscriptions/hessians/", "search/", "saved/", "papers/gone/", "about/",
    "contributing/", "404.html",
]  # fmt: skip


def test_every_kind_of_page_opens_without_a_complaint_and_scrolls_down_alone(
    site: str, watched: Watched
) -> None:
    page = watched.page
    for kind in few(KINDS, 3):
        page.goto(site + kind)
        expect(page.locator("h1")).to_have_count(1)
        assert watched.problems == [], kind
        for width in sampled([320, 390, 1280], 3):
            page.set_viewport_size({"width": width, "height": 800})
            assert _overflow(page) <= 0, (kind, width, _overflow(page))


def test_the_newest_day_leads_to_a_paper_and_back(site: str, watched: Watched) -> None:
    page = watched.page
    page.goto(site)
    expect(page.locator("h1")).to_have_text("Thursday, 7 August 2025")
    expect(page.locator("article")).to_have_count(50)
    page.get_by_role("link", name="NoProp").first.click()
    expect(page).to_have_url(f"{site}papers/noprop/")
    expect(page.locator("h1")).to_contain_text("NoProp")
    page.get_by_role("link", name="7 August 2025").first.click()
    expect(page).to_have_url(f"{site}2025/08/07/")


def test_an_abstract_opens_in_place(site: str, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site}2025/08/07/")
    row = page.locator("article", has_text="NoProp").first
    abstract = row.locator("details > p").first
    expect(abstract).to_be_hidden()
    row.locator("summary").click()
    expect(abstract).to_be_visible()


def test_maths_is_set_by_the_browser_itself(site: str, watched: Watched) -> None:
    watched.page.goto(f"{site}papers/dadao/")
    formula = watched.page.locator("math").first
    expect(formula).to_be_visible()
    box = formula.bounding_box()
    assert box
    assert box["width"] > 4
    assert box["height"] > 4


def test_the_slash_key_leads_to_search(site: str, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site}archive/")
    page.locator("[data-js=ready]").wait_for(state="attached")
    page.keyboard.press("/")
    box = page.locator("input[type=search]").first
    expect(box).to_be_focused()
    box.fill("hessian")
    box.press("Enter")
    expect(page).to_have_url(f"{site}search/?q=hessian")
    expect(page.locator("#search-results > li").first).to_contain_text("Hessian")


def test_search_answers_while_typing_and_the_address_keeps_step(
    site: str, watched: Watched
) -> None:
    page = watched.page
    page.goto(f"{site}search/")
    page.locator("#q").press_sequentially("gradient")
    expect(page.locator("#search-results > li").first).to_contain_text("Gradient")
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("bilevel")
    expect(page).to_have_url(f"{site}search/?q=bilevel")
    expect(page.locator("#search-results mark").first).to_have_text("Bilevel")
    expect(page.locator("#search-status")).to_contain_text("papers")
    page.locator("#search-results a").first.click()
    expect(page.locator("h1")).to_contain_text("Bilevel")
    page.go_back()
    expect(page.locator("#q")).to_have_value("bilevel")
    expect(page.locator("#search-results > li").first).to_be_visible()


FOUND = {
    "title:noprop": "NoProp",
    "+gradient +strag*": "Sequential Gradient Coding",
    "schrodnger~2": "Schrödinger Bridges",
    '"support vector machines"': "Transformers as Support Vector Machines",
}


@pytest.mark.slow
def test_lunr_s_own_syntax_works(site: str, watched: Watched) -> None:
    watched.page.goto(f"{site}search/")
    for query, title in FOUND.items():
        watched.page.locator("#q").fill(query)
        expect(watched.page.locator("#search-results > li").first).to_contain_text(title)


@pytest.mark.slow
def test_a_bad_date_is_told_and_a_good_query_works_after_it(site: str, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site}search/?q=since:sometime")
    expect(page.locator("#search-status")).to_contain_text("sometime")
    page.locator("#q").fill("lion")
    expect(page.locator("#search-results > li").first).to_contain_text("Lion")


def test_hostile_queries_are_only_words(site: str, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{site}search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20gradient")
    expect(page.locator("#search-status")).not_to_be_empty()
    assert page.locator("img[src=x]").count() == 0


MORE = ["search/", "2025/08/07/"]  # that are asked for more than a heading


@pytest.fixture(scope="module")
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("kind", [*sampled([kind for kind in KINDS if kind not in MORE], 3), *MORE])
def test_pages_read_without_scripts(scriptless: Page, server: str, kind: str) -> None:
    page = scriptless
    page.goto(server + kind)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).to_be_visible()
    if kind == "search/":
        expect(page.locator("main")).to_contain_text("needs JavaScript")
    if kind == "2025/08/07/":
        page.locator(".row summary").first.click()
        expect(page.locator("details > p").first).to_be_visible()


@pytest.mark.slow
def test_the_menu_is_one_line_on_a_phone(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}archive/")
    tops = page.locator(".menu a").evaluate_all(
        "all => all.filter(it => it.checkVisibility()).map(it => it.getBoundingClientRect().top)"
    )
    assert len(tops) == 6
    assert max(tops) - min(tops) < 2


def _overflow(page: Page) -> int:
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))


@pytest.mark.slow
def test_both_colour_schemes_are_followed(context: BrowserContext, server: str) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(server)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    light, dark = ([int(n) for n in c.strip("rgb()").split(",")] for c in colours)
    assert min(light) > 200
    assert max(dark) < 60


def test_a_missing_address_gives_a_page_that_helps(site: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{site}no/such/page/")
    expect(page.locator("h1")).to_be_visible()
    page.get_by_role("link", name="Archive").first.click()
    expect(page).to_have_url(f"{site}archive/")


def test_a_reader_with_a_keyboard_gets_to_the_content_first(site: str, watched: Watched) -> None:
    page = watched.page
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#papers")


# The kinds that tests/theme has no made-up page of, and the most read.
SEEN = ["", "papers/dadao/", "trending/", "tags/convex-optimization/", "subscribe/",
        "subscriptions/hessians/", "search/?q=gradient"]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), sampled([("dark", 1280), ("light", 390)], 2))
def test_axe_finds_nothing_on_real_pages(
    browser: Browser, server: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900},
        bypass_csp=True,  # for axe itself
        service_workers="block",
    )
    page = context.new_page()
    for kind in few(SEEN, 3):
        page.goto(server + kind)
        page.locator("[data-js=ready]").wait_for(state="attached")
        if "?q" in kind:
            expect(page.locator("#search-results h2").first).to_be_visible()
        page.evaluate(
            "for (const it of [...document.querySelectorAll('details')].slice(0, 5)) it.open = true"
        )
        thinned(page)
        assert violations(page, rules={"target-size": {"enabled": True}}) == [], kind
    context.close()


def test_only_what_leads_to_a_papers_things_is_a_badge(
    context: BrowserContext, server: str
) -> None:
    page = context.new_page()
    page.goto(f"{server}2025/08/07/")
    code = page.locator(".row .by a", has_text="Code").first
    expect(code).to_have_css("border-top-style", "solid")
    expect(page.locator(".feeds a").first).to_have_css("padding-top", "6px")  # easy to press
    page.goto(f"{server}search/?q=gradient")
    card = page.locator("#search-results .by a")  # a day and a topic
    expect(card.first).to_have_css("border-top-style", "none")


STILL = ["saved/", "", "search/?q=gradient", "2025/W32/", "papers/dadao/", "search/", "archive/",
         "topics/optimization/", "search/?q=gradient*", "trending/"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("width", sampled([390, 1280], 2))
def test_nothing_moves_on_a_slow_line(browser: Browser, server: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const it of list.getEntries())"
        " window.moved += it.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 40, "downloadThroughput": 5e5, "uploadThroughput": 5e5},
    )
    page.goto(f"{server}2025/08/07/")
    page.locator("[data-js=ready]").wait_for(state="attached")
    page.locator(".save").first.click()  # so that there is one to list
    for kind in sampled(STILL, 2):
        page.goto(server + kind)
        page.locator("[data-js=ready]").wait_for(state="attached")
        if "?q" in kind:
            expect(page.locator("#search-results h2").nth(1)).to_be_visible()
            page.wait_for_load_state("networkidle")
        assert page.evaluate("window.moved") < 0.01, kind
    context.close()


def test_a_first_view_is_light(browser: Browser, server: str) -> None:
    """Under 60 kB as a host serves it, compressed; and scripts under 30 kB."""
    opened: dict[str, tuple[Page, list[Response]]] = {}
    for kind in ("", "2025/08/07/", "papers/dadao/", "search/", "archive/"):
        page = browser.new_page(service_workers="block")  # of a browser that has seen nothing
        answers: list[Response] = []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.goto(server + kind)
        opened[kind] = page, answers
    for kind, (page, answers) in opened.items():
        page.wait_for_load_state("networkidle")
        sizes = {one.url: len(gzip.compress(one.body())) for one in answers}
        assert len(sizes) > 3, kind
        assert sum(sizes.values()) < 60_000, kind
        scripts = [size for url, size in sizes.items() if "/js/" in url and "/vendor/" not in url]
        assert 0 < sum(scripts) < 30_000, kind
        page.context.close()


def test_a_readers_words_are_met_as_the_search_reads_them(
    context: BrowserContext, server: str
) -> None:
    page = context.new_page()
    page.goto(f"{server}archive/")
    page.evaluate(
        """() => localStorage.setItem("broadsheet:/:interests", JSON.stringify({ list: [
            { kind: "word", key: "optimizing" }, { kind: "topic", key: "vision", mute: true },
        ] }))"""
    )
    for kind in ("2025/08/07/", "2025/W32/", "search/?q=optimization"):
        page.goto(server + kind)
        why = page.locator(".marked .why").first
        expect(why).to_contain_text("Marked for the word “optimizing”")
    page.goto(f"{server}2025/08/07/")
    expect(page.locator(".folded > summary")).to_contain_text("muted")


SCRIPTS = ["theme", "site", "scheme", "topics", "shelf", "visits", "copy", "keys", "mine", "search",
           "search-worker", "save-search", "vendor/lunr"]  # fmt: skip


@pytest.fixture(scope="module")
def workerless(browser: Browser) -> Iterator[LentContext]:
    """A context without service workers, whose requests no test sees."""
    made = LentContext(browser, service_workers="block")
    yield made
    made.close()


@pytest.fixture(scope="module")
def asked(workerless: LentContext, server: str) -> dict[str, str]:
    """The scripts that pages ask for, by the page's address: those that may fail there."""
    opened: dict[str, tuple[Page, list[str]]] = {}
    for kind in ("", "2025/08/07/", "papers/noprop/", "search/?q=gradient", "search/?q=gradient*"):
        page = workerless.context.new_page()
        urls: list[str] = []
        page.on("request", lambda request, urls=urls: urls.append(request.url))
        page.goto(server + kind)
        opened[kind] = page, urls
    found = {}
    for kind, (page, urls) in opened.items():
        page.wait_for_load_state("networkidle")
        found[kind] = " ".join(urls)
        closed(page)
    return found


@pytest.mark.slow(except_each=20)
@pytest.mark.parametrize("script", SCRIPTS)
def test_pages_work_when_a_script_fails(
    workerless: LentContext, server: str, asked: dict[str, str], script: str
) -> None:
    told = [kind for kind, urls in asked.items() if f"/theme/js/{script}.js" in urls]
    assert told
    if not SOAK and len(told) > 2:  # each script on two of its pages, other scripts on others
        number = SCRIPTS.index(script)
        told = [told[number % len(told)], told[(number + 2) % len(told)]]
    with workerless.lent(server) as context:
        page = context.new_page()
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        _withhold(page, script)
        _work(page, server, script, told)
    assert any(f"/theme/js/{script}.js" in url for url in failed)


def _withhold(page: Page, script: str) -> None:
    """Have a page get none of a script."""
    if script in ("search-worker", "vendor/lunr"):  # which the page itself does not ask for
        page.route(f"**/theme/js/{script}.js*", lambda route: route.abort())
    else:  # the same, with no word to us on every request
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setBlockedURLs", {"urls": [f"*/theme/js/{script}.js*"]})


def _work(page: Page, server: str, script: str, told: list[str]) -> None:
    """Look at what pages do without a script."""
    if "" in told:
        page.goto(server, wait_until="load")
        expect(page.locator("article")).to_have_count(50)
    if "2025/08/07/" in told:
        page.goto(f"{server}2025/08/07/", wait_until="load")
        row = page.locator(".row", has_text="NoProp").first
        row.locator("summary").click()
        expect(row.locator("details > p").first).to_be_visible()
        page.locator(".day-topics a", has_text="Optimization").click()
        expect(page.locator("#t-optimization")).to_be_in_viewport()
    if "papers/noprop/" in told:
        page.goto(f"{server}papers/noprop/", wait_until="load")
        expect(page.locator("h1")).to_contain_text("NoProp")
        expect(page.locator(".abstract")).to_be_visible()
    if "search/?q=gradient" in told:
        page.goto(f"{server}search/?q=gradient", wait_until="load")
        _searched(page, script)
    if script == "vendor/lunr":  # plain words need none
        page.goto(f"{server}search/?q=gradient*", wait_until="load")
        expect(page.locator("#search-status")).to_contain_text("failed")


def _searched(page: Page, script: str) -> None:
    """What the search page shows where a script fails."""
    if script == "search":  # then the page says what else there is
        expect(page.get_by_role("main").get_by_role("link", name="archive")).to_be_visible()
    elif script == "search-worker":  # then it says that it failed
        expect(page.locator("#search-status")).to_contain_text("failed")
    else:
        expect(page.locator("#search-results h2").first).to_contain_text("Gradient")


@pytest.mark.slow(except_each=2)
@pytest.mark.parametrize(("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_glides_for_readers_who_want_less_motion(
    browser: Browser, server: str, motion: str, behaviour: str
) -> None:
    page = browser.new_page(
        reduced_motion=motion,  # type: ignore[arg-type]
        service_workers="block",
    )
    page.goto(server)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour
    moving = (
        "[...document.querySelectorAll('*')].map((it) => getComputedStyle(it)).filter((it) =>"
        "  it.animationName !== 'none' || it.transitionDuration !== '0s').length"
    )
    assert page.evaluate(moving) == 0
    page.context.close()


def test_a_paper_prints_without_what_is_for_the_screen(browser: Browser, server: str) -> None:
    page = browser.new_page(service_workers="block")
    page.goto(f"{server}papers/dadao/")
    page.emulate_media(media="print")
    for hidden in (".menu", ".edit", ".cite", ".pager", ".save"):
        assert not page.locator(hidden).filter(visible=True).count(), hidden
    expect(page.locator(".abstract")).to_be_visible()
    facts = page.locator(".facts")
    for kept in ("7 August 2025", "Convex optimization"):
        expect(facts).to_contain_text(kept)
    expect(facts.locator("dt", has_text="Tags")).to_be_visible()
    page.goto(f"{server}some/path/papers/dadao/")
    expect(page.locator(".on-paper")).to_contain_text("https://x.example/some/path/papers/dadao/")
    expect(page.locator(".on-paper")).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.locator(".on-paper")).to_be_hidden()
    page.context.close()


AGE = """() => {
    const [key] = Object.keys(localStorage).filter((key) => key.endsWith(":searches"));
    localStorage[key] = localStorage[key].replace(/"day":"[^"]*"/, '"day":"2025-01-01"');
}"""


def test_what_is_new_in_a_kept_search_is_told(site: str, watched: Watched) -> None:
    page = watched.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}search/?q=gradient&order=newest")
    expect(page.locator("#search-results h2").first).to_be_visible()
    page.get_by_text("Save this search").click()
    page.get_by_role("button", name="Keep in this browser").click()
    asked.clear()
    page.goto(site)
    news = page.locator(".kept-news")
    expect(news).to_have_text("Nothing new in your searches.")
    assert not [url for url in asked if "search" in url and "searches.js" not in url]
    page.evaluate(AGE)
    page.reload()
    expect(news).to_contain_text("new papers in your searches: gradient (")
    news.get_by_role("link").click()
    expect(page).to_have_url(f"{site}search/?q=gradient")
    expect(page.locator("#search-results h2").first).to_be_visible()
    page.goto(site)  # it has been looked at
    expect(news).to_have_text("Nothing new in your searches.")


@pytest.mark.slow
def test_kept_searches_are_listed_renamed_and_removed(browser: Browser, server: str) -> None:
    # Policies are bypassed for axe.
    context = browser.new_context(
        bypass_csp=True, viewport={"width": 390, "height": 844}, service_workers="block"
    )
    page = context.new_page()
    page.goto(f"{server}search/?q=gradient")
    expect(page.locator("#search-results h2").first).to_be_visible()
    for summary in page.locator("#search details > summary").all():
        summary.click()
    page.get_by_role("button", name="Keep in this browser").click()
    expect(page.locator("fieldset.topics")).to_be_visible()
    thinned(page)
    found = violations(page)
    page.evaluate(AGE)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const it of list.getEntries())"
        " window.moved += it.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(server)
    expect(page.locator(".kept-news a")).to_be_visible()
    assert page.evaluate("window.moved") < 0.01
    thinned(page)
    found += violations(page)
    page.goto(f"{server}saved/")
    row = page.locator(".kept-searches li")
    expect(row).to_contain_text("new")
    found += violations(page)
    row.get_by_role("button", name="Rename").click()
    expect(page.get_by_label("Name of the search")).to_be_focused()
    page.keyboard.type("Slopes")
    page.keyboard.press("Enter")
    expect(row.get_by_role("link")).to_have_text("Slopes")
    expect(row.get_by_role("link")).to_be_focused()
    page.reload()
    row.get_by_role("button", name="Remove Slopes").click()
    expect(page.locator("[data-searches-empty]")).to_be_visible()
    context.close()
    assert found == []
