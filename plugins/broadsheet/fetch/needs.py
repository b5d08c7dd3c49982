"""Which of a day's listed papers lack their authors' own text, and what was asked for before. Pure.

What was asked is read from the captures that answered: arXiv's answers say what they were asked.
So a second run asks nothing again, whoever runs it and wherever.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote

from ..listings.fields.identifiers import arxiv_id
from ..listings.model import Listing, ListingName
from ..listings.sameness import title_key
from .sources import records

_ID_LIST = re.compile(rb"id_list=([^&\"<>\s]{1,4000})")
_SEARCH = re.compile(rb"search_query=([^<>]{1,4000})")
_PHRASE = re.compile(r'ti:"([^"]{1,300})"')
_ENTRY_ID = re.compile(rb"<id>\s{0,20}https?://arxiv\.org/abs/([^<\s]{1,40})\s{0,20}</id>")
_HEAD = 20_000  # bytes of an answer that say what was asked
_COPIED = frozenset({"text", "huggingface_html"})
_HUGGINGFACE = "huggingface"


@dataclass(slots=True)
class Asked:
    """What was asked for, each with the first day for whose listings it was."""

    ids: dict[str, date] = field(default_factory=dict)
    titles: dict[str, date] = field(default_factory=dict)  # by `title_key` of the phrase
    dois: dict[str, date] = field(default_factory=dict)  # folded
    huggingface: set[date] = field(default_factory=set)

    def add(self, name: ListingName, data: bytes) -> None:
        """Add what a capture answers; one of another kind tells nothing."""
        if name.date is None:
            return
        if name.source in (records.ARXIV_ENRICH, records.ARXIV_WANTED):
            head = data[:_HEAD]
            phrases = _searched(head)
            for phrase in phrases:
                _first(self.titles, title_key(phrase), name.date)
            given = _ENTRY_ID.findall(data) if not phrases else []
            for text in [*_listed(head), *(one.decode("ascii", "replace") for one in given)]:
                if found := arxiv_id(text):
                    _first(self.ids, found[0], name.date)
        elif name.source == records.CROSSREF_WANTED:
            for doi in _dois(data):
                _first(self.dois, doi.casefold(), name.date)
        elif name.source == records.HUGGINGFACE_ENRICH:
            self.huggingface.add(name.date)


def _first(known: dict[str, date], key: str, day: date) -> None:
    known[key] = min(day, known.get(key, day))


def _listed(head: bytes) -> list[str]:
    found = _ID_LIST.search(head)
    return unquote(found[1].decode("ascii", "replace")).split(",") if found else []


def _searched(head: bytes) -> list[str]:
    """Return the phrases that a search asked for, as its answer repeats them."""
    found = _SEARCH.search(head)
    if found is None:
        return []
    asked = html.unescape(found[1].decode("utf-8", "replace"))
    return _PHRASE.findall(unquote(asked.replace("+", " ")))


def _dois(data: bytes) -> list[str]:
    try:
        doi = json.loads(data)["message"]["DOI"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [doi] if isinstance(doi, str) else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What is to be asked for a day: the ids and titles (as phrases) of papers without their
    authors' text, the arXiv ids and DOIs of papers that are named without a title; how many titles
    are too short to be searched, and how many papers only other sites could tell of; and whether
    Hugging Face's list of the day may know ids."""

    ids: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    short: int = 0
    elsewhere: int = 0
    huggingface: bool = False


@dataclass(frozen=True, slots=True)
class HeldListing:
    """A listing that is held: what its name says, and what it holds."""

    name: ListingName
    listing: Listing


def needs_of(
    day: date, held: Sequence[HeldListing], asked: Asked, written: Iterable[str] = ()
) -> Needs:
    """Return what the papers lack that the listings of a day show. `held` are all captures of the
    day, `written` the arXiv ids of papers whose text earlier listings give as the authors wrote it.
    """
    listed = [one for one in held if not one.name.enriches]
    ids, titles = _untold(held, listed, written)
    searches = [records.phrase_of(title) for title in titles]
    phrases = _unasked(filter(None, searches), asked.titles, day, title_key)
    wanted = [one for held_one in listed for one in held_one.listing.wanted]
    by_doi = [found[0] for one in wanted if one.doi and (found := arxiv_id(one.doi))]
    dois = [one.doi for one in wanted if one.doi and not one.arxiv and not arxiv_id(one.doi)]
    return Needs(
        ids=_unasked(ids, asked.ids, day),
        phrases=phrases,
        wanted=_unasked([*(one.arxiv for one in wanted if one.arxiv), *by_doi], asked.ids, day),
        dois=_unasked(dois, asked.dois, day, str.casefold),
        short=searches.count(None),
        elsewhere=sum(not one.arxiv and not one.doi for one in wanted),
        huggingface=bool(phrases)
        and day not in asked.huggingface
        and not any(_is_huggingfaces(one) for one in held)
        and any(one.listing.format in _COPIED for one in listed),
    )


def _untold(
    held: Sequence[HeldListing], listed: Sequence[HeldListing], written: Iterable[str]
) -> tuple[list[str], list[str]]:
    """Return the papers that are listed without their authors' text, which no capture has: ids,
    and titles of those without an id or an address."""
    entries = [entry for one in held for entry in one.listing.entries]
    own = {entry.arxiv for entry in entries if entry.tex and entry.arxiv} | set(written)
    own_titles = {title_key(entry.title) for entry in entries if entry.tex}
    with_id = {title_key(entry.title): entry.arxiv for entry in entries if entry.arxiv}
    ids: list[str] = []
    titles: list[str] = []
    for entry in (entry for one in listed for entry in one.listing.entries if not entry.tex):
        key = title_key(entry.title)
        known = entry.arxiv or with_id.get(key)
        if known:
            ids += [known] if known not in own else []
        elif key not in own_titles and not entry.doi and not entry.url:
            titles.append(entry.title)
    return ids, titles


def _is_huggingfaces(held: HeldListing) -> bool:
    """Return whether a capture is Hugging Face's own list."""
    return held.listing.format == "huggingface_json" and held.name.source == _HUGGINGFACE


def _unasked(
    names: Iterable[str], known: dict[str, date], day: date, key: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Return the names that were not asked for up to a day, each once."""
    return tuple(dict.fromkeys(one for one in names if not _before(known, key(one), day)))


def _before(known: dict[str, date], key: str, day: date) -> bool:
    first = known.get(key)
    return first is not None and first <= day
