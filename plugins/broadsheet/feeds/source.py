"""What a feed is of: all papers, a topic or a tag; and the papers of each, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ..archive.model import Day, PublishedPaper

ALL = "all"
"""The kind, and the name, of the feed of all papers."""

FORMAT_OF_NAMES = "atom"
"""The one format of the feeds of authors and organisations, of which there are thousands."""

SHORT_DAYS = 5
"""A topic's or a tag's feed holds all papers of so many days up to its newest paper's, as long as
these are not more than its most."""


class FeedSource(NamedTuple):
    """What a feed is of: all papers ("all", ""), a topic or a tag. A tuple, since it is a key for
    each tag of each paper."""

    kind: str
    slug: str = ""

    @property
    def name(self) -> str:
        """The name of its feeds: their address below feeds/, without the format's ending."""
        return f"{self.kind}s/{self.slug}" if self.slug else self.kind


class FeedMonth:
    """A month's papers by feed source."""

    def __init__(self, days: Iterable[Day]) -> None:
        self.days = {day.date: day for day in days}
        self._by_source: dict[FeedSource, list[PublishedPaper]] = {}
        for day in reversed(self.days.values()):
            for placed in sorted(day.papers, key=lambda one: not one.paper.pinned):
                self._add(FeedSource(ALL), placed)
                self._add(FeedSource("topic", placed.topic), placed)
                for slug in dict.fromkeys(placed.paper.tags):
                    self._add(FeedSource("tag", slug), placed)
        self.by_id = {placed.paper.id: placed for placed in self.placed(FeedSource(ALL))}

    def _add(self, source: FeedSource, placed: PublishedPaper) -> None:
        self._by_source.setdefault(source, []).append(placed)

    def placed(self, source: FeedSource) -> list[PublishedPaper]:
        """Return the papers of a source, newest first."""
        return self._by_source.get(source, [])

    def of_days(self, days: Iterable[date]) -> list[PublishedPaper]:
        """Return all papers of some days, newest first."""
        wanted = set(days)
        return [placed for placed in self.placed(FeedSource(ALL)) if placed.date in wanted]


def newest_of(
    placed: Sequence[PublishedPaper], least: int, most: int, days: int = SHORT_DAYS
) -> list[PublishedPaper]:
    """Return the papers that a short feed holds, of papers that are newest first: all of the last
    `days` up to the newest paper's, or `least` if these are fewer, but `most` at most. The current
    day plays no part, so that the feed changes with its papers only."""
    if not placed:
        return []
    first = placed[0].date - timedelta(days - 1)
    recent = sum(paper.date >= first for paper in placed)
    return list(placed[: min(max(least, recent), max(most, least))])


def spans(newest: date, key: str) -> bool:
    """Return whether a month holds all the days that a short feed looks back from its newest
    paper's."""
    return f"{newest - timedelta(SHORT_DAYS - 1):%Y-%m}" >= key


def month_before(key: str) -> str:
    """Return the month before one ("2025-08") on the calendar."""
    first = date.fromisoformat(f"{key}-01")
    return f"{first - timedelta(1):%Y-%m}"
