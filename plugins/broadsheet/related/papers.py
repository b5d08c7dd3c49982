"""The related papers of each day's papers, and what they depend on.

A paper is compared with those of its own month up to its day, and of so many months before that
these hold `ENOUGH` papers: of a small digest the last year's, of a large one the last month's. So
what a day costs does not grow with the archive. A day's related papers depend on `around`, a
fingerprint of those papers' words, so that a note or a vote on one of them changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

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
from .day_profiles import DAY_PROFILES, DayProfiles
from .terms import written_forms

if TYPE_CHECKING:  # what imports numpy is imported where pages of papers are made
    from .profiles import Profiles
    from .window import Window

MONTHS = 12
"""The most months before a paper's own whose papers it is compared with ..."""
ENOUGH = 2000
"""... and how many papers are enough: no more months are taken then."""


def months_before(key: str, counts: Mapping[str, int]) -> list[str]:
    """Return the months before a month whose papers its own are compared with, oldest first.
    `counts` are the papers of the archive's months."""
    year, month = map(int, key.split("-"))
    found: list[str] = []
    papers = 0
    for back in range(1, MONTHS + 1):
        total = year * 12 + month - 1 - back
        before = f"{total // 12:04}-{total % 12 + 1:02}"
        if before in counts and papers < ENOUGH:
            found.append(before)
            papers += counts[before]
    return found[::-1]


class RelatedPapers:
    """Related papers in an archive. Profiles of months, and of the open month's days, are kept in
    `store`; `code` is a fingerprint of Broadsheet's own code."""

    def __init__(
        self,
        archive: Archive,
        briefs: Briefs,
        store: Store,
        code: str,
        days: DayProfiles = DAY_PROFILES,
        words: Words = ENGLISH,
    ) -> None:
        self._archive = archive
        self._counts = {key: month.count for key, month in archive.months.items()}
        self._words = words
        self._briefs = briefs
        self._store = store
        self._code = code
        self._days = days
        self._months: dict[str, tuple[Profiles, tuple[Brief, ...]]] = {}
        self._window: Window | None = None
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
        window = self._filled_window(day, keys)
        briefs = [brief for month in keys[:-1] for brief in self._months[month][1]]
        briefs += self._briefs.month(key)
        related = {}
        start = len(window) - len(day.papers)
        for placed, likenesses in zip(day.papers, window.like(start), strict=True):
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

    def _filled_window(self, day: Day, keys: list[str]) -> Window:
        """Return the window of the papers up to a day's end. One that holds a part of them, as
        after the day before, is added to."""
        from .window import Window

        *before, key = keys
        days = [earlier for earlier in self._archive.month(key).days if earlier.date < day.date]
        wanted = [*before, *(earlier.date.isoformat() for earlier in days)]
        window = self._window
        if window is None or self._added != wanted[: len(self._added)]:
            window = self._window = Window()
            self._added = []
        missing = set(wanted[len(self._added) :])
        self._months = {
            month: self._months.get(month) or (self._month(month), self._briefs.month(month))
            for month in before
        }
        added = [self._months[month][0] for month in before if month in missing]
        added += [
            self._day_profiles(earlier) for earlier in days if earlier.date.isoformat() in missing
        ]
        window.add([*added, self._day_profiles(day)])
        self._added = [*wanted, day.date.isoformat()]
        return window

    def _before(self, key: str) -> list[str]:
        """Return the months before one that its papers are compared with, oldest first."""
        return months_before(key, self._counts)

    def _day_profiles(self, day: Day) -> Profiles:
        """Return the profiles of a day's papers. Those of the open month's days are kept in the
        store: each new day of the month reads those of all before."""
        from .profiles import Profiles

        profiles = self._days.get(day)
        if profiles is None and self._is_open(day):
            profiles = self._get(day.date.isoformat(), self._stamp(day), len(day.papers))
        if profiles is None:
            profiles = Profiles.of((placed.topic, placed.paper) for placed in day.papers)
            self._days.add(day, profiles)
            if self._is_open(day):
                self._put(day.date.isoformat(), self._stamp(day), profiles)
        return profiles

    def _is_open(self, day: Day) -> bool:
        return f"{day.date:%Y-%m}" == self._archive.keys[-1]

    def _stamp(self, day: Day) -> str:
        return fingerprint(day.fingerprint, self._code)

    def _month(self, key: str) -> Profiles:
        """Return the profiles of a month's papers."""
        from .profiles import Profiles

        stamp = fingerprint(self._archive.months[key].words, self._code)
        profiles = self._get(key, stamp, self._archive.months[key].count)
        if profiles is None:
            profiles = Profiles.joined(map(self._day_profiles, self._archive.month(key).days))
            self._put(key, stamp, profiles)
        return profiles

    def _get(self, name: str, stamp: str, papers: int) -> Profiles | None:
        """Return the cached profiles of so many papers; None if there is none."""
        from .profiles import Profiles

        profiles = self._store.read(f"{name}.profiles", stamp, Profiles)
        return profiles if profiles is not None and profiles.is_of(papers) else None

    def _put(self, name: str, stamp: str, profiles: Profiles) -> None:
        self._store.write(f"{name}.profiles", stamp, profiles)


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
