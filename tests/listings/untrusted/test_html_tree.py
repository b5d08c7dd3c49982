"""HTML pages: lines and bounds."""

from __future__ import annotations

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import parse
from broadsheet.listings.untrusted import html_soup
from broadsheet.listings.untrusted import html_tree as html_page

from .. import samples


def test_tags_keep_their_lines() -> None:
    text = "<html>\n<h3 class='a'>x</h3>\n<dl>\n\n<DT>y</DT><dd>z</dd>\n<dt\n>w</dt></dl>"
    page = html_page.parse(text, file="f")
    lines = [html_page.line_of(tag) for tag in html_page.elements(page, "h3", "dt", "dd")]
    assert lines == [2, 5, 5, 7]


def test_entries_of_a_saved_page_name_their_lines() -> None:
    lines = samples.LIST_NEW.split("\n")
    entries = parse(samples.LIST_NEW.encode(), file="new.html").entries
    assert all("<dt>" in lines[(entry.line or 0) - 1] for entry in entries)


def test_nesting_is_bounded() -> None:
    deepest = "<div>" * (html_page.DEEPEST - 2)
    for read in (html_page.parse, html_soup.page):
        assert html_page.parse(f"<html><body>{deepest}x", file="f").xpath("string()") == "x"
        for more in (4, 400, 40_000):
            with pytest.raises(ListingError, match="elements in each other") as caught:
                read(f"<html><body>{deepest}" + "<div>" * more, file="f")
            assert caught.value.file == "f"


def test_a_tag_has_its_first_attributes_alone() -> None:
    many = " ".join(f'a{number}="<>"' for number in range(70))
    page = html_page.parse(f"<html {many}><p>x</p>", file="f")
    assert len(page.attrib) == 60
    assert page.xpath("string(//p)") == "x"


def test_props_with_signs_that_a_browser_saved_unescaped() -> None:
    page = samples.PAPERS_PAGE.replace("data-props", "title='a<b' data-props")
    page = page.replace("Kites fly themselves.", "Sets where a <b and c> d")
    assert parse(page.encode(), file="f").entries[0].summary == "Sets where a <b and c> d"
