"""The archive: the summaries of all months, and their papers read on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property

from .model import Day, Month, PublishedPaper
from .summaries import Summary


class Archive:
    """All months: their summaries in memory, their papers read on demand.

    `load` returns a month with its papers; it should keep few in memory, so that memory does not
    grow with the archive. `load_day` returns one day, which may be faster.
    """

    def __init__(
        self,
        summaries: Iterable[Summary],
        load: Callable[[str], Month],
        load_day: Callable[[date], Day] | None = None,
    ) -> None:
        self.months = {summary.key: summary for summary in summaries}
        self.keys = sorted(self.months)
        self.month = load
        self._load_day = load_day or self._of_month
        self.days = {
            date.fromisoformat(day.iso): day for key in self.keys for day in self.months[key].days
        }
        self.ids = {key for month in self.months.values() for key in month.ids}
        self.published = sorted(when for when, day in self.days.items() if day.count)
        self._position = {when: n for n, when in enumerate(self.published)}
        self.weeks = sorted({when.isocalendar()[:2] for when in self.published})

    @cached_property
    def firsts(self) -> dict[str, dict[str, date]]:
        """The day that first published each moved paper, by the month it is in now and its id: a
        paper that the day's ledger lists and no page of the day holds."""
        moved: dict[str, date] = {}
        for when, day in self.days.items():
            for paper in day.missing:
                if paper in self.ids:
                    moved[paper] = min(when, moved.get(paper, when))
        firsts: dict[str, dict[str, date]] = {}
        for key in self.keys if moved else ():
            for paper in self.months[key].ids:
                if paper in moved:
                    firsts.setdefault(key, {})[paper] = moved[paper]
        return firsts

    def first(self, placed: PublishedPaper) -> date:
        """Return the day that first published a paper."""
        moved = self.firsts.get(f"{placed.date:%Y-%m}", {})
        return moved.get(placed.paper.id, placed.date)

    @property
    def newest(self) -> date | None:
        """The newest day that has papers: the digest's "today"; None without papers."""
        return self.published[-1] if self.published else None

    @property
    def count(self) -> int:
        """The count of papers."""
        return sum(summary.count for summary in self.months.values())

    def day(self, when: date) -> Day | None:
        """Return a day; None if it has no folder."""
        return self._load_day(when) if when in self.days else None

    def _of_month(self, when: date) -> Day:
        month = self.month(f"{when:%Y-%m}")
        return next(day for day in month.days if day.date == when)

    def neighbours(self, when: date) -> tuple[date | None, date | None]:
        """Return the days with papers before and after a day."""
        position = self._position.get(when)
        if position is None:
            before = [day for day in self.published if day < when]
            after = [day for day in self.published if day > when]
            return (before[-1] if before else None, after[0] if after else None)
        return (
            self.published[position - 1] if position else None,
            self.published[position + 1] if position + 1 < len(self.published) else None,
        )
