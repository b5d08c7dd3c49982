"""A listing's format is told by its content alone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from broadsheet.listings.bounds import MAX_ABSTRACT, MAX_TITLE
from broadsheet.listings.formats import MAX_NOTICES

from . import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="x.dat")


def error(text: str) -> str:
    with pytest.raises(ListingError) as caught:
        read(text)
    return str(caught.value)


@pytest.mark.parametrize("name", samples.ALL)
def test_every_format_is_known_whatever_its_name_and_line_ends(name: str) -> None:
    text = samples.ALL[name]
    listing = read(text)
    assert listing.format == name.partition("-")[0]
    assert len(listing.entries) >= 1
    changed = [text.replace("\n", "\r\n"), "\ufeff" + text]
    if not name.startswith("jsonl"):
        changed.append(
            "\n\n" + text if name.startswith(("csv", "bib", "ris", "arxiv_list")) else text
        )
    for other in changed:
        titles = [(e.title, e.abstract, e.arxiv) for e in read(other).entries]
        assert titles == [(e.title, e.abstract, e.arxiv) for e in listing.entries]


@pytest.mark.parametrize("name", samples.ALL)
def test_reading_twice_gives_the_same_value(name: str) -> None:
    assert asdict(read(samples.ALL[name])) == asdict(read(samples.ALL[name]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dear all,\n\nplease find attached our paper.\n", "no date heading"),
        ("<html><head><title>Log in</title></head><body>Please.</body></html>", '"Log in"'),
        ("<?xml version='1.0'?><kml></kml>", "found XML with <kml>"),
        ("7", "no date heading"),
        ('{"a": 1}', "found an object with"),
    ],
)
def test_what_is_no_listing_is_an_error_that_says_what_it_is(text: str, found: str) -> None:
    assert found in error(text)
    assert "expected" in error(text)


def test_titles_and_abstracts_have_a_greatest_length() -> None:
    row = 'title,abstract\n"{}","{}"\n'
    for column, sizes in (("title", (MAX_TITLE + 1, 1)), ("abstract", (9, MAX_ABSTRACT + 1))):
        listing = read(row.format("x" * sizes[0], "y" * sizes[1]) + "Bread,We bake.\n")
        first, second = listing.entries
        assert (second.title, second.abstract) == ("Bread", "We bake.")
        assert len(first.title) <= 300
        assert len(first.abstract) <= MAX_ABSTRACT
        assert getattr(first, column).endswith("…")
        (notice,) = listing.notices
        assert notice.startswith(f"line 2: the {column} of ")
        assert f"{max(sizes):,} characters; shortened" in notice
    assert len(read(row.format("x" * 300, "y")).entries[0].title) == 300


def test_endless_notices_are_cut_short() -> None:
    listing = read("title,abstract\nKites,We fly.\n" + ",We fly.\n" * 999)
    assert len(listing.entries) == 1
    assert len(listing.notices) == MAX_NOTICES + 1
    assert listing.notices[-1] == f"and {999 - MAX_NOTICES} notices more"


def test_papers_that_are_listed_twice_share_a_notice() -> None:
    listing = read("title,abstract\n" + "Kites,We fly.\n" * 1000)
    assert len(listing.entries) == 1
    assert len(listing.notices) == 6
    assert listing.notices[-1] == "and 994 more listed twice; taken as one"


def test_a_readme_that_begins_with_markup_is_a_list() -> None:
    text = (
        '<h1 align="center">Kites</h1>\n<!-- begin -->\n\n'
        "- [Kites in Wind](https://arxiv.org/abs/2601.00237)\n"
        "- [Ropes in Rain](https://arxiv.org/abs/2601.00238)\n"
    )
    listing = read(text)
    assert [(e.title, e.arxiv) for e in listing.entries] == [
        ("Kites in Wind", "2601.00237"),
        ("Ropes in Rain", "2601.00238"),
    ]


def test_the_documentation_tells_of_every_format() -> None:
    docs = Path(__file__).parents[2].joinpath("docs", "listings.md").read_text()
    for name in {name.partition("-")[0] for name in samples.ALL}:
        assert f"`{name}`" in docs
