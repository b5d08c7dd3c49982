"""Feeds of journals, preprint servers, blogs and third parties."""

from __future__ import annotations

import json
from datetime import date

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import Listing, parse
from broadsheet.papers import Entry

from .. import feeds
from ..samples import ABSTRACTS, TITLES


def read(text: str, day: date | None = None) -> Listing:
    return parse(text.encode(), file="x.xml", day=day)


def only(text: str) -> Entry:
    (entry,) = read(text).entries
    return entry


@pytest.mark.parametrize("name", feeds.ALL)
def test_every_feed_is_read_whole(name: str) -> None:
    listing = read(feeds.ALL[name])
    assert listing.format == "feed"
    assert not any("left out" in notice for notice in listing.notices)
    for entry in listing.entries:
        assert "<" not in entry.title.replace("kites < lines", "") + entry.abstract
        assert entry.arxiv or entry.doi or entry.url


def test_a_journals_feed() -> None:
    entry = only(feeds.LETTERS)
    assert entry.title == "Steering Milvus kites by CO₂"
    assert entry.abstract == ABSTRACTS[0]
    assert entry.authors == ("Ada Kite", "Bo Line")
    assert (entry.doi, entry.published) == ("10.1038/k-026-00001-1", "2026-01-02")
    assert entry.url == "https://www.nature.com/articles/k-026-00001-1"
    assert entry.venue
    assert "prism:publicationName" not in " ".join(read(feeds.LETTERS).notices)


def test_what_nobody_reads_is_named_once() -> None:
    twice = feeds.rss("<item><title>A kite</title><x>1</x></item>"
                      "<item><title>A line</title><x>2</x></item>")  # fmt: skip
    assert [notice for notice in read(twice).notices if '"x"' in notice and "2" in notice]


def test_a_doi_within_an_address() -> None:
    entry = only(feeds.SCIENCES)
    assert (entry.doi, entry.abstract) == ("10.1126/kite.adz0001", ABSTRACTS[0])
    assert only(feeds.PLAIN_ATOM).doi == "10.1371/journal.kite.0000001"
    assert only(feeds.PREPRINTS).doi == "10.1101/2026.01.02.000001"


def test_names_before_the_abstract_are_authors() -> None:
    entry = only(feeds.PLAIN_ATOM)
    assert (entry.authors, entry.abstract) == (("Dee Keeper", "Ed Lamp"), ABSTRACTS[2])
    entry = only(feeds.ELSEVIER)
    assert (entry.authors, entry.abstract) == (("Ada Kite", "Bo Line"), "")


def test_a_blogs_markup_becomes_markdown() -> None:
    entry = only(feeds.BLOG)
    assert entry.title == "How we fly ’em — kites & lines"
    assert entry.abstract == (
        "Kites need *wind*, and a [line](https://lines.example.org/l%281%29), see this.\n\n"
        "• One kite\n\n• Two **lines**"
    )
    assert (entry.authors, entry.comments) == (("Ada Kite",), 3)
    assert entry.keywords == ("Wind", "Kites")


def test_labels_of_a_description_are_fields() -> None:
    first, second = read(feeds.THIRD_PARTY).entries
    assert (first.abstract, first.authors, first.upvotes) == (
        ABSTRACTS[0],
        ("Ada Kite", "Bo Line"),
        12,
    )
    assert (first.arxiv, second.arxiv) == ("2601.00001", "2601.00002")
    assert (second.title, second.categories) == (TITLES[1], ("cs.LG",))


def test_old_feeds_with_a_public_doctype_and_htmls_characters() -> None:
    assert only(feeds.OLD).title == "Café kites < lines"


def test_markup_as_elements() -> None:
    entry = only(feeds.XHTML)
    assert (entry.title, entry.abstract) == ("On Kites", f"{ABSTRACTS[0]}\n\nMore.")


def test_a_json_feed() -> None:
    entry = only(feeds.JSON_FEED)
    assert (entry.arxiv, entry.published) == ("2601.00001", "2026-01-04")
    assert (entry.categories, entry.keywords) == (("cs.RO",), ("Wind",))


def test_the_day_is_the_files_or_that_on_which_the_feed_was_made() -> None:
    assert read(feeds.BLOG).date == date(2026, 1, 5)
    assert read(feeds.BLOG, day=date(2026, 1, 6)).date is None
    undated = feeds.rss("<item><title>A kite</title></item>", head="")
    assert read(undated).date is None


def test_one_odd_item_costs_no_other() -> None:
    feed = feeds.rss(
        "<item><link>https://x.example/</link></item><item><title>Kites</title></item>"
    )
    listing = read(feed)
    assert [entry.title for entry in listing.entries] == ["Kites"]
    assert any("has no title" in notice for notice in listing.notices)
    with pytest.raises(ListingError, match="has no title"):
        read(feeds.rss("<item><link>https://x.example/</link></item>"))


def test_an_empty_feed_is_a_valid_listing() -> None:
    assert read(feeds.rss("")).empty == "nothing listed"
    assert read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": []})).empty


def test_a_withdrawn_item_is_left_out() -> None:
    feed = feeds.rss(
        "<item><title>A kite</title><description>This paper has been withdrawn.</description>"
        "</item><item><title>A line</title></item>"
    )
    listing = read(feed)
    assert [entry.title for entry in listing.entries] == ["A line"]
    assert any("is withdrawn; left out" in notice for notice in listing.notices)


def test_a_doctype_with_definitions_is_refused() -> None:
    for inside in ('SYSTEM "file:///etc/passwd"', 'PUBLIC "x" "y" [<!ENTITY a "b">]'):
        with pytest.raises(ListingError, match="is refused"):
            read(feeds.BLOG.replace("<rss", f"<!DOCTYPE rss {inside}><rss", 1))


def test_another_sites_feed_of_arxivs_papers_is_any_feed() -> None:
    feed = feeds.rss(
        "<item><title>Kites</title><guid>oai:arXiv.org:2601.00001v2</guid>"
        "<description>&lt;p&gt;We &lt;i&gt;fly&lt;/i&gt;.&lt;/p&gt;</description></item>"
    ).replace("https://feed.example.org/", "https://arxiv.org/list/cs.RO/new")
    entry = only(feed)
    assert (entry.arxiv, entry.version, entry.abstract) == ("2601.00001", 2, "We *fly*.")
