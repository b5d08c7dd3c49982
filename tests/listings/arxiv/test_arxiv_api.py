"""Answers of arXiv's API."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse

from .. import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="query.xml")


def test_everything_that_an_entry_gives_is_kept() -> None:
    listing = read(samples.API_ATOM)
    assert (listing.format, listing.date, listing.query) == ("arxiv_api", None, "all:kites")
    assert listing.captured == datetime(2026, 4, 12, 22, 9, 27, tzinfo=UTC)
    entry = listing.entries[0]
    assert entry.title == "Steering $k$ Kites by the Pull on Their Line"
    assert entry.abstract == samples.ABSTRACTS[0]
    assert entry.tex
    assert (entry.arxiv, entry.version, entry.doi) == ("2501.00001", 2, "10.1000/kites.1")
    assert entry.categories == ("cs.RO", "cs.LG")
    assert entry.code == "https://github.com/example/kites"
    assert entry.project == "https://k.example/p"
    assert entry.published == "2025-01-01"
    assert entry.line == 10


def test_names_read_as_the_wrong_encoding_are_mended() -> None:
    assert read(samples.API_ATOM).entries[0].authors == ("Ada Kite", "José Line")


def test_ids_of_before_2007() -> None:
    entry = read(samples.API_ATOM).entries[1]
    assert (entry.arxiv, entry.version) == ("astro-ph/0601001", 1)


def test_an_error_feed_is_an_error_with_arxivs_words() -> None:
    with pytest.raises(ListingError, match="incorrect id format for abc") as caught:
        read(samples.API_ERROR)
    assert caught.value.line == 10


def test_a_query_that_matches_nothing_is_a_valid_empty_listing() -> None:
    listing = read(samples.api_answer("", 0))
    assert (listing.entries, listing.empty) == ((), "no paper matches the query")


def test_no_entries_where_some_match_is_an_error() -> None:
    with pytest.raises(ListingError, match="a partial answer"):
        read(samples.api_answer("", 214881))


def test_a_page_behind_the_last_match_is_empty() -> None:
    assert read(samples.api_answer("", 20, start=20)).empty == "no paper matches the query"


def test_fewer_entries_than_are_due_is_a_notice() -> None:
    listing = read(samples.api_answer(samples.API_ATOM_ENTRIES, 500))
    assert listing.notices == ("a partial answer: 2 papers of 10",)


def test_withdrawn_papers_are_left_out_with_a_notice() -> None:
    text = samples.API_ATOM.replace(
        samples.ABSTRACTS[2], "This paper has been withdrawn by the author due to an error."
    )
    listing = read(text)
    assert len(listing.entries) == 1
    assert listing.notices == (f'line 26: "{samples.TITLES[2]}" is withdrawn; left out',)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.99])
def test_a_cut_off_answer_is_an_error(cut: float) -> None:
    with pytest.raises(ListingError, match="broken or cut off") as caught:
        read(samples.API_ATOM[: int(len(samples.API_ATOM) * cut)])
    assert caught.value.line


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE feed SYSTEM "http://example.org/feed.dtd">',
        '<!-- x --><!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_document_type_is_refused(doctype: str) -> None:
    text = samples.API_ATOM.replace("\n", f"\n{doctype}\n", 1)
    with pytest.raises(ListingError, match="document type definition") as caught:
        read(text)
    assert caught.value.line == 2


def test_entities_that_xml_does_not_know_are_errors() -> None:
    with pytest.raises(ListingError, match="broken"):
        read(samples.API_ATOM.replace("Ada Kite", "&bomb;"))
