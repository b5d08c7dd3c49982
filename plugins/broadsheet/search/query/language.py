"""The query language: Lunr's syntax, phrases in quotes, and filters.

    in:vision tag:nas category:cs.LG author:"Ada Lovelace" since:2025-06 until:2025-W30

`readQuery` in theme/static/js/search-query.js reads the same language in the browser; a test
compares both. docs/subscriptions.md describes it for readers.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from ...errors import ContentError, shown
from ..analysis.fields import FIELDS
from ..analysis.words import is_stop_word
from .clauses import Clause, Presence, clauses
from .units import Unit

SPACE = r" \t\n\r\f\v\u00a0\ufeff\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""JavaScript's white space, for a character class."""
_FORM = re.compile(
    rf"(?:^|(?<=[{SPACE}]))([+-]?)(?:(in|tag|category|author|since|until|on):([{SPACE}]*))?"
    rf'(?:"([^"]*)"?|([^{SPACE}]+))',
    re.I,
)
LONGEST = 4000
"""Characters of a question; an abstract has half as many."""
_SPANS = ("since", "until", "on")
_SPAN = re.compile(r"(\d{4})(?:-(?:W(\d{2})|(\d{2})(?:-(\d{2}))?))?", re.I)
_ESCAPED = re.compile(r'[\\:~^*+"]')


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader's text in parts: words in Lunr's syntax, phrases, and filters."""

    lunr: str
    phrases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a paper must match: the clauses, all phrases, one of the topics, all tags, all authors,
    all categories, the days from `first` to `last` (both included), and at least so many votes. Of
    plain words: all `units`, none of the `unwanted`, and phrases that are compared folded."""

    clauses: tuple[Clause, ...] = ()
    phrases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    votes: int = 0
    categories: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    unwanted: tuple[Unit, ...] = ()
    folded_phrases: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the query asks for nothing; then it matches nothing."""
        return self == Query()


def clipped(text: str) -> str:
    """Return the beginning of a text that is read as a question: LONGEST characters, up to a
    space."""
    if len(text) <= LONGEST:
        return text
    words = text[:LONGEST].rpartition(" ")[0]
    return words if words.strip(" ") else text[:LONGEST]


def read(text: str) -> Reading:
    """Return a text's parts. Raises ContentError for a date that can't be read, and for a filter or
    phrase with a minus before it."""
    words: list[str] = []
    phrases: list[str] = []
    lists: dict[str, list[str]] = {"in": [], "tag": [], "author": [], "category": []}
    reading = Reading("")
    for sign, form, quoted, bare in pieces(text):
        value = (quoted if quoted is not None else bare or "").strip()
        if not form:
            if quoted is None:
                words.append(_plain(sign + (bare or "")))
            elif value:
                if sign == "-":
                    raise ContentError("a phrase in quotes can't be excluded with -")
                phrases.append(value)
        elif not value:
            continue
        elif sign == "-":
            raise ContentError(f"{form}: can't be negated with -")
        elif form == "author" and quoted is None:
            words.append(f"+authors:{bare}")
        elif form in lists:
            lists[form].append(_slug(value) if form in ("in", "tag") else value)
        else:
            reading = _narrowed(reading, form, value)
    return replace(
        reading,
        lunr=" ".join(words),
        phrases=tuple(phrases),
        topics=tuple(lists["in"]),
        tags=tuple(lists["tag"]),
        authors=tuple(lists["author"]),
        categories=tuple(lists["category"]),
    )


def pieces(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Return a text's words, phrases and filters: sign, filter, quoted value, bare value.

    "on: Kites", as a title may have it, are two words; "on:kites" is a filter, if a wrong one.
    """
    found: list[tuple[str, str, str | None, str | None]] = []
    for match in _FORM.finditer(text):
        sign, form, space, quoted, bare = match.groups()
        form = (form or "").lower()
        if form in _SPANS and space and bare is not None and span_of(bare) is None:
            found += [(sign, "", None, form), ("", "", None, bare)]
        else:
            found.append((sign, form, quoted, bare))
    return found


def _plain(word: str) -> str:
    """Return a word as Lunr's parser takes it. A colon at the end of what isn't a field is dropped
    as punctuation, and so is a sign alone."""
    if re.fullmatch(r"[+-]+", word):
        return ""
    end = re.fullmatch(r"([+-]?)([^:]+):", word)
    return end[1] + end[2] if end and end[2].lower() not in FIELDS else word


def _slug(name: str) -> str:
    """Return the slug for a topic's or tag's name as a reader types it."""
    return re.sub(rf"[{SPACE}]+", "-", name.lower())


def _narrowed(reading: Reading, form: str, value: str) -> Reading:
    """Return a reading narrowed by since:, until: or on:."""
    span = span_of(value)
    if span is None:
        raise ContentError(
            f"{form}: found {shown(value)}; expected a year, month, week or day: "
            "2025, 2025-06, 2025-W23 or 2025-06-14"
        )
    first, last = reading.first, reading.last
    if form != "until":
        first = max(first, span[0]) if first else span[0]
    if form != "since":
        last = min(last, span[1]) if last else span[1]
    return replace(reading, first=first, last=last)


def span_of(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a year, month, ISO 8601 week or day ("2025", "2025-06",
    "2025-W23", "2025-06-14"); None for another text."""
    parts = _SPAN.fullmatch(text)
    if parts is None:
        return None
    year, week, month, day = (int(part) if part else None for part in parts.groups())
    assert year is not None
    try:
        if week is not None:
            return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def query(reading: Reading, votes: int = 0) -> Query:
    """Return a reading as a query: each word of a phrase is a required clause too, except stop
    words. Raises ContentError for words that Lunr's syntax doesn't allow."""
    all_clauses = list(clauses(reading.lunr))
    for phrase in reading.phrases:
        all_clauses += [
            replace(clause, presence=Presence.REQUIRED)
            for clause in clauses(re.sub(r"(^|\s)-", " ", _ESCAPED.sub(" ", phrase)))
            if not is_stop_word(clause.term)
        ]
    return replace(
        query_of_filters(reading),
        clauses=tuple(all_clauses),
        phrases=reading.phrases,
        votes=votes,
    )


def query_of_filters(reading: Reading, year: int | str | None = None) -> Query:
    """Return a reading's filters alone, without words and phrases, narrowed to a year, or to what a
    filter names ("2025-08")."""
    if year is not None:
        reading = _narrowed(reading, "on", f"{year:>04}")
    return Query(
        topics=reading.topics,
        tags=reading.tags,
        authors=reading.authors,
        first=reading.first,
        last=reading.last,
        categories=reading.categories,
    )
