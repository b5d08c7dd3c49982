"""A reader's text as a question: an identifier, Lunr's syntax, or plain words.

Filters and phrases are read first (language.py). A text that is an identifier, or that gives one as
a reference does, asks for one paper. Words with a mark of Lunr's own (+, *, ~N, ^N, field:) are a
query in Lunr's syntax, as subscriptions' `words:` are. All else are plain words, each of which a
paper must have: `units`.
theme/static/js/search-query.js reads the same in the browser; a test compares both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ...calendar import MONTHS
from ...errors import ContentError
from ..analysis.fields import FIELDS
from ..analysis.identifiers import Identifier, identifier_of
from .clauses import Clause
from .language import SPACE, Query, Reading, pieces, query, query_of_filters, read, span_of
from .units import Unit, units_of

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda lamda mu nu xi omicron pi rho "
    "sigma tau upsilon phi chi psi omega"
).split()
_BASE = rf"(?<!\w)(?:[^\W_]|[0-9]+|{'|'.join(_GREEK)})"
_POWER = re.compile(rf"{_BASE}\^[0-9]+", re.I)
_STARRED = re.compile(r"(?<!\w)[^\W\d_]\*(?![^\W_])")
_FIELD = re.compile(rf"-?(?:{'|'.join(FIELDS)}):.", re.I)
_MARK = re.compile(r"(?<!\\)(?:\*(?!:\Z)|(?<=\w)[~^][0-9]+\Z)")
_TEX_COMMAND = re.compile(r"\\[A-Za-z]+\s*\{")
_ET_AL = re.compile(rf"(?<!\S)et\.?[{SPACE}]+al(?:\.|(?!\w))", re.I)
_BIBTEX_KEY = re.compile(
    r" *(?:(?:@|\\cite)[a-z]{0,15}\{)?([a-z\u00c0-\u024f]{2,40})((?:19|20)[0-9]{2})"
    r"([a-z\u00c0-\u024f]{0,40})[},]* *",
    re.I,
)
"""A reference's key as Google Scholar makes them: surname, year, the title's first word;
the short ones have none."""
_QUOTED = re.compile(r'"[^"]*"|(?<!\S)(\S*:)?[“„«]([^“”„«»"]*)[“”»]')
"""A phrase in quotes as a phone or a text has them."""
_TRIED = 8  # words of a query that may take a mark
_MONTHS = tuple(name.lower() for name in MONTHS)
_SHORTEST_MONTH = 3  # letters of a month's name in short
_PUNCTUATION = ",.;:?!()[]\u2019'\u201c\u201d"
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\Z")
_DAYS = ("yesterday", "today")
_WHICH = ("this", "last")
_LONG = ("week", "month", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader's text asks for.

    `filters` are its filters and phrases. Either `identifier` is given, or `clauses` (Lunr's
    syntax), or the rest: `units`, of which those of phrases and of `author:` are `required` even
    of papers that have only some; `excluded` units; `year`, which narrows to the digest's days of
    it: a year, or a month, week or day as filters have it ("2025-08"); `year_words`, the same as it
    is typed. `text` is what titles are compared with, `whole` the same with the year. One that
    `cites` begins with the first author's surname.
    """

    filters: Reading
    text: str = ""
    whole: str = ""
    identifier: Identifier | None = None
    clauses: tuple[Clause, ...] | None = None
    units: tuple[Unit, ...] = ()
    required: tuple[Unit, ...] = ()
    excluded: tuple[Unit, ...] = ()
    year: int | str | None = None
    year_words: tuple[str, ...] = ()
    cites: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it has filters, a year or excluded words, which ask for papers by themselves."""
        one = self.filters
        return bool(
            one.topics or one.tags or one.authors or one.categories or one.first or one.last
            or self.year or self.excluded
        )  # fmt: skip

    @property
    def only_common(self) -> bool:
        """Whether it has words, and all are stop words."""
        return bool(self.text) and self.clauses is None and not (
            self.units or self.required or self.identifier or self.year
        )  # fmt: skip


def question(text: str, years: Collection[int] = (), days: Sequence[date] = ()) -> Question:
    """Return what a text asks for. `years` are those in which the digest has days: such a word is a
    filter. `days` are the digest's last day and the one before, for "yesterday" and "last week";
    without them these are words. Raises ContentError for a filter that can't be read."""
    identifier = identifier_of(text)
    if identifier is not None:
        return Question(filters=Reading(""), text=text.strip(), identifier=identifier)
    text = _QUOTED.sub(_with_plain_quotes, text)
    is_key = _BIBTEX_KEY.fullmatch(text)
    is_key = is_key if is_key and is_key[3] else None
    text = " ".join(is_key.groups()) if is_key else text
    bare = [piece for piece in pieces(text) if piece[2] is None]
    if any(_is_lunrs(sign, word or "") for sign, form, _, word in bare if not form):
        reading = read(text)
        try:
            return Question(filters=reading, clauses=query(reading).clauses)
        except ContentError:
            pass  # a reader never sees a parser's error: the same words are plain
    cites = bool(is_key or _ET_AL.search(text))
    return replace(_plain(text, years, days), cites=cites)


