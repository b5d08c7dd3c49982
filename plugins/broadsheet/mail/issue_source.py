"""The issues of a digest on disk: reads the newest months, or the days of one issue, from the
content folder, and makes issues of them. The adapter between the archive and `issues`, which is
pure.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache

from ..archive.day_reader import read_day
from ..archive.model import Day
from ..calendar import week_days
from ..content import disk, transaction, vocabularies
from ..content.transaction import SettledEdit
from ..errors import ContentError, shown
from ..io.settings import Settings
from ..render.labels import Labels
from ..search.index.papers import index_of
from ..search.query.matching import matches, numbers
from ..subscriptions import loader
from ..subscriptions.model import Subscription, query_of
from . import issues
from .issues import IssueFilter
from .model import Issue

RECENT = 2
"""Months, from the newest, whose issues are listed."""


class IssueSource:
    """A digest's issues by kind ("daily", "weekly") and key ("2025-08-07", "2025-W32").

    `on_settled` is called before each month is read, with what became of an edit of the content
    that was cut off (None where there was none).
    """

    def __init__(
        self,
        settings: Settings,
        on_settled: Callable[[SettledEdit | None], None],
        until: date = date.max,
    ) -> None:
        """Days after `until` are held back."""
        self._settings = settings
        self._until = until
        self._on_settled = on_settled
        self._month = lru_cache(maxsize=4)(self._read_month)
        self.issue = lru_cache(maxsize=64)(self._issue)

    @cached_property
    def _labels(self) -> Labels:
        settings = self._settings
        vocabulary = vocabularies.read(settings.content)
        return Labels(vocabulary, settings.words, settings.paper_links, settings.leads)

    @cached_property
    def subscriptions(self) -> dict[str, Subscription]:
        """The digest's subscriptions by name."""
        return {
            subscription.name: subscription for subscription in loader.read(self._settings.content)
        }

    def keys(self, kind: str) -> list[str]:
        """Return the keys of the issues of the newest months, oldest first."""
        if kind == "daily":
            return [day.isoformat() for day in self._published]
        return list(issues.finished_weeks(self._published))

    def _issue(self, kind: str, key: str, subscription: str = "") -> Issue:
        """Return an issue, of one subscription's papers where one is named.

        Raises ContentError where the key is malformed or nothing was published then, and where
        there is no such subscription.
        """
        days = self._days(kind, key)
        if not days:
            raise ContentError(f"{key}: nothing was published; expected a day or week with papers")
        only = self._filter(subscription, days) if subscription else None
        if kind == "daily":
            return issues.daily(days[0], self._labels, self._settings, only)
        return issues.weekly(key, days, self._labels, self._settings, only)

    def _filter(self, name: str, days: list[Day]) -> IssueFilter:
        if name not in self.subscriptions:
            known = ", ".join(self.subscriptions) or "one in content/subscriptions"
            raise ContentError(f"no subscription {shown(name)}; expected {known}")
        subscription = self.subscriptions[name]
        papers = [location.paper for day in days for location in day.papers]
        matching = numbers(matches(query_of(subscription), index_of(days, self._labels)))
        ids = frozenset(papers[number].id for number in matching)
        return IssueFilter(name, subscription.title, ids)

    def _read_month(self, key: str) -> list[Day]:
        self._on_settled(transaction.settle(self._settings.content))
        topics = self._labels.vocabulary.topic_slugs
        days = disk.read_month(self._settings.content, key)
        return [read_day(day, topics) for day in days if day.date <= self._until]

    @cached_property
    def _published(self) -> list[date]:
        keys = disk.months(self._settings.content)[-RECENT:]
        return [day.date for key in keys for day in self._month(key) if day.papers]

    def _days(self, kind: str, key: str) -> list[Day]:
        """Return the days of an issue that have papers."""
        try:
            wanted = [date.fromisoformat(key)] if kind == "daily" else list(week_days(key))
        except ValueError:
            example = "2025-08-07" if kind == "daily" else "2025-W32"
            raise ContentError(
                f"{shown(key)} is not a {'date' if kind == 'daily' else 'week'}; expected such as "
                f"{example}"
            ) from None
        months = dict.fromkeys(f"{day:%Y-%m}" for day in wanted)
        return [
            day
            for month in months
            for day in self._month(month)
            if day.date in wanted and day.papers
        ]
