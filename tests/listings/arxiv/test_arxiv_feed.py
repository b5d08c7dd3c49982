"""arXiv's daily feeds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse

from .. import samples


def read(text: str) -> Listing:
    return parse(text.encode(), file="feed.xml")


def test_rss_gives_its_day_and_how_each_paper_is_announced() -> None:
    listing = read(samples.RSS)
    assert (listing.format, listing.date) == ("arxiv_feed", date(2025, 8, 20))
    assert listing.captured == datetime(2025, 8, 20, 4, 0, 14, tzinfo=UTC)
    assert [(e.arxiv, e.version, e.title, e.abstract, e.announce) for e in listing.entries] == [
        ("2508.00001", 1, samples.TITLES[0], samples.ABSTRACTS[0], "new"),
        ("2508.00002", 1, samples.TITLES[1], samples.ABSTRACTS[1], "cross"),
        ("2401.00003", 1, samples.TITLES[2], samples.ABSTRACTS[2], "replace-cross"),
    ]
    assert listing.entries[0].authors == ("Ada Kite", "José Line")
    assert listing.entries[0].categories == ("cs.CL", "cs.RO")
    assert all(entry.tex for entry in listing.entries)


def test_atom_gives_the_same() -> None:
    listing = read(samples.ATOM_FEED)
    assert (listing.format, listing.date) == ("arxiv_feed", date(2025, 8, 20))
    (entry,) = listing.entries
    assert (entry.arxiv, entry.announce) == ("2508.00001", "new")
    assert entry.abstract == samples.ABSTRACTS[0]
    assert entry.authors == ("Ada Kite", "Bo Line")


def test_feeds_of_before_2024() -> None:
    listing = read(samples.OLD_RSS)
    assert listing.date == date(2022, 8, 4)
    first, second = listing.entries
    assert (first.title, first.abstract) == (samples.TITLES[0], samples.ABSTRACTS[0])
    assert (first.arxiv, first.version, first.announce) == ("2208.00001", 1, "new")
    assert (first.authors, first.categories) == (("Ada Kite", "Bo Line"), ("cs.LG",))
    assert (second.arxiv, second.version, second.announce) == ("2108.00002", 3, "replace")


def test_a_feed_of_the_weekend_is_a_valid_empty_listing() -> None:
    listing = read(samples.rss("", day="Sat, 01 Aug 2026 00:00:00 -0400"))
    assert (listing.entries, listing.empty) == ((), "weekend")
    assert listing.date == date(2026, 8, 1)


def test_an_empty_feed_of_a_weekday_says_that_nothing_was_announced() -> None:
    listing = read(samples.rss("", day="Thu, 25 Dec 2025 00:00:00 -0500"))
    assert (listing.empty, listing.date) == ("nothing announced", date(2025, 12, 25))


def test_the_day_is_arxivs_own_not_utcs() -> None:
    listing = read(samples.rss("", day="Wed, 20 Aug 2025 23:30:00 -0400"))
    assert listing.date == date(2025, 8, 20)


def test_an_item_without_arxiv_id_is_an_error() -> None:
    item = (
        "<item><title>News</title><description>Some news.</description>"
        "<arxiv:announce_type>new</arxiv:announce_type></item>"
    )
    with pytest.raises(ListingError, match="no arXiv id") as caught:
        read(samples.rss(item))
    assert caught.value.line == 9


def test_withdrawn_papers_are_left_out_with_a_notice() -> None:
    listing = read(
        samples.rss(
            samples.rss_item("2508.00001", "Kites", "replace", "This paper has been withdrawn.")
            + samples.rss_item("2508.00002", "Bread", "new", samples.ABSTRACTS[1])
        )
    )
    assert [entry.title for entry in listing.entries] == ["Bread"]
    assert listing.notices == ('line 9: "Kites" is withdrawn; left out',)


def test_a_paper_twice_is_one_and_a_notice() -> None:
    item = samples.rss_item("2508.00001", "Kites", "new", samples.ABSTRACTS[0])
    listing = read(samples.rss(item + item))
    assert len(listing.entries) == 1
    assert "listed twice" in listing.notices[0]


def test_other_xml_is_an_error() -> None:
    with pytest.raises(ListingError, match="found XML with <opml>"):
        read("<?xml version='1.0'?><opml><body/></opml>")
