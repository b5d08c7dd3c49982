"""Every kind of page, full of hostile texts, in a real browser with the policy and without it."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.soak import few, sampled

from .hostile import FULL, SITENAME, Hostile, chosen, static_pages
from .payloads import ONE_EACH, PAYLOADS
from .watching import Watch, served, watching


def _days(written: Hostile) -> list[str]:
    return [f"{day:%Y/%m/%d}/" for day in written.days]


def test_days_show_every_abstract_note_and_title(watch: Watch, written: Hostile) -> None:
    # With the policy the browser has less to tell: a few days do.
    days = _days(written) if FULL or "policy" not in watch.address else _days(written)[:3]
    assert watch.grid(few(days, 2), most=4) == []


def test_papers_with_their_citations(watch: Watch, written: Hostile) -> None:
    papers = [f"papers/{one}/" for one in written.papers]
    some = papers if FULL else [papers[one.number] for one in ONE_EACH]
    assert watch.grid(few(some, 2)) == []


def test_lists_of_all_kinds(watch: Watch, written: Hostile) -> None:
    day = written.days[0]
    topics = sorted(
        path.parent.name for path in (written.digest.output / "topics").glob("*/index.html")
    )
    tags = [f"tags/tag-{one.number}/" for one in chosen()]
    paths = [
        "", "archive/", "topics/", "tags/", "trending/", "curators/", "subscribe/", "saved/",
        "search/", f"{day:%Y/%m}/", f"{day:%G/W%V}/", *(f"topics/{topic}/" for topic in topics),
        *(f"topics/{topic}/{day:%Y-%m}/" for topic in topics[:3]),
        *(f"{day:%Y/%m/%d}/{topic}/" for topic in topics[:3]), *tags,
    ]  # fmt: skip
    found = [path for path in paths if (written.digest.output / path / "index.html").exists()]
    assert len(found) > 40
    # One page of each kind is among the first.
    found = [*found[:11], *few(sampled(found[11:], 3), 4)]
    assert watch.grid(found, most=12) == []


@pytest.mark.slow
def test_subscriptions_and_addresses_that_lead_on(watch: Watch, written: Hostile) -> None:
    output = written.digest.output
    paths = [
        path.parent.relative_to(output).as_posix() + "/"
        for pattern in ("subscriptions/*/index.html", "papers/gone-*/index.html")
        for path in sorted(output.glob(pattern))
    ]
    assert len(paths) > 30
    assert watch.grid(sampled(paths, 2)) == []


def test_static_pages(watch: Watch) -> None:
    known = watch.grid([f"{name}/" for name, _ in static_pages()], most=8)
    assert known == []


@pytest.mark.slow
def test_addresses_that_lead_nowhere(watch: Watch) -> None:
    paths = [quote(one.text[:200], safe="") for one in (PAYLOADS if FULL else ONE_EACH)]
    paths += ["%E0%A4%A", "%", "a%00b", "%2e%2e%2f"]
    assert watch.grid([quote(f"nowhere/{path}") for path in paths], most=12) == []


def test_saved_papers_keep_titles_as_words(bare_watch: Watch, written: Hostile) -> None:
    day = _days(written)[2]
    assert bare_watch.open(day) == []
    count = bare_watch.page.evaluate(
        "document.querySelectorAll('.save').forEach((one) => one.click()),"
        " document.querySelectorAll('.save').length"
    )
    assert count > 30
    assert bare_watch.open("saved/") == []
    expect(bare_watch.page.locator("[data-shelf] > li")).to_have_count(count)
    assert bare_watch.look() == []
    with bare_watch.page.expect_download() as waiting:
        bare_watch.page.locator("[data-export=md]").click()
    lines = waiting.value.path().read_text("utf-8").rstrip("\n").split("\n")
    assert len(lines) == count
    assert all(line.startswith("- [") and "](http://127.0.0.1:" in line for line in lines)
    bare_watch.seen.clear()


BROKEN = [
    "null", "[]", "7", '"x"', "{", '{"a": null}', '{"a": 7, "b": {"title": "x"}}',
    '{"a": {"title": {"b": 1}, "date": 7}}', '{"__proto__": {"title": "x", "date": "y"}}',
    '{"../../x": {"title": "<img src=x onerror=ran(1)>", "date": "2025-01-01"}}',
]  # fmt: skip


@pytest.mark.slow(except_each=4)
@pytest.mark.parametrize("kept", BROKEN if FULL else BROKEN[::3])
def test_a_saved_list_that_is_none_breaks_no_page(
    bare_watch: Watch, written: Hostile, kept: str
) -> None:
    set_it = f"""for (const name of ["saved", "read", "searches"]) {{
      localStorage.setItem(`broadsheet:/:${{name}}`, {json.dumps(kept)});
    }}"""
    bare_watch.page.goto(f"{bare_watch.address}/robots.txt")
    bare_watch.page.evaluate(set_it)
    wrong = bare_watch.open("saved/")
    wrong += bare_watch.open(f"papers/{written.papers[1]}/")
    assert wrong == []
    bare_watch.page.locator(".save").first.click()
    assert bare_watch.look() == []
    assert written.papers[1] in bare_watch.page.evaluate(
        "localStorage.getItem('broadsheet:/:saved')"
    )


def test_print_shows_the_same(bare_watch: Watch, written: Hostile) -> None:
    bare_watch.page.emulate_media(media="print")
    assert bare_watch.open(_days(written)[1]) == []
    assert bare_watch.open(f"papers/{written.papers[3]}/") == []
    assert len(bare_watch.page.pdf()) > 10_000


def test_the_name_of_the_site_is_words_on_every_page(bare_watch: Watch) -> None:
    bare_watch.open("archive/")
    assert bare_watch.page.locator(".brand").inner_text() == SITENAME
    assert SITENAME in bare_watch.page.title()


def test_nothing_on_a_page_was_taken_for_a_template(written: Hostile) -> None:
    number = str(7 * 191)
    for path, html in written.digest.html():
        words = html.replace("7 * 191", "").replace("7*191", "")
        assert f">{number}<" not in words, path
        assert "<class 'object'>" not in html, path


@pytest.mark.slow
def test_an_address_of_the_site_with_marks_in_it_stays_an_address(
    browser: Browser, written: Hostile
) -> None:
    written.digest.build(
        OUTPUT_PATH=str(written.digest.folder / "marked"), BROADSHEET_CACHE="marked-cache"
    )
    output = written.digest.folder / "marked"
    with served(output, policy=False) as address, watching(browser, address) as watch:
        wrong = watch.grid(["about/", f"papers/{written.papers[0]}/", "search/", "404.html"])
    # Its scripts and styles are not at this server's root: all else must be as ever.
    assert [one for one in wrong if "ran" in one or "asked" in one or "attribute on" in one] == []
