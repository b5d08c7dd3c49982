"""How weeks, months and the whole archive show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from .. import calendar, urls
from ..archive.archive import Archive
from ..archive.model import Placed
from ..render.labels import Labels
from ..render.papers import title_row
from ..render.views import DayRef, Link, MonthCalendar, MonthView, TitleRow, WeekView, YearView
from .day_views import curated, day_ref, front, reading_order

Rows = tuple[tuple[DayRef, tuple[TitleRow, ...]], ...]


def _calendar(key: str, archive: Archive) -> tuple[tuple[DayRef, ...], ...]:
    return tuple(
        tuple(day_ref(when, archive, outside=f"{when:%Y-%m}" != key) for when in row)
        for row in calendar.month_rows(key)
    )


def _titles(days: list[date], archive: Archive, names: Labels) -> Rows:
    rows = []
    for when in days:
        day = archive.day(when)
        if day is not None and day.papers:
            titles = tuple(title_row(one, names) for one in reading_order(day))
            rows.append((day_ref(when, archive), titles))
    return tuple(rows)


def papers_of(days: Iterable[date], archive: Archive) -> list[Placed]:
    """The papers of some days, each day's in reading order."""
    found = [archive.day(when) for when in days]
    return [one for day in found if day is not None for one in reading_order(day)]


def neighbours(place: str, places: list[str]) -> tuple[str | None, str | None]:
    """What stands before and after one of some places."""
    at = places.index(place)
    return (
        places[at - 1] if at else None,
        places[at + 1] if at + 1 < len(places) else None,
    )


def month_link(key: str | None, count: int | None = None) -> Link | None:
    """A link to a month."""
    if key is None:
        return None
    return Link(path=urls.month(key), label=calendar.month(key), count=count)


def month_view(key: str, archive: Archive, names: Labels) -> MonthView:
    """A month as a calendar, with its papers' titles, newest day first."""
    summary = archive.months[key]
    before, after = neighbours(key, archive.keys)
    rows = calendar.month_rows(key)
    papers = papers_of((date.fromisoformat(day.iso) for day in summary.days), archive)
    weeks = tuple(
        Link(
            path=urls.week(week),
            label=calendar.week(week),
            count=sum(archive.days[day].count for day in row if day in archive.days),
        )
        for row in rows
        if any(day in archive.days and archive.days[day].count for day in row)
        for week in [urls.week_key(row[0])]
    )
    topics = sorted(
        summary.topics.items(), key=lambda pair: (-pair[1].count, names.topic(pair[0]).label)
    )
    return MonthView(
        iso=key,
        path=urls.month(key),
        title=calendar.month(key),
        count=summary.count,
        weekdays=calendar.SHORT_WEEKDAYS,
        rows=_calendar(key, archive),
        weeks=weeks,
        days=_titles(
            [date.fromisoformat(day.iso) for day in reversed(summary.days)], archive, names
        ),
        topics=tuple(
            Link(
                path=urls.term_month("topic", slug, key),
                label=names.topic(slug).label,
                kind=slug,
                count=term.count,
            )
            for slug, term in topics
        ),
        previous=month_link(before),
        next=month_link(after),
        front=front(papers, names),
        curated=curated(papers, names),
    )


def week_keys(archive: Archive) -> list[str]:
    """The weeks that have papers, oldest first."""
    return [f"{year}-W{number:02d}" for year, number in archive.weeks]


def week_view(key: str, archive: Archive, names: Labels) -> WeekView:
    """A week's papers by title, newest day first."""
    days = calendar.week_days(key)
    known = [when for when in days if when in archive.days]
    counted: Counter[str] = Counter()
    for when in known:
        counted.update(dict(archive.days[when].topics))
    papers = papers_of(known, archive)
    keys = week_keys(archive)
    before, after = neighbours(key, keys)
    return WeekView(
        iso=key,
        path=urls.week(key),
        title=calendar.week(key),
        range=calendar.span(days[0], days[-1]),
        count=sum(archive.days[when].count for when in known),
        days=_titles(known[::-1], archive, names),
        topics=tuple(
            Link(
                path=urls.term("topic", slug),
                label=names.topic(slug).label,
                kind=slug,
                count=count,
            )
            for slug, count in sorted(
                counted.items(), key=lambda pair: (-pair[1], names.topic(pair[0]).label)
            )
        ),
        previous=Link(path=urls.week(before), label=calendar.week(before)) if before else None,
        next=Link(path=urls.week(after), label=calendar.week(after)) if after else None,
        front=front(papers, names),
        curated=curated(papers, names),
    )


def years(archive: Archive) -> tuple[YearView, ...]:
    """All years, newest first, each with small calendars of its months."""
    views = []
    for year, keys in groupby(reversed(archive.keys), key=lambda key: key[:4]):
        months = tuple(
            MonthCalendar(
                path=urls.month(key),
                title=calendar.month(key),
                count=archive.months[key].count,
                weekdays=calendar.SHORT_WEEKDAYS,
                rows=_calendar(key, archive),
            )
            for key in keys
        )
        views.append(
            YearView(year=int(year), count=sum(month.count for month in months), months=months)
        )
    return tuple(views)
