"""Which papers are related to which: the window of each day, its terms kept by month.

A paper is compared with those of its own month up to its day and of the two months before. What a
day's related papers depend on is `around`: those papers' words, so that a note or a vote elsewhere
changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from .. import calendar, urls
from ..archive.archive import Archive
from ..archive.briefs import Brief, Briefs
from ..archive.model import Day
from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..render import markdown
from ..render.views import RelatedView
from ..search.words import term_of, text_terms
from ..text.plain import plain
from .index import TermIndex, Terms, Window

DAYS_KEPT = 31  # whose terms are at hand: those of the month that is being rendered
MONTHS = 2  # before a paper's own
_WORD = re.compile(r"\w+")
_AROUND = ".,;:!?()[]{}<>/\"'“”‘’*`"


# By the hash of the day; kept from build to build, as `serve` makes one after another.
_DAYS: dict[str, tuple[list[Terms], TermIndex]] = {}


class RelatedPapers:
    """Related papers in an archive."""

    def __init__(self, archive: Archive, briefs: Briefs, kept: Store, code: str) -> None:
        self._archive = archive
        self._briefs = briefs
        self._kept = kept
        self._code = code
        self._index = lru_cache(maxsize=MONTHS + 2)(self._read)
        self._window = Window()
        self._added: list[str] = []  # what is in the window: months, then days of one month

    def around(self, when: date) -> str:
        """A hash of all that a day's related papers depend on."""
        key = f"{when:%Y-%m}"
        iso = when.isoformat()
        return fingerprint(
            [self._archive.months[one].words for one in self._before(key)],
            [(day.iso, day.words) for day in self._archive.months[key].days if day.iso <= iso],
        )

    def around_month(self, key: str) -> str:
        """The same of a month's last day."""
        keys = [*self._before(key), key]
        return fingerprint([self._archive.months[one].words for one in keys])

    def related(self, day: Day) -> dict[str, tuple[RelatedView, ...]]:
        """The related papers of each of a day's papers, by its id."""
        key = f"{day.date:%Y-%m}"
        keys = [*self._before(key), key]
        own = self._seen_from(day, keys)
        briefs = [one for each in keys for one in self._briefs.month(each)]
        found = {}
        start = len(self._window) - len(day.papers)
        for number, (placed, terms) in enumerate(zip(day.papers, own, strict=True), start):
            likenesses = self._window.like(terms, number)
            wanted = {term for one in likenesses for term in one.shared}
            paper = placed.paper
            forms = _forms(wanted, paper.title, paper.abstract, paper.tags)
            found[placed.paper.id] = tuple(
                _view(briefs[one.number], _once(forms[term] for term in one.shared))
                for one in likenesses
            )
        return found

    def _seen_from(self, day: Day, keys: list[str]) -> list[Terms]:
        """Have the window hold what stands before a day's end; gives the terms of its papers."""
        *before, key = keys
        days = [one for one in self._archive.month(key).days if one.date < day.date]
        wanted = [*before, *(one.date.isoformat() for one in days)]
        if self._added != wanted[: len(self._added)]:
            self._window, self._added = Window(), []
        missing = set(wanted[len(self._added) :])
        for month in before:
            if month in missing:
                self._window.add(self._index(month))
        for one in days:
            if one.date.isoformat() in missing:
                self._window.add(self._day_index(one))
        own, index = self._indexed(day)
        self._window.add(index)
        self._added = [*wanted, day.date.isoformat()]
        return own

    def _before(self, key: str) -> list[str]:
        year, month = map(int, key.split("-"))
        wanted = []
        for back in range(MONTHS, 0, -1):
            total = year * 12 + month - 1 - back
            wanted.append(f"{total // 12:04}-{total % 12 + 1:02}")
        return [one for one in wanted if one in self._archive.months]

    def _indexed(self, day: Day) -> tuple[list[Terms], TermIndex]:
        """The terms of a day's papers, and their index."""
        known = _DAYS.get(day.digest)
        if known is None:
            while len(_DAYS) >= DAYS_KEPT:
                del _DAYS[next(iter(_DAYS))]
            terms = _day_terms(day)
            known = _DAYS[day.digest] = (terms, TermIndex.of(terms))
            if self._is_open(day):
                self._keep(day.date.isoformat(), self._stamp_of(day), known[1])
        return known

    def _day_index(self, day: Day) -> TermIndex:
        """The index of a day's papers alone: the open month's are kept, as each new day of it needs
        those of all before."""
        if day.digest not in _DAYS and self._is_open(day):
            kept = self._kept_index(day.date.isoformat(), self._stamp_of(day), len(day.papers))
            if kept is not None:
                return kept
        return self._indexed(day)[1]

    def _is_open(self, day: Day) -> bool:
        return f"{day.date:%Y-%m}" == self._archive.keys[-1]

    def _stamp_of(self, day: Day) -> str:
        return fingerprint(day.digest, self._code)

    def _read(self, key: str) -> TermIndex:
        """The index of a whole month."""
        stamp = fingerprint(self._archive.months[key].words, self._code)
        kept = self._kept_index(key, stamp, self._archive.months[key].count)
        if kept is not None:
            return kept
        made = TermIndex.joined(map(self._day_index, self._archive.month(key).days))
        self._keep(key, stamp, made)
        return made

    def _kept_index(self, name: str, stamp: str, papers: int) -> TermIndex | None:
        """Return the cached index of so many papers; None if there is none."""
        index = self._kept.read(f"{name}.terms", stamp, TermIndex)
        return index if index is not None and index.is_of(papers) else None

    def _keep(self, name: str, stamp: str, index: TermIndex) -> None:
        self._kept.write(f"{name}.terms", stamp, index)