def _with_plain_quotes(found: re.Match[str]) -> str:
    return found[0] if found[2] is None else f'{found[1] or ""}"{found[2]}"'


def words_apart(text: str) -> str | None:
    """Return a text that finds nothing with its words apart: a reference's key of a surname and a
    year ("lovelace1843") as a reference, and words that "_" joins; None for another text. Names
    may look so ("imagenet2012"), and are found as they are where some paper has them."""
    is_key = _BIBTEX_KEY.fullmatch(text)
    apart = f"{is_key[1]} et al {is_key[2]}" if is_key else text.replace("_", " ")
    return None if apart == text else apart


def marked_as_lunrs(text: str) -> str:
    """Return a query in Lunr's syntax so that it is read as one: where no word has a mark, one of
    them gets the boost that it has anyway ("robots^1 learning")."""
    if question(text).clauses is not None:
        return text
    meant = read(text)
    asked = query(meant).clauses
    for word in list(dict.fromkeys(meant.lunr.split()))[:_TRIED]:
        place = re.compile(rf"(?<!\S){re.escape(word)}(?!\S)")
        marked = place.sub(lambda found: f"{found[0].strip(_PUNCTUATION)}^1", text, count=1)
        again = question(marked)
        if again.clauses == asked and again.filters.phrases == meant.phrases:
            return marked
    return text


def _is_lunrs(sign: str, word: str) -> bool:
    """Return whether a word has a mark of Lunr's own."""
    if sign == "+" and any(map(str.isalnum, word)):
        return True
    if _FIELD.match(word):
        return True
    return bool(_MARK.search(_STARRED.sub("", _POWER.sub("", word))))


def _plain(text: str, years: Collection[int], days: Sequence[date]) -> Question:
    """Return a text as plain words."""
    words: list[str] = []
    shown: list[str] = []
    out: list[str] = []
    authors: list[str] = []
    filters: list[str] = []
    for sign, form, quoted, bare in pieces(text):
        if form == "author" and quoted is None:
            authors.append(bare or "")
        elif form or quoted is not None:
            value = f'"{quoted}"' if quoted is not None else bare or ""
            filters.append(f"{sign}{form}:{value}" if form else f"{sign}{value}")
            if not form:
                shown.append(quoted or "")
        elif sign == "-" and any(map(str.isalnum, bare or "")):
            out.append(bare or "")
        elif bare:
            words.append(bare)
            shown.append(bare)
    reading = read(" ".join(filters))
    kept = re.split(f"[{SPACE}]+", _without_tex(" ".join(words)))
    text = whole = " ".join(_without_tex(" ".join(shown)).split())
    year, named = _span_in(kept, years)
    if not named:
        year, named = _recent_span_in(kept, days)
    left = text.split(" ")
    for word in named:
        kept.remove(word)
        if word in left:
            left.remove(word)
    required = [
        *units_of(authors, ("authors",)),
        *(unit for phrase in reading.phrases for unit in units_of(phrase.split())),
    ]
    return Question(
        filters=reading,
        text=" ".join(left),
        whole=whole,
        units=units_of(kept, joining=True),
        required=tuple(required),
        excluded=units_of(out),
        year=year,
        year_words=named,
    )


def _without_tex(text: str) -> str:
    """Return a pasted title without TeX's signs, without marks that no word needs, and without the
    "et al." of a reference."""
    text = _TEX_COMMAND.sub("{", _ET_AL.sub(" ", text))
    return re.sub(r"[${}]", "", text).replace("\\", " ")


