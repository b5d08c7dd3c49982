"""The pages of months and weeks. A week stands with the month of its first day that has papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

from .. import calendar, urls
from ..archive.summaries import Summary
from ..feeds.targets import WEEKLY, digest_links
from ..incremental.plan import File, Target
from ..render.exports import Exports
from . import period_views
from .context import PageKind

TEMPLATES = ("month.html", "week.html")


class PeriodPages(PageKind):
    """Plans and renders them."""

    def around(self, key: str) -> object:
        """What stands around a month's page and those of its weeks."""
        return (
            period_views.neighbours(key, self._archive.keys),
            self._calendar_counts(key),
            [self._week_around(week) for week in self._weeks_of(key)],
        )

    def groups(self, summary: Summary) -> Iterator[Target]:
        """A group for a month's page, and one for each of its weeks."""
        key = summary.key
        around = (period_views.neighbours(key, self._archive.keys), self._calendar_counts(key))
        yield Target(
            f"month {key}",
            self._shop.parts(("month.html",), summary.digest, around),
            partial(self._month_files, key),
            weight=10,
        )
        for week in self._weeks_of(key):
            yield Target(
                f"week {week}",
                self._shop.parts(("week.html",), week, self._week_around(week)),
                partial(self._week_files, week),
                weight=20,
            )

    def _calendar_counts(self, key: str) -> object:
        return [
            (when, found.count)
            for row in calendar.month_rows(key)
            for when in row
            if (found := self._archive.days.get(when))
        ]

    def _month_files(self, key: str) -> Iterator[File]:
        self._archive.month(key)  # all of whose days are needed
        view = period_views.month_view(key, self._archive, self._names)
        yield self._printer.page(
            "month.html",
            self._printer.head(
                view.path,
                view.title,
                f"{view.count} papers of {view.title}.",
                feeds=self._shop.daily,
            ),
            month=view,
        )

    @cached_property
    def _week_months(self) -> dict[str, list[str]]:
        """Weeks by the month that they are written with: that of their first day with papers."""
        months: dict[str, list[str]] = {}
        seen = set()
        for when in self._archive.published:
            week = urls.week_key(when)
            if week not in seen:
                seen.add(week)
                months.setdefault(f"{when:%Y-%m}", []).append(week)
        return months

    @cached_property
    def _week_keys(self) -> list[str]:
        return period_views.week_keys(self._archive)

    @cached_property
    def _week_places(self) -> dict[str, int]:
        return {key: n for n, key in enumerate(self._week_keys)}

    def _weeks_of(self, key: str) -> list[str]:
        return self._week_months.get(key, [])

    def _week_around(self, week: str) -> object:
        keys = self._week_keys
        at = self._week_places[week]
        return (
            [(when, self._archive.days[when].digest)
             for when in calendar.week_days(week) if when in self._archive.days],
            keys[max(at - 1, 0) : at + 2],
        )  # fmt: skip

    def _week_files(self, week: str) -> Iterator[File]:
        view = period_views.week_view(week, self._archive, self._names)
        head = self._printer.head(
            view.path,
            view.title,
            f"{view.count} papers from {view.range}.",
            feeds=digest_links(WEEKLY, self._settings.name),
            alternates=Exports.links(view.path),
        )
        yield self._printer.page("week.html", head, week=view)
        papers = period_views.papers_of(calendar.week_days(week), self._archive)
        yield from self._twins.files(view.path, "week", view.title, papers)