def _day_terms(day: Day) -> list[Terms]:
    return [_terms(one.paper.title, one.paper.abstract, one.paper.tags) for one in day.papers]


def _cut(text: str) -> set[str]:
    """A text's terms, without those that explain nothing: numbers, single letters, addresses."""
    terms = set(text_terms(plain(text)))
    return {term for term in terms if len(term) > 2 and term[0].isalpha() and "//" not in term}


def _terms(title: str, abstract: str, tags: tuple[str, ...]) -> Terms:
    strong = frozenset(_cut(title).union(tags))
    return Terms(strong, frozenset(_cut(abstract) - strong))


def _forms(
    wanted: Iterable[str], title: str, abstract: str, tags: tuple[str, ...]
) -> dict[str, str]:
    """How some of a paper's terms are written in it."""
    text = plain(title) + " " + plain(abstract)
    lower = text.lower()
    same = len(lower) == len(text)  # which a few letters in the world prevent
    forms = {}
    for term in wanted:
        if term in tags:
            forms[term] = term.replace("-", " ")
            continue
        at = lower.find(term)
        if at >= 0:  # most terms are the beginnings of their words
            word = _WORD.match(text if same else lower, at)
            if word and term_of(word[0]) == term and not (at and lower[at - 1].isalpha()):
                small = word[0].lower()
                forms[term] = small if small in text else word[0]
                continue
        found = (raw for raw in lower.replace("-", " ").split() if term_of(raw) == term)
        forms[term] = next(found, term).strip(_AROUND)
    return forms


@lru_cache(8192)
def _title(text: str) -> Markup:
    return markdown.unannotated(markdown.title(text))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Words, each in one spelling."""
    return tuple({word.casefold(): word for word in words}.values())


def _view(brief: Brief, shared: tuple[str, ...]) -> RelatedView:
    when = date.fromisoformat(brief.iso)
    return RelatedView(
        path=urls.paper(brief.id),
        title_html=_title(brief.title),
        iso=brief.iso,
        date=calendar.plain(when),
        shared=shared,
    )
