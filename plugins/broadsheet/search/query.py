"""A reader's text as the search page reads it: Lunr's words, phrases in quotes, and filters.

    in:vision tag:nas author:"Ada Lovelace" since:2025-06 until:2025-W30 on:2025-08-07

theme/static/js/search-words.js (`readQuery`) does the same in the browser; a test compares both.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from lunr.stop_word_filter import WORDS as STOP_WORDS

from ..errors import ContentError, shown
from .clauses import FIELDS, Clause, Presence, clauses

# What JavaScript takes for white space.
_SPACE = r" \t\n\r\f\v\u00a0\ufeff\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_FORM = re.compile(
    rf"(?:^|(?<=[{_SPACE}]))([+-]?)(?:(in|tag|author|since|until|on):[{_SPACE}]*)?"
    rf'(?:"([^"]*)"?|([^{_SPACE}]+))',
    re.I,
)
_SPAN = re.compile(r"(\d{4})(?:-(?:W(\d{2})|(\d{2})(?:-(\d{2}))?))?", re.I)
_ESCAPED = re.compile(r'[\\:~^*+"]')
_WORD = re.compile(r"[^ \t\n\r\f\v\u00a0-]+")
_TRIM = re.compile(r"^[\W]*(\w+)[\W]*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader's text says: a query in Lunr's syntax, phrases, and filters."""

    lunr: str
    phrases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What papers must be like. Of `topics` any one will do; all `tags` and `authors` must be
    there; `first` and `last` are days of the digest, both included."""

    clauses: tuple[Clause, ...] = ()
    phrases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    votes: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for: then nothing matches."""
        return self == Query()


def read(text: str) -> Reading:
    """What a text asks for. Raises ContentError for a date that is none, and for a filter or phrase
    with a minus before it."""
    words: list[str] = []
    found = Reading("")
    for sign, form, quoted, bare in _pieces(text):
        value = (quoted if quoted is not None else bare or "").strip()
        if not form:
            if quoted is None:
                words.append(_plain(sign + (bare or "")))
            elif value:
                if sign == "-":
                    raise ContentError("a phrase in quotes can't be left out with -")
                found = replace(found, phrases=(*found.phrases, value))
        elif not value:
            continue
        elif sign == "-":
            raise ContentError(f"{form}: can't be turned round with -")
        elif form == "in":
            found = replace(found, topics=(*found.topics, _slug(value)))
        elif form == "tag":
            found = replace(found, tags=(*found.tags, _slug(value)))
        elif form == "author" and quoted is None:
            words.append(f"+authors:{bare}")
        elif form == "author":
            found = replace(found, authors=(*found.authors, value))
        else:
            found = _narrowed(found, form, value)
    return replace(found, lunr=" ".join(words))


def _pieces(text: str) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (match[1], (match[2] or "").lower(), match[3], match[4]) for match in _FORM.finditer(text)
    ]


def _plain(word: str) -> str:
    """A word for Lunr's parser: a colon at the end of what is no field is punctuation, and a sign
    alone is nothing."""
    if re.fullmatch(r"[+-]+", word):
        return ""
    end = re.fullmatch(r"([+-]?)([^:]+):", word)
    return end[1] + end[2] if end and end[2].lower() not in FIELDS else word


def _slug(name: str) -> str:
    return re.sub(rf"[{_SPACE}]+", "-", name.lower())


def _narrowed(found: Reading, form: str, value: str) -> Reading:
    span = span_of(value)
    if span is None:
        raise ContentError(
            f"{form}: found {shown(value)}; expected a year, month, week or day: "
            "2025, 2025-06, 2025-W23 or 2025-06-14"
        )
    first, last = found.first, found.last
    if form != "until":
        first = max(first, span[0]) if first else span[0]
    if form != "since":
        last = min(last, span[1]) if last else span[1]
    return replace(found, first=first, last=last)


def span_of(text: str) -> tuple[date, date] | None:
    """The first and last day of a year, month, ISO week or day; None for another text."""
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
    """A reading as a query. Raises ContentError for words that are none in Lunr's syntax."""
    found = list(clauses(reading.lunr))
    for phrase in reading.phrases:
        found += [
            replace(one, presence=Presence.REQUIRED)
            for one in clauses(re.sub(r"(^|\s)-", " ", _ESCAPED.sub(" ", phrase)))
            if not is_stop_word(one.term)
        ]
    return Query(
        clauses=tuple(found),
        phrases=reading.phrases,
        topics=reading.topics,
        tags=reading.tags,
        authors=reading.authors,
        first=reading.first,
        last=reading.last,
        votes=votes,
    )


def is_stop_word(term: str) -> bool:
    """Whether Lunr leaves a word out of every index: a phrase asks for its other words."""
    return term in STOP_WORDS


@lru_cache(maxsize=4096)  # many phrases are looked for in the same texts
def plain_words(text: str) -> str:
    """Words as phrases compare them: lower case, without punctuation around them, one space before
    and after each."""
    words = []
    for word in _WORD.findall(text.lower()):
        if word.isalnum():  # most are
            words.append(word)
            continue
        trimmed = _TRIM.match(word)
        bare = trimmed[1] if trimmed else word
        if any(letter.isalnum() for letter in bare):
            words.append(bare)
    return f" {' '.join(words)} " if words else ""


def holds_phrase(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase, word by word."""
    return plain_words(phrase) in plain_words(text)
