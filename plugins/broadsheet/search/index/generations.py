"""Which papers are in which generation of the index: a log-structured merge (O'Neil et al., "The
log-structured merge-tree", 1996).

A day writes the generation of the newest days alone, which is small. Once that has so many papers,
they go to the recent ones, which many days leave as they are; these go to the base month by month,
once they are many, too. So what a day writes does not grow with its month, nor a month's first day
with the archive, and a query asks three generations at most. It follows from the papers of each
month and day alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

NEWEST = 1_000
"""Papers of the newest days, which go to the recent ones once they are so many."""
RECENT = 10_000
"""Papers of recent months, which go to the base once they are so many."""

Counted = Sequence[tuple[str, int]]
"""Months ("2025-08") or days ("2025-08-07"), oldest first, with the number of papers of each."""


class Generation(NamedTuple):
    """A generation's name in the cache, and the months and days it is of, oldest first. It `grows`
    if days are among them."""

    name: str
    units: tuple[str, ...]
    papers: int
    grows: bool


def generations(
    months: Counted, days: Counted, *, newest: int = NEWEST, recent: int = RECENT
) -> list[Generation]:
    """Return the generations of closed months and of the open month's days, oldest first, none
    without a paper; one without any where there are days and no paper at all."""
    base: list[tuple[str, int]] = []
    middle: list[tuple[str, int]] = []
    for month in months:
        middle.append(month)
        if _papers(middle) >= recent:
            base, middle = base + middle, []
    fresh: list[tuple[str, int]] = []
    settled = False
    for day in days:
        fresh.append(day)
        if _papers(fresh) >= newest:
            middle, fresh, settled = middle + fresh, [], True
    made = [
        _generation("base", base, grows=False),
        _generation("recent", middle, grows=settled),
        _generation("newest", fresh, grows=True),
    ]
    found = [one for one in made if one.papers]
    return found or made[2:] if months or days else []


def _generation(name: str, units: Counted, *, grows: bool) -> Generation:
    kept = tuple(unit for unit, papers in units if papers)
    return Generation(name, kept, _papers(units), grows)


def _papers(units: Counted) -> int:
    return sum(papers for _, papers in units)
