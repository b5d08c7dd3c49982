"""The related papers of each day's papers, and what they depend on.

A paper is compared with those of its own month up to its day and of the two months before. A day's
related papers depend on `around`, a fingerprint of those papers' words, so that a note or a vote on
one of them changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from .. import urls
from ..archive.archive import Archive
from ..archive.briefs import Brief, Briefs
from ..archive.model import Day
from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..locale import ENGLISH, Words
from ..render import markdown
from ..render.views import RelatedView
from .day_terms import DAY_TERMS, DayTerms, DayTermsCache
from .index import TermIndex
from .terms import Terms, written_forms
from .window import Window

MONTHS = 2
"""The number of months before a paper's own whose papers it is compared with."""


class RelatedPapers:
    """Related papers in an archive. Indexes of months, and of the open month's days, are kept in
    `store`; `code` is a fingerprint of Broadsheet's own code."""

    def __init__(
        self,
        archive: Archive,
        briefs: Briefs,
        store: Store,
        code: str,
        days: DayTermsCache = DAY_TERMS,
        words: Words = ENGLISH,
    ) -> None:
        self._archive = archive
        self._words = words
        self._briefs = briefs
        self._store = store
        self._code = code
        self._days = days
        self._month_index = lru_cache(maxsize=MONTHS)(self._read_month)
        self._window = Window()
        self._added: list[str] = []  # what the window holds: months, then days of one month

    def around(self, when: date) -> str:
        """Return a fingerprint of all that a day's related papers depend on."""
        key = f"{when:%Y-%m}"
        iso = when.isoformat()
        return fingerprint(
            [self._archive.months[month].words for month in self._before(key)],
            [(day.iso, day.words) for day in self._archive.months[key].days if day.iso <= iso],
        )

    def around_month(self, key: str) -> str:
        """Return the same for the last day of a month ("2025-08")."""
        keys = [*self._before(key), key]
        return fingerprint([self._archive.months[month].words for month in keys])

    def related(self, day: Day) -> dict[str, tuple[RelatedView, ...]]:
        """Return the related papers of each of a day's papers, by the paper's id."""
        key = f"{day.date:%Y-%m}"
        keys = [*self._before(key), key]
        own = self._fill_window(day, keys)
        briefs = [brief for month in keys for brief in self._briefs.month(month)]
        related = {}
        start = len(self._window) - len(day.papers)
        for number, (placed, terms) in enumerate(zip(day.papers, own, strict=True), start):
            likenesses = self._window.like(terms, number)
            shared = {term for likeness in likenesses for term in likeness.shared}
            forms = written_forms(shared, placed.paper)
            related[placed.paper.id] = tuple(
                _view(
                    briefs[likeness.number],
                    _once(forms[term] for term in likeness.shared),
                    self._words,
                )
                for likeness in likenesses
            )
        return related

    def _fill_window(self, day: Day, keys: list[str]) -> list[Terms]:
        """Fill the window with the papers up to a day's end, and return the terms of the day's. A
        window that holds a part of them, as after the day before, is added to."""
        *before, key = keys
        days = [earlier for earlier in self._archive.month(key).days if earlier.date < day.date]
        wanted = [*before, *(earlier.date.isoformat() for earlier in days)]
        if self._added != wanted[: len(self._added)]:
            self._window, self._added = Window(), []
        missing = set(wanted[len(self._added) :])
        for month in before:
            if month in missing:
                self._window.add(self._month_index(month))
        for earlier in days:
            if earlier.date.isoformat() in missing:
                self._window.add(self._day_index(earlier))
        own = self._day_terms(day)
        self._window.add(own.index)
        self._added = [*wanted, day.date.isoformat()]
        return own.terms

    def _before(self, key: str) -> list[str]:
        """Return the months before one that its papers are compared with, oldest first."""
        year, month = map(int, key.split("-"))
        wanted = []
        for back in range(MONTHS, 0, -1):
            total = year * 12 + month - 1 - back
            wanted.append(f"{total // 12:04}-{total % 12 + 1:02}")
        return [month for month in wanted if month in self._archive.months]

    def _day_terms(self, day: Day) -> DayTerms:
        """Return the terms of a day's papers. Those of the open month's days are kept."""
        day_terms = self._days.get(day)
        if day_terms is None:
            day_terms = self._days.add(day)
            if self._is_open(day):
                self._put(day.date.isoformat(), self._day_fingerprint(day), day_terms.index)
        return day_terms

    def _day_index(self, day: Day) -> TermIndex:
        """Return the index of a day's papers. That of a day of the open month may be in the cache:
        each new day of the month reads those of all before."""
        if self._days.get(day) is None and self._is_open(day):
            index = self._get(day.date.isoformat(), self._day_fingerprint(day), len(day.papers))
            if index is not None:
                return index
        return self._day_terms(day).index

    def _is_open(self, day: Day) -> bool:
        return f"{day.date:%Y-%m}" == self._archive.keys[-1]

    def _day_fingerprint(self, day: Day) -> str:
        return fingerprint(day.fingerprint, self._code)

    def _read_month(self, key: str) -> TermIndex:
        """Return the index of a month's papers."""
        stamp = fingerprint(self._archive.months[key].words, self._code)
        index = self._get(key, stamp, self._archive.months[key].count)
        if index is None:
            index = TermIndex.joined(map(self._day_index, self._archive.month(key).days))
            self._put(key, stamp, index)
        return index

    def _get(self, name: str, stamp: str, papers: int) -> TermIndex | None:
        """Return the cached index of so many papers; None if there is none."""
        index = self._store.read(f"{name}.terms", stamp, TermIndex)
        return index if index is not None and index.is_of(papers) else None

    def _put(self, name: str, stamp: str, index: TermIndex) -> None:
        self._store.write(f"{name}.terms", stamp, index)


@lru_cache(8192)
def _title(text: str) -> Markup:
    return markdown.unannotated(markdown.title(text))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Return words, each in one spelling."""
    return tuple({word.casefold(): word for word in words}.values())


def _view(brief: Brief, shared: tuple[str, ...], words: Words) -> RelatedView:
    when = date.fromisoformat(brief.iso)
    return RelatedView(
        path=urls.paper(brief.id),
        title_html=_title(brief.title),
        iso=brief.iso,
        date=words.dates.plain(when),
        shared=shared,
    )
