"""Splicing sections into a page's text, line by line, in whatever way its lines end."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.content import pages
from broadsheet.content.pages import PageHeading, splice
from broadsheet.papers import Paper

HEAD = PageHeading("Vision", date(2025, 8, 7), "vision")


def _page(*ids: str) -> str:
    papers = [Paper(id=one, title=one.title(), abstract=f"On {one}.", upvotes=1) for one in ids]
    return pages.format_page(HEAD, papers, "")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "{n}", "{n}{n}"])
def test_a_section_comes_after_one_blank_line_however_the_page_ends(newline: str, end: str) -> None:
    text = _page("one").rstrip("\n").replace("\n", newline) + end.format(n=newline)
    section = pages.format_section(Paper(id="two", title="Two", abstract="On two."))
    made = splice.append(text, section)
    assert made.startswith(text)
    assert f"On one.{newline}{newline}## Two{newline}" in made
    assert [one.id for one in pages.parse(made).papers] == ["one", "two"]
    assert ("\r\n" in made) == (newline == "\r\n")
    assert "\n" not in made.replace("\r\n", "") or newline == "\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_replaced_section_leaves_every_other_line(newline: str) -> None:
    text = _page("one", "two", "three").replace("\n", newline)
    section = pages.parse(text).sections[1]
    new = pages.format_section(Paper(id="two", title="Two again", abstract="On two, at length."))
    made = splice.replace(text, section, new)
    before, after = text.split(splice.section_text(text, section))
    assert made.startswith(before)
    assert made.endswith(after)
    assert [one.title for one in pages.parse(made).papers] == ["One", "Two again", "Three"]


def test_a_count_is_refreshed_in_its_place_and_a_missing_one_is_added() -> None:
    text = _page("one").replace("upvotes: 1", "upvotes:   1   # so many")
    (section,) = pages.parse(text).sections
    made = splice.refresh(text, section, {"upvotes": "12"})
    assert made == text.replace("upvotes:   1   #", "upvotes:   12   #")
    added = splice.refresh(text, section, {"comments": "3"})
    assert added.replace("comments: 3\n", "") == text
    assert pages.parse(added).papers[0].upvotes == 1


def test_a_section_without_a_block_is_left_as_it_is() -> None:
    text = pages.format_page(HEAD, [], "") + "\n## By hand\n\nNo block here.\n"
    (section,) = pages.parse(text).sections
    assert section.block is None
    assert splice.refresh(text, section, {"upvotes": "1"}) == text
