"""The page of a week, and its exports. A week belongs to the month of its first day with papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property, partial

from .. import calendar, urls
from ..archive.archive import Archive
from ..feeds.links import WEEKLY, digest_links
from ..incremental.plan import File, Target
from ..locale import Words
from ..render.exports import Exports
from ..render.labels import Labels
from ..render.views import Link, WeekView
from ..urls import AddressKind, all_exports
from .day_views import curated, described, front
from .kind import PageKind
from .period_views import neighbours, papers_of, titles_by_day


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

    @cached_property
    def _keys(self) -> list[str]:
        return week_keys(self._archive)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {key: position for position, key in enumerate(self._keys)}

    def _inputs(self, week: str) -> object:
        """The fingerprints of a week's days, and the weeks before and after."""
        days = self._archive.days
        at = self._positions[week]
        return (
            [(when, days[when].fingerprint) for when in calendar.week_days(week) if when in days],
            self._keys[max(at - 1, 0) : at + 2],
        )

    def _files(self, week: str) -> Iterator[File]:
        view = week_view(week, self._archive, self._labels)
        papers = papers_of(calendar.week_days(week), self._archive)
        head = self._printer.head(
            view.path,
            view.title,
            described(
                self._words.gettext(
                    "%(count)s papers from %(days)s.", count=view.count, days=view.range
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
    """Return a week's papers by title, newest day first."""
    days = calendar.week_days(key)
    known = [when for when in days if when in archive.days]
    counts: Counter[str] = Counter()
    for when in known:
        counts.update(dict(archive.days[when].topics))
    papers = papers_of(known, archive)
    before, after = neighbours(key, week_keys(archive))
    return WeekView(
        iso=key,
        path=urls.week(key),
        title=labels.words.week(key),
        range=labels.words.dates.span(days[0], days[-1]),
        count=sum(archive.days[when].count for when in known),
        days=titles_by_day(known[::-1], archive, labels),
        topics=tuple(
            Link(
                path=urls.term("topic", slug),
                label=labels.topic(slug).label,
                kind=slug,
                count=count,
            )
            for slug, count in sorted(
                counts.items(), key=lambda pair: (-pair[1], labels.topic(pair[0]).label)
            )
        ),
        previous=_week_link(before, labels.words),
        next=_week_link(after, labels.words),
        front=front(papers, labels),
        curated=curated(papers, labels),
    )
