"""YAML: lists of papers, objects around them, and what stands above a page."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse

from .. import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="x")


def test_a_list_keeps_each_field_and_the_zeros_of_ids() -> None:
    kites, ropes = read(samples.YAML).entries
    assert (kites.title, kites.abstract) == ("Kites: a study", "We fly kites over beaches.")
    assert (kites.arxiv, kites.published) == ("2601.00190", "2025")
    assert kites.authors == ("Jane Doe", "Rick Roe")
    assert (ropes.authors, ropes.published) == (("Paul Poe",), "2026-01-02")


def test_an_object_around_the_list_is_passed_through() -> None:
    text = "papers:\n  - title: Kites\n    author: Jane Doe and Rick Roe\n    link: https://arxiv.org/abs/2601.00194\n"
    (entry,) = read(text).entries
    assert (entry.title, entry.arxiv) == ("Kites", "2601.00194")
    assert entry.authors == ("Jane Doe", "Rick Roe")


def test_references_of_csl_are_read() -> None:
    (entry,) = read(
        "---\nreferences:\n- id: doe\n  title: Kites\n  author:\n  - family: Doe\n    given: Jane\n"
        "  issued:\n  - year: 2026\n    month: 1\n  URL: https://arxiv.org/abs/2601.00195\n...\n"
    ).entries
    assert (entry.authors, entry.published) == (("Jane Doe",), "2026-01")


def test_a_page_about_one_paper_is_its_abstract() -> None:
    (entry,) = read(
        "---\ntitle: Kites\nauthors: Jane Doe\narxiv: 2601.00196\n---\n\nWe fly kites.\n"
    ).entries
    assert (entry.title, entry.arxiv, entry.abstract) == ("Kites", "2601.00196", "We fly kites.")


def test_a_list_below_front_matter_is_a_list() -> None:
    (entry,) = read(
        "---\ntitle: Reading\ntags: [papers]\n---\n- [Kites](https://arxiv.org/abs/2601.00197)\n"
    ).entries
    assert entry.title == "Kites"


def test_broken_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(ListingError, match="the YAML is broken") as error:
        read("- title: Kites\n  authors: Jane\n  year: 2025\n- title: Ropes: a study\n  year: 1\n")
    assert error.value.line == 4


def test_aliases_and_depth_are_refused() -> None:
    with pytest.raises(ListingError, match="alias"):
        read("- title: &a Kites\n  authors: Jane\n  year: 2025\n- title: *a\n  year: 2025\n")
    with pytest.raises(ListingError, match="levels"):
        read(
            "- title: Kites\n  authors: Jane\n  year: 2025\n  deep: " + "[" * 900 + "]" * 900 + "\n"
        )


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ListingError):
        read(f"- title: Kites\n  note: {text}\n  year: 2025\n")


def test_a_note_with_a_papers_address_above_it_gives_its_abstract_alone() -> None:
    note = (
        '---\ntitle: "Kites"\nauthors:\n  - "[[Ada Kite]]"\nurl: https://arxiv.org/abs/2601.00001\n---\n'
        "> [!abstract]\n> We fly kites.\n\n## Notes\n- see [[Lines]]\n"
    )
    (entry,) = parse(note.encode(), file="x").entries
    assert (entry.arxiv, entry.authors) == ("2601.00001", ("Ada Kite",))
    assert entry.abstract == "We fly kites."


CITED = (
    "cff-version: 1.2.0\ntitle: kitelib\nauthors:\n  - family-names: Poe\n    given-names: Ed\n"
    "date-released: 2025-01-01\nrepository-code: https://github.com/kites/kitelib\n"
)


def test_a_citation_file_names_its_paper_else_its_software() -> None:
    paper = (
        "preferred-citation:\n  type: article\n  title: Kites by wire\n  authors:\n"
        "  - family-names: Berg\n    name-particle: van den\n    given-names: Jan\n"
        "  doi: 10.1000/k\n  year: 2025\n  month: 11\n"
    )
    (entry,) = read(CITED + paper).entries
    assert (entry.title, entry.authors) == ("Kites by wire", ("Jan van den Berg",))
    assert (entry.doi, entry.published) == ("10.1000/k", "2025-11")
    assert entry.code == "https://github.com/kites/kitelib"
    (entry,) = read(CITED).entries
    assert (entry.title, entry.authors) == ("kitelib", ("Ed Poe",))


def test_one_paper_alone_with_lists_of_its_own() -> None:
    text = "title: Kites by wire\narxiv-id: 2601.00190\nauthors:\n- Ada Kite\n- Bo Reel\n"
    (entry,) = read(text).entries
    assert (entry.arxiv, entry.authors) == ("2601.00190", ("Ada Kite", "Bo Reel"))


def test_what_stands_below_a_pages_abstract_is_told() -> None:
    page = (
        "---\ntitle: Kites\nauthors: ['[[Kite, Ada]]']\njournal: '[[Reel Letters]]'\n"
        "doi: 10.1000/k\n---\n# Kites\n> [!abstract]\n> They fly.\n\n## Notes\n- neat\n"
    )
    listing = parse(page.encode(), file="x")
    entry = listing.entries[0]
    assert (entry.abstract, entry.authors, entry.venue) == (
        "They fly.", ("Ada Kite",), "Reel Letters")  # fmt: skip
    assert any('"body" is not read' in notice for notice in listing.notices)
