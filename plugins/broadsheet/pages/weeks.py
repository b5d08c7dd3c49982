"""The page of a week, and its exports. A week belongs to the month of its first day with papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, partial
from heapq import nsmallest

from msgspec.structs import replace

from .. import calendar, urls
from ..archive.archive import Archive
from ..archive.model import PublishedPaper, leading
from ..feeds.links import WEEKLY, digest_links
from ..incremental.plan import File, Target, fingerprint
from ..locale import Words
from ..render.exports import Exports
from ..render.labels import Labels
from ..render.papers import title_row
from ..render.views import Link, WeekView
from ..urls import AddressKind, all_exports
from .context import BuildContext
from .day_views import curated, day_ref, described, front
from .kind import PageKind
from .moves import days_before, week_moves
from .period_views import neighbours, papers_of

OF_TOPIC = 3  # papers of a topic on the page


class WeekPage(PageKind):
    """The pages of weeks."""

    name = "weeks"
    addresses = (
        AddressKind(
            r"([0-9]{4})/(W[0-9]{2})/",
            lambda site, match: f"{match[1]}-{match[2]}" in site.weeks,
            exports=all_exports,
            of_month=lambda site, key: [(urls.week(week), None) for week in site.weeks_of(key)],
        ),
    )
    month_templates = ("week.html",)

    def month_inputs(self, key: str) -> object:
        """Return what the pages of a month's weeks depend on."""
        return [self._inputs(week) for week in self._context.addresses.weeks_of(key)]

    def month_targets(self, key: str) -> Iterable[Target]:
        """Return a target for each of a month's weeks."""
        for week in self._context.addresses.weeks_of(key):
            yield Target(
                f"week {week}",
                self._context.parts(self.month_templates, week, self._inputs(week)),
                partial(self._files, week),
                weight=20,
            )

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        self._counts: dict[date, str] = {}

    @cached_property
    def _keys(self) -> list[str]:
        return week_keys(self._archive)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {key: position for position, key in enumerate(self._keys)}

    def _inputs(self, week: str) -> object:
        """The fingerprints of a week's days, the counts of those of the weeks that it is compared
        with, and the weeks before and after."""
        days = self._archive.days
        at = self._positions[week]
        own = calendar.week_days(week)
        earlier = [when for when in days_before(own[0]) if when in days]
        return (
            [(when, days[when].fingerprint) for when in own if when in days],
            [(when, self._counts_of(when)) for when in earlier],
            self._keys[max(at - 1, 0) : at + 2],
        )

    def _counts_of(self, when: date) -> str:
        """A fingerprint of a day's counts, which several weeks are compared with."""
        known = self._counts.get(when)
        if known is None:
            day = self._archive.days[when]
            known = self._counts[when] = fingerprint(day.count, day.topics, day.tags)
        return known

    def _files(self, week: str) -> Iterator[File]:
        view = week_view(week, self._archive, self._labels)
        papers = papers_of(calendar.week_days(week), self._archive)
        head = self._printer.head(
            view.path,
            view.title,
            described(
                self._words.ngettext(
                    "%(count)s paper from %(days)s.",
                    "%(count)s papers from %(days)s.",
                    view.count,
                    days=view.range,
                ),
                papers,
            ),
            feeds=digest_links(WEEKLY, self._settings.name, self._words),
            alternates=Exports.links(view.path),
        )
        yield self._printer.page("week.html", head, week=view)
        yield from self._exports.files(view.path, "week", view.title, papers)


def week_keys(archive: Archive) -> list[str]:
    """Return the weeks that have papers, oldest first, as "2025-W32"."""
    return [f"{year}-W{number:02d}" for year, number in archive.weeks]


def _week_link(key: str | None, words: Words) -> Link | None:
    return Link(path=urls.week(key), label=words.week(key)) if key else None


def week_view(key: str, archive: Archive, labels: Labels) -> WeekView:
    """Return a week: its days, newest first, and of each topic the papers that were most voted. All
    papers are on the pages of the days."""
    days = calendar.week_days(key)
    known = [when for when in days if when in archive.days]
    papers = papers_of(known, archive)
    topics: dict[str, list[PublishedPaper]] = {}
    for placed in papers:
        topics.setdefault(placed.topic, []).append(placed)
    before, after = neighbours(key, week_keys(archive))
    rows = [(labels.topic(slug), found) for slug, found in topics.items()]
    rows.sort(key=lambda row: (-len(row[1]), row[0].label))
    return WeekView(
        iso=key,
        path=urls.week(key),
        title=labels.words.week(key),
        range=labels.words.dates.span(days[0], days[-1]),
        count=len(papers),
        days=tuple(
            day_ref(when, archive, labels.words)
            for when in reversed(known)
            if archive.days[when].count
        ),
        topics=tuple(
            (
                replace(topic, count=len(found)),
                tuple(title_row(one, labels) for one in nsmallest(OF_TOPIC, found, key=leading)),
            )
            for topic, found in rows
        ),
        previous=_week_link(before, labels.words),
        next=_week_link(after, labels.words),
        front=front(papers, labels),
        curated=curated(papers, labels),
        moves=week_moves(key, archive, labels),
    )