def _span_in(words: list[str], years: Collection[int]) -> tuple[int | str | None, tuple[str, ...]]:
    """Return the year, month, week or day of some years that one word names, and the words for it:
    a month's name may stand beside a year, and a day beside the month. Where several do, none is
    meant."""
    found = [
        (place, bare)
        for place, bare in enumerate(word.strip(_PUNCTUATION).replace("/", "-") for word in words)
        if bare[:4].isascii() and bare[:4].isdigit() and int(bare[:4]) in years and span_of(bare)
    ]
    if len(found) != 1:
        return None, ()
    place, bare = found[0]
    if len(bare) > len("2025"):
        return bare.upper(), (words[place],)
    day = _day_before(words, place, bare)
    if day is not None:
        return day, tuple(words[place - 2 : place + 1])
    for beside in (place - 1, place + 1):
        month = _month_of(words[beside]) if 0 <= beside < len(words) else 0
        if month:
            return f"{bare}-{month:02}", tuple(words[i] for i in sorted((place, beside)))
    return int(bare), (words[place],)


def _day_before(words: list[str], place: int, year: str) -> str | None:
    """Return the day or week that two words before a year name with it: "September 2", "week 35",
    or "2 September" where these begin the text or the day is "2nd": another number may be SAM's."""
    if place < 2:
        return None
    first, second = (word.strip(_PUNCTUATION).lower() for word in words[place - 2 : place])
    number = _ORDINAL.match(second)
    month = _month_of(first)
    if not number and (place == 2 or not first.isdigit()):
        number, month = _ORDINAL.match(first), _month_of(second)
    if not number:
        return None
    day = number[1].zfill(2)
    named = f"{year}-{month:02}-{day}" if month else f"{year}-W{day}" * (first == "week")
    return named if span_of(named) else None


def _recent_span_in(
    words: list[str], days: Sequence[date]
) -> tuple[int | str | None, tuple[str, ...]]:
    """Return the day, week, month or year that words name as seen on the last of some days, and the
    words: "today", "yesterday" (the other of them), "this week", "last month"."""
    if not days:
        return None, ()
    bare = [word.strip(_PUNCTUATION).lower() for word in words]
    for place, pair in enumerate(zip(bare, [*bare[1:], ""], strict=True)):
        if pair[0] in _DAYS[-len(days) :]:
            return days[_DAYS.index(pair[0]) - 2].isoformat(), (words[place],)
        if pair[0] in _WHICH and pair[1] in _LONG:
            return _recent(days[-1], *pair), (words[place], words[place + 1])
    return None, ()


def _recent(today: date, which: str, length: str) -> int | str:
    """Return a week, month or year, "this" or the "last" one."""
    is_last = which == "last"
    if length == "year":
        return today.year - is_last
    if length == "week":
        year, week, _ = (today - timedelta(7 * is_last)).isocalendar()
        return f"{year:04}-W{week:02}"
    return f"{today - timedelta(today.day * is_last):%Y-%m}"


def _month_of(word: str) -> int:
    """Return the month that a word names, whole or in short; 0 for none."""
    bare = word.strip(_PUNCTUATION).lower()
    if len(bare) < _SHORTEST_MONTH:
        return 0
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(bare)), 0)


def as_word(asked: Question) -> Question:
    """Return a question whose year is a word like the others."""
    if asked.year is None:
        return asked
    units = (*asked.units, *units_of(asked.year_words))
    return replace(asked, year=None, year_words=(), units=units, text=asked.whole)


def as_query(asked: Question) -> Query:
    """Return plain words as a query that matches the papers that have all of them."""
    return replace(
        query_of_filters(asked.filters, asked.year),
        units=(*asked.required, *asked.units),
        unwanted=asked.excluded,
        folded_phrases=asked.filters.phrases,
    )


def without_phrases(asked: Question) -> Question:
    """Return a question whose phrases are words like the others."""
    phrases = asked.filters.phrases
    units = tuple(unit for phrase in phrases for unit in units_of(phrase.split()))
    return replace(
        asked,
        filters=replace(asked.filters, phrases=()),
        units=(*units, *asked.units),
        required=tuple(unit for unit in asked.required if unit not in units),
    )


def years_of(days: Collection[tuple[date, int]]) -> frozenset[int]:
    """Return the years in which there are days with papers."""
    return frozenset(day.year for day, papers in days if papers)


def last_days(days: Collection[tuple[date, int]]) -> list[date]:
    """Return the last two days with papers, or the only one."""
    return [day for day, papers in days if papers][-2:]
