"""The terms of each day's papers in memory, from build to build (`broadsheet serve` does many)."""

from __future__ import annotations

from dataclasses import dataclass

from ..archive.model import Day
from .index import TermIndex
from .terms import Terms, terms_of

_MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class DayTerms:
    """The terms of a day's papers, in their order, and the index of them."""

    terms: list[Terms]
    index: TermIndex


class DayTermsCache:
    """Terms by the fingerprint of a day's content; those of a month's days at most."""

    def __init__(self) -> None:
        self._days: dict[str, DayTerms] = {}

    def get(self, day: Day) -> DayTerms | None:
        """Return a day's terms, or None where they are not in memory."""
        return self._days.get(day.fingerprint)

    def add(self, day: Day) -> DayTerms:
        """Add the terms of a day, and drop those of the day that was made first, if too many are
        held."""
        while len(self._days) >= _MOST_DAYS:
            del self._days[next(iter(self._days))]
        terms = [terms_of(placed.paper, placed.topic) for placed in day.papers]
        made = self._days[day.fingerprint] = DayTerms(terms, TermIndex.of(terms))
        return made

    def clear(self) -> None:
        """Drop all."""
        self._days.clear()


DAY_TERMS = DayTermsCache()
"""The process's own; builds share it."""
