"""The archive: all months, their summaries at hand, their papers read when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property

from .model import Day, Month, Placed
from .summaries import Summary


class Archive:
    """All months: their summaries at hand, their papers read when asked for.

    `load` gives a month's days; whoever keeps them keeps few, so that memory does not grow with the
    archive. `load_day` gives one day, which may be quicker.
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
        self._place = {when: n for n, when in enumerate(self.published)}
        self.weeks = sorted({when.isocalendar()[:2] for when in self.published})

    @cached_property
    def firsts(self) -> dict[str, dict[str, date]]:
        """The day that first published each paper that stands on another now, by its month and id:
        a ledger names it there, and no page of that day holds it."""
        moved: dict[str, date] = {}
        for when, day in self.days.items():
            for one in day.missing:
                if one in self.ids:
                    moved[one] = min(when, moved.get(one, when))
        found: dict[str, dict[str, date]] = {}
        for key in self.keys if moved else ():
            for one in self.months[key].ids:
                if one in moved:
                    found.setdefault(key, {})[one] = moved[one]
        return found

    def first(self, placed: Placed) -> date:
        """The day that a paper was first published on."""
        moved = self.firsts.get(f"{placed.date:%Y-%m}", {})
        return moved.get(placed.paper.id, placed.date)

    @property
    def newest(self) -> date | None:
        """The newest day that has papers: the digest's "today"."""
        return self.published[-1] if self.published else None

    @property
    def count(self) -> int:
        """How many papers there are."""
        return sum(summary.count for summary in self.months.values())

    def day(self, when: date) -> Day | None:
        """A day; None where it has no folder."""
        return self._load_day(when) if when in self.days else None

    def _of_month(self, when: date) -> Day:
        month = self.month(f"{when:%Y-%m}")
        return next(day for day in month.days if day.date == when)

    def neighbours(self, when: date) -> tuple[date | None, date | None]:
        """The days with papers before and after one."""
        place = self._place.get(when)
        if place is None:
            before = [day for day in self.published if day < when]
            after = [day for day in self.published if day > when]
            return (before[-1] if before else None, after[0] if after else None)
        return (
            self.published[place - 1] if place else None,
            self.published[place + 1] if place + 1 < len(self.published) else None,
        )
