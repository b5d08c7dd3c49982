"""The page of a month: a calendar, and its papers' titles by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from .. import calendar, urls
from ..archive.archive import Archive
from ..incremental.plan import File, Target
from ..locale import Words
from ..render.labels import Labels
from ..render.views import Link, MonthView
from ..urls import AddressKind
from .day_views import curated, described, front
from .kind import PageKind
from .moves import MONTHS, month_moves
from .period_views import month_calendar, neighbours, papers_of, titles_by_day


class MonthPage(PageKind):
    """The pages of months."""

    name = "months"
    addresses = (
        AddressKind(
            r"([0-9]{4})/([0-9]{2})/",
            lambda site, match: f"{match[1]}-{match[2]}" in site.months,
            of_month=lambda _, key: [(urls.month(key), None)],
        ),
    )
    month_templates = ("month.html",)

    def month_inputs(self, key: str) -> object:
        """Return the months before and after, and what stands in those that it is compared with."""
        at = self._archive.keys.index(key)
        earlier = self._archive.keys[max(at - MONTHS, 0) : at]
        months = self._archive.months
        compared = [(months[one].count, months[one].fingerprint) for one in earlier]
        return neighbours(key, self._archive.keys), compared

    def month_targets(self, key: str) -> Iterable[Target]:
        """Return the page's target."""
        content = self._archive.months[key].fingerprint
        yield Target(
            f"month {key}",
            self._context.parts(self.month_templates, content, self.month_inputs(key)),
            partial(self._files, key),
            weight=10,
            reads=(key,),
        )

    def _files(self, key: str) -> Iterator[File]:
        month = self._archive.month(key)  # reads all days at once, since all are needed
        view = month_view(key, self._archive, self._labels)
        yield self._printer.page(
            "month.html",
            self._printer.head(
                view.path,
                view.title,
                described(
                    self._words.ngettext(
                        "%(count)s paper of %(month)s.",
                        "%(count)s papers of %(month)s.",
                        view.count,
                        month=view.title,
                    ),
                    (placed for day in month.days for placed in day.papers),
                ),
                feeds=self._context.daily,
            ),
            month=view,
        )


def month_link(key: str | None, words: Words) -> Link | None:
    """Return a link to a month."""
    if key is None:
        return None
    return Link(path=urls.month(key), label=words.dates.month(key))


def month_view(key: str, archive: Archive, labels: Labels) -> MonthView:
    """Return a month as a calendar, with its papers' titles, newest day first. Nothing of it is of
    another month's days, so that these leave it as it is."""
    summary = archive.months[key]
    before, after = neighbours(key, archive.keys)
    rows = calendar.month_rows(key)
    words = labels.words
    counts = {date.fromisoformat(day.iso): day.count for day in summary.days}
    days = list(counts)
    papers = papers_of(days, archive)
    weeks = tuple(
        Link(
            path=urls.week(week),
            label=words.week(week),
            count=count,
        )
        for row in rows
        if (count := sum(counts.get(when, 0) for when in row))
        for week in [urls.week_key(row[0])]
    )
    topics = sorted(
        summary.topics.items(), key=lambda pair: (-pair[1].count, labels.topic(pair[0]).label)
    )
    return MonthView(
        iso=key,
        path=urls.month(key),
        title=words.dates.month(key),
        count=summary.count,
        weekdays=words.dates.weekdays,
        rows=month_calendar(key, archive, words),
        weeks=weeks,
        days=titles_by_day(reversed(days), archive, labels),
        topics=tuple(
            Link(
                path=urls.term_month("topic", slug, key),
                label=labels.topic(slug).label,
                kind=slug,
                count=term.count,
            )
            for slug, term in topics
        ),
        previous=month_link(before, words),
        next=month_link(after, words),
        front=front(papers, labels),
        curated=curated(papers, labels),
        moves=month_moves(key, archive, labels),
    )
