"""Feeds as readers show them: their HTML in a page without any policy."""

from __future__ import annotations

import json
from html import unescape
from xml.etree import ElementTree

import pytest

from .hostile import Hostile
from .markup import strange
from .watching import Watch

ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


def _pieces(written: Hostile) -> dict[str, list[str]]:
    """The HTML in the feeds, by format; each piece once."""
    found: dict[str, dict[str, None]] = {"rss": {}, "atom": {}, "json": {}}
    for path in sorted((written.digest.output / "feeds").rglob("*.*")):
        if path.name.endswith(".json"):
            feed = json.loads(path.read_bytes())
            found["json"] |= dict.fromkeys(one["content_html"] for one in feed["items"])
        elif path.name.endswith(".rss.xml"):
            root = ElementTree.parse(path).getroot()
            for tag in ("description", ENCODED):
                found["rss"] |= dict.fromkeys(
                    one.text or "" for one in root.iterfind(f".//item/{tag}")
                )
        elif path.name.endswith(".xml"):
            root = ElementTree.parse(path).getroot()
            assert not list(root.iterfind(f"{ATOM}link[@href='javascript:']"))
            found["atom"] |= dict.fromkeys(one.text or "" for one in root.iter(f"{ATOM}content"))
            assert all(
                one.get("type") in ("text", "html", None) for one in root.iter(f"{ATOM}title")
            )
    return {form: list(texts) for form, texts in found.items()}


def test_no_html_of_a_feed_holds_more_than_text(written: Hostile) -> None:
    wrong = [(form, strange(one)) for form, texts in _pieces(written).items() for one in texts]
    assert [one for one in wrong if one[1]] == []


@pytest.mark.slow
def test_feeds_in_a_reader_without_a_policy(bare_watch: Watch, written: Hostile) -> None:
    pieces = _pieces(written)
    assert min(map(len, pieces.values())) > 500
    texts = dict.fromkeys(one for found in pieces.values() for one in found)
    assert bare_watch.bare(["\n".join(group) for group in _groups(list(texts), 24)]) == []


def _groups(texts: list[str], size: int) -> list[list[str]]:
    return [texts[at : at + size] for at in range(0, len(texts), size)]


def test_titles_are_words_also_for_readers_that_take_them_for_html(written: Hostile) -> None:
    root = ElementTree.parse(written.digest.output / "feeds/all.rss.xml").getroot()
    raw = (written.digest.output / "feeds/all.rss.xml").read_text("utf-8")
    titles = [one.text or "" for one in root.iterfind(".//item/title")]
    assert len(titles) > 500
    assert any("<" in one for one in titles)
    # As the RSS profile asks: the marks as numbers, which the fewest readers take for HTML's.
    assert "<title>" in raw
    assert all("&lt;" not in line for line in raw.splitlines() if line.startswith("<title>"))


def test_the_list_of_feeds_is_xml_that_names_our_addresses_alone(written: Hostile) -> None:
    root = ElementTree.parse(written.digest.output / "feeds/feeds.opml").getroot()
    for one in root.iter("outline"):
        for name in ("xmlUrl", "htmlUrl"):
            assert unescape(one.get(name) or "http://localhost:8000/").startswith(
                "http://localhost:8000/"
            )
