"""The three formats are valid, say the same, and carry hostile text safely."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from broadsheet.feeds import FORMATS, Category, Feed, Item, Related, atom, guid, json_feed, rss
from broadsheet.feeds.text import clean

from .validity import (
    ATOM,
    HISTORY,
    atom_faults,
    atom_warnings,
    json_faults,
    rss_faults,
    rss_warnings,
)

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
FAULTS = {"rss": rss_faults, "atom": atom_faults, "json": json_faults}
DAY = datetime(2025, 8, 7, tzinfo=UTC)

ITEM = Item(
    guid=guid("paper", "2401.00001"),
    link="https://example.org/papers/2401.00001/",
    title="A < B & C: on ε⁻²",
    html="<p>We bound ε⁻² by x &lt; y.</p>",
    summary="We bound ε⁻² by x < y & more.",
    authors=("Zoë Ångström", "林美"),
    categories=(Category("theory", "Theory"), Category("rna", "R&D")),
    links=(Related("https://arxiv.org/abs/2401.00001", "arXiv"),),
    published=DAY,
    updated=DAY.replace(day=9),
)
FEED = Feed(
    guid=guid("feed", "all"),
    title="Papers & more",
    description="What is <new>",
    home="https://example.org/",
    address="https://example.org/feeds/all",
    language="en",
    author="Papers",
    items=(ITEM, replace(ITEM, guid=guid("paper", "two"), authors=(), summary="", links=())),
    updated=DAY.replace(day=9),
)


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_is_valid(form: str) -> None:
    assert FAULTS[form](FORMATS[form](FEED)) == []


def test_nothing_is_warned_of() -> None:
    bare = replace(ITEM, guid=guid("paper", "three"), html="", summary="")
    feed = replace(FEED, items=(*FEED.items, bare), hub="https://hub.example/",
                   previous="https://example.org/b", description="Nets & <more>")  # fmt: skip
    assert rss_warnings(rss(replace(feed, items=FEED.items))) == []
    assert atom_warnings(atom(feed)) == []
    assert rss_warnings(rss(replace(FEED, title="R&amp;D"))) == ["channel title has an entity"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_feed_is_valid(form: str) -> None:
    empty = replace(FEED, items=(), updated=replace(FEED).updated)
    assert FAULTS[form](FORMATS[form](empty)) == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_with_hub_and_archive_is_valid(form: str) -> None:
    feed = replace(FEED, hub="https://hub.example/", previous="https://example.org/feeds/all/1")
    assert FAULTS[form](FORMATS[form](feed)) == []


def test_feedparser_reads_what_was_written() -> None:
    for write in (rss, atom):
        parsed = feedparser.parse(write(FEED))
        assert not parsed.bozo
        assert parsed.feed.title == "Papers & more"
        entry = parsed.entries[0]
        assert entry.id == ITEM.guid
        assert entry.link == ITEM.link
        assert entry.published_parsed[:3] == (2025, 8, 7)
        assert "ε⁻²" in entry.title
        assert entry.content[0].value == ITEM.html
        assert [tag.label or tag.term for tag in entry.tags] == ["Theory", "R&D"]
    assert [one.name for one in parsed.entries[0].authors] == list(ITEM.authors)
    assert parsed.entries[0].updated_parsed[:3] == (2025, 8, 9)


def test_json_says_the_same() -> None:
    made = json.loads(json_feed(FEED))
    item = made["items"][0]
    assert item["id"] == ITEM.guid
    assert item["title"] == ITEM.title
    assert item["content_html"] == ITEM.html
    assert item["external_url"] == "https://arxiv.org/abs/2401.00001"
    assert item["tags"] == ["Theory", "R&D"]
    assert [one["name"] for one in item["authors"]] == list(ITEM.authors)


def test_summary_of_rss_is_html_that_shows_the_plain_text() -> None:
    root = etree.fromstring(rss(FEED))
    shown = root.findtext("channel/item/description")
    assert shown == "We bound ε⁻² by x &lt; y &amp; more."


def test_an_archived_document_names_the_current_one_and_the_older() -> None:
    feed = replace(FEED, current="https://example.org/a", previous="https://example.org/b")
    for form in ("rss", "atom"):
        data = FORMATS[form](feed)
        assert FAULTS[form](data) == []
        root = etree.fromstring(data)
        assert len(list(root.iter(f"{HISTORY}archive"))) == 1
        links = {one.get("rel"): one.get("href") for one in root.iter(f"{ATOM}link")}
        assert links["current"] == "https://example.org/a"
        assert links["prev-archive"] == "https://example.org/b"


HOSTILE = [
    "]]>",
    "<script>alert(1)</script>",
    "\x00\x01\x0b\x1f\x7f",
    "\ud800 lone",
    "\ufffe\uffff",
    "&lt;&amp;&#0;",
    '" onload="x',
    "--><!--",
    "a\r\nb",
    "\u2028\u2029\x85",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_stays_text(form: str, text: str) -> None:
    item = replace(ITEM, title=f"x{text}", html=f"<p>{text}</p>", summary=f"x{text}",
                   authors=(f"x{text}",), categories=(Category(f"x{text}", f"x{text}"),),
                   links=(Related("https://example.org/", f"x{text}"),))  # fmt: skip
    data = FORMATS[form](replace(FEED, title=f"x{text}", description=f"x{text}", items=(item,)))
    assert FAULTS[form](data) == []
    if form != "json":
        assert not list(etree.fromstring(data).iter("script", "{*}script"))


@given(st.text(min_size=1), st.text())
def test_any_text_gives_a_parseable_feed_with_the_same_words(title: str, html: str) -> None:
    feed = replace(FEED, items=(replace(ITEM, title=title, html=html),))
    kept: list[Any] = []
    for form in ("rss", "atom"):
        root = etree.fromstring(FORMATS[form](feed))
        path = "channel/item/title" if form == "rss" else f"{ATOM}entry/{ATOM}title"
        kept.append(root.findtext(path))
        content = ATOM + "content" if form == "atom" else CONTENT
        shown = next((one.text for one in root.iter(content)), "")
        assert (shown or "") == clean(html).replace("\r", "")
    kept.append(json.loads(json_feed(feed))["items"][0]["title"])
    assert len({one or "" for one in kept}) == 1
    assert (kept[0] or "").split() == "".join(
        "\ufffd" if "\ud800" <= c <= "\udfff" else c
        for c in title
        if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff")
    ).split()


def test_the_same_feed_gives_the_same_bytes() -> None:
    for write in FORMATS.values():
        assert write(FEED) == write(replace(FEED))
