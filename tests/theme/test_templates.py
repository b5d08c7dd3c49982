"""What every page of the theme promises, whatever it is given."""

from __future__ import annotations

import re
from itertools import pairwise

import html5lib
import pytest
from bs4 import BeautifulSoup

from . import samples
from .conftest import Render


def test_pages_parse_as_strict_html(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        try:
            html5lib.HTMLParser(strict=True).parse(text)
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{path}: {error}")


def test_pages_hold_nothing_that_the_policy_forbids(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        soup = BeautifulSoup(text, "html.parser")
        policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert policy is not None, path
        assert "unsafe" not in policy["content"], path
        assert not soup.find_all("style"), path
        for element in soup.find_all(True):
            assert "style" not in element.attrs, (path, element)
            assert not [name for name in element.attrs if name.startswith("on")], (path, element)
        for script in soup.find_all("script"):
            assert script.get("src") or script["type"] == "application/ld+json", (path, script)


def test_pages_load_nothing_from_elsewhere(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        soup = BeautifulSoup(text, "html.parser")
        loaded = [one["src"] for one in soup.find_all(src=True)]
        loaded += [one["href"] for one in soup.find_all("link") if one["rel"] != ["canonical"]]
        assert loaded, path
        for address in loaded:
            assert address.startswith("/base/path/"), (path, address)


def test_links_stand_behind_the_root(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        for link in BeautifulSoup(text, "html.parser").body.find_all(href=True):
            address = link["href"]
            if path == "about/" and address == "/":
                continue  # the page's own words
            assert address.startswith(("/base/path/", "https://", "#")), (path, address)


def test_relative_roots_work(render: Render) -> None:
    for path, (template, head, values) in samples.pages().items():
        root = "../" * path.count("/") or "./"
        text = render(template, root=root, head=head, **values)
        assert 'href="/' not in text or template == "page.html", path
        assert f'href="{root}theme/css/main.css?v=1"' in text


def test_each_page_has_one_first_heading_and_skips_no_level(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        soup = BeautifulSoup(text, "html.parser")
        levels = [int(one.name[1]) for one in soup.find_all(re.compile(r"h[1-6]$"))]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_each_page_has_its_landmarks_and_a_way_past_the_menu(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        soup = BeautifulSoup(text, "html.parser")
        first = soup.body.find("a")
        assert soup.select_one(f"main{first['href']}, main {first['href']}"), path
        assert len(soup.find_all("main", id="main")) == 1, path
        names = [one["aria-label"] for one in soup.find_all("nav")]
        assert len(names) == len(set(names)), path
        ids = [one["id"] for one in soup.find_all(id=True)]
        assert len(ids) == len(set(ids)), path


def test_the_menu_says_where_one_is(pages: dict[str, str]) -> None:
    menu = BeautifulSoup(pages["archive/"], "html.parser").select_one(".menu")
    assert [one.text for one in menu.select("[aria-current=page]")] == ["Archive"]


def test_text_of_strangers_is_never_markup(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        assert "<script>alert" not in text, path
        assert "<b>bold" not in text, path
    soup = BeautifulSoup(pages["papers/hostile/"], "html.parser")
    assert soup.h1.text == samples.HOSTILE
    assert soup.select_one(".authors").text == samples.HOSTILE


def test_a_paper_with_nothing_but_a_title_has_no_empty_parts(pages: dict[str, str]) -> None:
    soup = BeautifulSoup(pages["papers/bare/"], "html.parser")
    for element in soup.main.find_all(["p", "ul", "dl", "section", "details", "dd"]):
        assert element.text.strip(), element
    row = BeautifulSoup(pages["2031/03/05/"], "html.parser").select_one(
        ".row:has(a[href*='papers/bare/'])"
    )
    assert not row.find_all(["p", "details"])


def test_a_long_list_of_authors_is_folded_and_complete(pages: dict[str, str]) -> None:
    soup = BeautifulSoup(pages["papers/full/"], "html.parser")
    folded = soup.select_one("details.authors")
    assert folded.summary.text == "and 652 more"
    header = soup.article.header.text
    for author in samples.FULL.authors:
        assert author in header


def test_a_category_leads_to_a_search_for_it(pages: dict[str, str]) -> None:
    assert 'search/?q=category:cs.LG">cs.LG</a>' in pages["papers/full/"]


def test_counts_agree_with_their_nouns(pages: dict[str, str]) -> None:
    one = BeautifulSoup(pages["2031/03/06/"], "html.parser")
    assert one.select_one(".sum").text.strip() == "1 paper in 1 topic"
    assert one.select_one(".row .votes").text == "1 vote"
    many = BeautifulSoup(pages["2031/03/05/"], "html.parser")
    assert many.select_one(".sum").text.strip() == "7 papers in 3 topics"


def test_each_row_opens_without_scripts(pages: dict[str, str]) -> None:
    rows = BeautifulSoup(pages["2031/03/05/"], "html.parser").select(".row")
    assert len(rows) == len(samples.PAPERS)
    opened = [row for row in rows if row.details]
    assert len(opened) == len(samples.PAPERS) - 1  # the one without an abstract
    for row in opened:
        assert row.details.summary.text
        assert row.select_one("details > p").text


def test_titles_of_any_script_find_their_direction(pages: dict[str, str]) -> None:
    for path in ("papers/rtl/", "papers/cjk/"):
        assert BeautifulSoup(pages[path], "html.parser").h1["dir"] == "auto"


def test_a_calendar_tells_in_words_what_it_shows_in_shades(pages: dict[str, str]) -> None:
    for path in ("archive/", "2031/03/"):
        table = BeautifulSoup(pages[path], "html.parser").find("table")
        assert table.caption.text.strip().startswith("March 2031")
        assert len(table.select("th[scope=col]")) == 7
        cell = table.find("a", string=re.compile("^5")) or table.find(
            "a", title=re.compile(" 5 March")
        )
        assert cell["title"] == "Wednesday 5 March: 15 papers"


def test_feeds_and_twins_are_announced(pages: dict[str, str]) -> None:
    found = BeautifulSoup(pages[""], "html.parser").head.find_all("link", rel="alternate")
    assert {one["type"] for one in found} == {
        "application/rss+xml",
        "application/atom+xml",
        "application/json",
    }


def test_pages_that_are_no_content_ask_not_to_be_indexed(pages: dict[str, str]) -> None:
    for path in ("search/", "saved/", "404.html", "topics/old/"):
        assert '<meta name="robots" content="noindex">' in pages[path], path
    assert "noindex" not in pages[""]


def test_a_mail_service_can_be_let_through_the_policy(render: Render) -> None:
    from msgspec.structs import replace

    site = replace(samples.SITE, mail_origin="https://lists.example.org")
    text = render("404.html", site=site, head=samples.head("404.html", "x"))
    assert "form-action 'self' https://lists.example.org" in text


def test_pages_stay_small(render: Render) -> None:
    day = samples.many(50)
    head = samples.head(day.path, day.title)
    assert len(render("day.html", head=head, day=day).encode()) < 120_000
    plain = samples.paper("3103.00001", "A title as long as they come " * 3)
    text = render("paper.html", head=head, paper=plain, previous=day.previous, next=day.previous)
    assert len(text.encode()) < 7_000
