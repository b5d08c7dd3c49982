"""arXiv's daily feeds, RSS and Atom (https://info.arxiv.org/help/rss.html).

Each paper has an announce type: new, cross, replace or replace-cross. A feed without papers is
valid: on weekends nothing is announced. Feeds from before 2024 (RSS 1.0, with the id in the
title) are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...errors import ListingError, shown
from ...papers import Entry
from ..columns import Columns
from ..fields.dates import read_moment, read_stamp
from ..fields.identifiers import arxiv_id, categories, doi
from ..fields.people import arxiv_names
from ..fields.withdrawal import withdrawn
from ..merging import unite
from ..model import Listing
from ..untrusted.decoding import one_line, paragraphs
from ..untrusted.xml_tree import Element, account, local_name, text_of

_ANNOUNCE = re.compile(r"\AarXiv:(\S{5,40}) Announce Type: ?([a-z-]{3,20})\s*(?:Abstract:)?")
_OLD_TITLE = re.compile(r"\.? \(arXiv:(\S{5,40}) \[([A-Za-z.-]{2,30})\]((?: [A-Z]+){0,3})\)\Z")
_ARXIV_HOST = re.compile(r"https?://(?:rss\.|export\.|www\.)?arxiv\.org(?:/|\Z)", re.I)
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
# What becomes of an item's elements (https://info.arxiv.org/help/rss.html). A feed's `pubDate` and
# `published` are the announcement's, which is the listing's day.
_FIELDS = {
    "title": "title", "description": "abstract", "summary": "abstract", "creator": "authors",
    "author": "authors", "category": "categories", "guid": "arxiv", "id": "arxiv",
    "link": "arxiv", "announce_type": "announce", "DOI": "doi", "doi": "doi",
}  # fmt: skip
_NOISE = frozenset(("pubDate", "published", "updated", "date", "rights"))
_TYPES = ("new", "cross", "replace", "replace-cross")


def _texts(element: Element, name: str) -> list[str]:
    return [text_of(child) for child in element if local_name(child) == name]


def _text(element: Element | None, name: str) -> str:
    found = [] if element is None else _texts(element, name)
    return found[0] if found else ""


def is_daily(root: Element) -> bool:
    """Return whether a feed is one of arXiv's: its items say how they are announced, or it has none
    and says where it is from."""
    channel = next((child for child in root if local_name(child) == "channel"), root)
    items = [el for el in (*channel, *root) if local_name(el) in ("item", "entry")][:3]
    if not items:
        links = [*_texts(channel, "link"), *_texts(channel, "id"), channel.get(_ABOUT, "")]
        links += [child.get("href", "") for child in channel if local_name(child) == "link"]
        return any(_ARXIV_HOST.match(address.strip()) for address in links)
    return any(
        any(local_name(child) == "announce_type" for child in item)
        or _ANNOUNCE.match((_text(item, "description") or _text(item, "summary")).lstrip())
        or _OLD_TITLE.search(one_line(_text(item, "title"))[-200:])
        for item in items
    )


def parse(root: Element, *, file: str) -> Listing:
    """Read a feed. Raises `ListingError` where an item is no paper of arXiv's."""
    channel = next((child for child in root if local_name(child) == "channel"), root)
    items = [el for el in (*channel, *root) if local_name(el) in ("item", "entry")]
    if channel is root:
        items = [el for el in root if local_name(el) in ("item", "entry")]
    notices: list[str] = []
    columns = Columns("element")
    for item in items:
        account(item, _FIELDS, _NOISE, columns)
    entries, twice = unite(_entries(items, notices, file), file=file)
    made = _text(channel, "lastBuildDate") or _text(channel, "updated") or _text(channel, "date")
    captured = read_moment(made)
    day = _day(
        _text(channel, "pubDate") or next(iter(_texts(items[0], "published")), "")
        if items or _text(channel, "pubDate")
        else ""
    ) or _day(made)
    empty = None
    if not entries:
        rest = {
            one_line(text).lower()
            for el in channel
            if local_name(el) == "skipDays"
            for text in _texts(el, "day")
        }
        weekend = day is not None and day.weekday() >= 5
        empty = "weekend" if weekend and (rest or not items) else "nothing announced"
    return Listing(
        format="arxiv_feed",
        entries=entries,
        date=day,
        captured=captured,
        empty=empty,
        notices=(*columns.notices(), *notices, *twice),
        columns=tuple(columns),
    )


def _day(text: str) -> date | None:
    """Return the day that a time stamp names, where it was written (arXiv's own day, in Ithaca)."""
    iso = read_stamp(text)
    return date.fromisoformat(iso) if iso else None


def _entries(items: list[Element], notices: list[str], file: str) -> Iterator[Entry | ListingError]:
    for item in items:
        line: int | None = item.sourceline
        title = one_line(_text(item, "title"))
        if not title:
            yield ListingError("an item has no title; expected one", file=file, line=line)
            continue
        about = _text(item, "summary") or _text(item, "description")
        announce: str | None = one_line(_text(item, "announce_type")) or None
        terms = _texts(item, "category") + [
            child.get("term", "") for child in item if local_name(child) == "category"
        ]
        ids = [
            *_texts(item, "guid"),
            *_texts(item, "id"),
            *_texts(item, "link"),
            *(child.get("href", "") for child in item if local_name(child) == "link"),
            *(value for key, value in item.items() if key.endswith("}about")),
        ]
        if head := _ANNOUNCE.match(about.lstrip()):
            ids.insert(0, head[1])
            announce = announce or head[2]
            about = about.lstrip()[head.end() :]
        elif old := _OLD_TITLE.search(title[-200:]):
            title = title[: len(title) - len(old[0])]
            ids.insert(0, old[1])
            terms.insert(0, old[2])
            announce = _old_type(old[3])
            about = _plain(about)
        found = [arxiv for text in ids if (arxiv := arxiv_id(text))]
        abstract = paragraphs(about)
        if withdrawn(abstract, title=title) or not abstract:
            what = "withdrawn" if abstract else "listed without abstract"
            notices.append(f"line {line}: {shown(title)} is {what}; left out")
            continue
        if not found:
            yield ListingError(
                f"the item {shown(title)} has no arXiv id; expected one of arXiv's feeds",
                file=file,
                line=line,
            )
            continue
        yield Entry(
            title=title,
            abstract=abstract,
            line=line,
            tex=True,
            arxiv=found[0][0],
            version=next((version for _, version in found if version), None),
            doi=next(iter(filter(None, map(doi, _texts(item, "DOI") + _texts(item, "doi")))), None),
            authors=_authors(item),
            categories=categories(" ".join(terms)),
            published=None,
            announce=announce if announce in _TYPES else None,
        )


def _old_type(words: str) -> str:
    crossed, updated = "CROSS" in words, "UPDATED" in words
    if updated:
        return "replace-cross" if crossed else "replace"
    return "cross" if crossed else "new"


def _authors(item: Element) -> tuple[str, ...]:
    """Return authors: one element each in Atom, one list separated by commas in arXiv's feeds."""
    named = [_text(child, "name") for child in item if local_name(child) == "author"]
    if not any(map(str.strip, named)):
        creators = (_plain(text, emphasis=False) for text in _texts(item, "creator"))
        named = [name for text in creators for name in re.split(r",\s|\n", text)]
    return arxiv_names(named)


def _plain(text: str, *, emphasis: bool = True) -> str:
    """Return the text of an element that may hold HTML."""
    if "<" not in text and "&" not in text:
        return text
    from ..fields.html_prose import prose  # few feeds hold HTML

    return prose(text, emphasis=emphasis)
