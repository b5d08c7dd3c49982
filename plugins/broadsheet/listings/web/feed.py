"""Any feed as a listing: journals, preprint servers, conferences, blogs (docs/listings.md).

A feed has the day of its file's name, or else that on which it was made; its items' own dates are
the papers'. HTML becomes Markdown. arXiv's feeds have a reader of their own (arxiv_feed.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ...errors import ListingError, at_line, shown
from ...identifier_patterns import ARXIV_NEW
from ...papers import Entry
from ..columns import Columns
from ..fields.addresses import Address, address_of, doi_in
from ..fields.dates import read_moment, read_published, read_stamp
from ..fields.identifiers import arxiv_id, categories, doi, link, named_links
from ..fields.labelled import Labelled, labelled
from ..fields.one_name import natural_order
from ..fields.people import arxiv_names, split_authors
from ..fields.values import is_archive
from ..fields.withdrawal import withdrawn
from ..merging import unite
from ..model import Listing
from ..untrusted import jsons
from ..untrusted.decoding import one_line, paragraphs
from ..untrusted.xml_tree import Element, text_of
from .feed_items import FeedItem, channel_of, json_items, name_of, xml_items

_ENOUGH = 200  # characters of a description that is an abstract, so that no longer text is wanted
_EMAIL_NAME = re.compile(
    r"\S{1,100}@\S{1,100}\s*\((.{1,200})\)|(.{1,200}?)\s*<\S{1,100}@\S{1,100}>"
)
_EMAIL = re.compile(r"(?:mailto:)?\S{1,100}@\S{1,100}")
_ID_BEFORE = re.compile(rf"\[(?:arXiv:)?({ARXIV_NEW})(?:v[0-9]{{1,3}})?\]\s+")
_ARXIV_WORD = re.compile(r"[a-z]{2,8}(?:-[a-z]{2,4})?\.[A-Za-z-]{2,20}|hep-(?:th|ph|ex|lat)|gr-qc"
                         r"|quant-ph|nucl-(?:th|ex)|math-ph")  # fmt: skip
_MADE = ("lastBuildDate", "updated", "dc:date", "date", "pubDate", "modified", "published")


def parse(root: Element, *, file: str, day: date | None = None) -> Listing:
    """Read an XML feed. `day` is the one that its file's name says, if it says one.

    Raises `ListingError` where none of its items can be read.
    """
    unread = Columns("element")
    channel = channel_of(root)
    made = {name_of(child): text_of(child) for child in reversed(channel)}
    moment = next((made[name] for name in _MADE if made.get(name, "").strip()), "")
    return _listing(xml_items(root, unread), unread, moment, file=file, day=day)


def parse_json(value: object, *, file: str, day: date | None = None) -> Listing:
    """Read a JSON Feed. Raises `ListingError` where none of its items can be read."""
    feed: dict[str, Any] = jsons.mapping(value)
    unread = Columns("element")
    return _listing(json_items(feed, unread), unread, "", file=file, day=day)


def _listing(
    items: Iterable[FeedItem], unread: Columns, made: str, *, file: str, day: date | None
) -> Listing:
    notices: list[str] = []
    entries, twice = unite(_entries(items, unread, notices, file), file=file)
    iso = read_stamp(made)
    return Listing(
        format="feed",
        entries=entries,
        date=date.fromisoformat(iso) if iso and day is None else None,
        captured=read_moment(made),
        empty=None if entries else "nothing listed",
        notices=(*notices, *unread.notices(), *twice),
    )


def _entries(
    items: Iterable[FeedItem], unread: Columns, notices: list[str], file: str
) -> Iterator[Entry | ListingError]:
    for number, item in enumerate(items, 1):
        where = f"item {number}" if item.line is None else "an item"
        try:
            entry = _entry(item, unread, where, file)
        except ListingError as error:
            yield error
            continue
        if withdrawn(entry.abstract, title=entry.title):
            told = f"{shown(entry.title)} is withdrawn; left out"
            notices.append(at_line(item.line, told))
            continue
        yield entry


def _entry(item: FeedItem, unread: Columns, where: str, file: str) -> Entry:
    title = next(filter(None, (_line(text, file) for text in item.titles)), "")
    if not title:
        raise ListingError(f"{where} has no title; expected one", file=file, line=item.line)
    said = _text(item, file)
    for name, value in said.unread.items():
        unread.leave(name, value, item.line)
    parts = said.parts
    addresses = _addresses(item, parts)
    named = _ID_BEFORE.match(title)
    if named:
        title = title[named.end() :] or title
    ids = [text for text in item.addresses if "://" not in text]
    arxiv, version = _arxiv(addresses, named[1] if named else parts.get("arxiv", ""), ids)
    words = [one_line(text) for text in item.get("words")]
    subjects = categories(" ".join(words) + " " + parts.get("categories", ""))
    subjects = tuple(word for word in subjects if _ARXIV_WORD.fullmatch(word))
    page = next((one.url for one in addresses if one.kind != "code"), None)
    code, project = named_links(parts.get("comments", ""))
    listed = parts.get("keywords", "")
    return Entry(
        title=title,
        abstract=said.text,
        line=item.line,
        arxiv=arxiv,
        version=version,
        doi=_doi(item, addresses, parts.get("doi", "")),
        url=None if arxiv else page,
        authors=_authors(item, parts.get("authors", ""), file),
        categories=subjects,
        keywords=tuple(dict.fromkeys(
            word for word in (*(_line(w, file) for w in words), *map(one_line, listed.split(",")))
            if word and word not in subjects and not word.startswith(("http://", "https://"))
        )),
        code=link(_address(parts.get("code", ""))) or code
        or next((one.url for one in addresses if one.kind == "code"), None),
        project=link(_address(parts.get("project", ""))) or project,
        media=link(item.media),
        upvotes=jsons.count(parts.get("upvotes")),
        comments=jsons.count(item.comments),
        organisation=one_line(parts.get("organisation", "")) or None,
        venue=_venue([*item.get("venues"), parts.get("venue", "")]),
        summary=one_line(parts.get("summary", "")) or None,
        published=next(filter(None, map(_day, (*item.dates, parts.get("published", "")))), None),
    )  # fmt: skip


def _venue(named: list[str]) -> str | None:
    """Return where a paper appeared, but for the name of its archive."""
    venues = filter(None, map(one_line, named))
    return next((one for one in venues if not is_archive(one)), None)


def _line(text: str, file: str) -> str:
    """Return a title or a word, which may hold HTML, in one line."""
    if "<" not in text and "&" not in text:
        return one_line(text)
    from ..fields.html_prose import line_of_prose  # few hold HTML

    return line_of_prose(text, file=file)


def _prose(text: str, file: str) -> str:
    if "<" not in text and "&" not in text:
        return paragraphs(text)
    from ..fields.html_prose import is_html, prose

    return prose(text, file=file) if is_html(text) else paragraphs(text)


def _text(item: FeedItem, file: str) -> Labelled:
    """Return the first of an item's texts that is long enough for an abstract, else the longest;
    with the parts that any of them labels."""
    best = Labelled()
    parts: dict[str, str] = {}
    for source in item.texts:
        said = labelled(_prose(source, file))
        parts = said.parts | parts
        if not best.text or (len(best.text) < _ENOUGH and len(said.text) > len(best.text)):
            best = said
        if len(best.text) >= _ENOUGH:
            break
    best.parts = parts
    return best


def _address(text: str) -> str:
    """Return the address that a labelled part is, or links to."""
    found = re.search(r"\]\((https?://[^\s()]{1,1000})\)|(https?://[^\s()]{1,1000})", text[:2000])
    return (found[1] or found[2]) if found else ""


def _addresses(item: FeedItem, parts: dict[str, str]) -> list[Address]:
    texts = [*item.addresses, _address(parts.get("url", "")), _address(parts.get("arxiv", ""))]
    found = (address_of(text) for text in dict.fromkeys(texts) if text)
    return [one for one in found if one]


def _arxiv(addresses: list[Address], named: str, raw: list[str]) -> tuple[str | None, int | None]:
    for one in addresses:
        if one.arxiv:
            return one.arxiv, one.version
    return next(filter(None, map(arxiv_id, (named, *raw))), (None, None))


def _doi(item: FeedItem, addresses: list[Address], named: str) -> str | None:
    texts = [*(text for _, text in item.values.get("dois", ())), named, *item.addresses]
    for text in texts:
        if found := doi(text) or (doi_in(text) if "://" in text else None):
            return found
    return next((one.doi for one in addresses if one.doi), None)


def _authors(item: FeedItem, named: str, file: str) -> tuple[str, ...]:
    """Return the authors of an item: an element each, or one that lists them."""
    texts = [_line(text, file) for _, text in item.values.get("authors", ())] or [named]
    texts = [_without_email(text) for text in texts]
    if len(texts) == 1:
        return split_authors(texts[0])
    return arxiv_names(natural_order(text) for text in dict.fromkeys(texts))


def _without_email(text: str) -> str:
    """Return the name beside an e-mail address, as RSS has it; nothing of an address alone."""
    if "@" not in text:
        return text
    if found := _EMAIL_NAME.fullmatch(text[:500]):
        return found[1] or found[2]
    return "" if _EMAIL.fullmatch(text) else text


def _day(text: str) -> str | None:
    """Return the day that a time stamp of an item names."""
    return read_stamp(text) or read_published(text)
