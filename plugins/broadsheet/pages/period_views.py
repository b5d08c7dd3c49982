"""What the pages of months and weeks share: calendars, titles by day, neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .. import calendar
from ..archive.archive import Archive
from ..archive.model import PublishedPaper
from ..locale import Words
from ..render.labels import Labels
from ..render.papers import title_row
from ..render.views import DayRef, TitleRow
from .day_views import day_ref, outside_day, reading_order

Rows = tuple[tuple[DayRef, tuple[TitleRow, ...]], ...]
"""Days, each with its papers' titles."""


def month_calendar(key: str, archive: Archive, words: Words) -> tuple[tuple[DayRef, ...], ...]:
    """Return a month as rows of a calendar, a week each."""
    return tuple(
        tuple(
            day_ref(when, archive, words) if f"{when:%Y-%m}" == key else outside_day(when, words)
            for when in row
        )
        for row in calendar.month_rows(key)
    )


def titles_by_day(days: Iterable[date], archive: Archive, labels: Labels) -> Rows:
    """Return the titles of those days that have papers, each day's in reading order."""
    rows = []
    for when in days:
        day = archive.day(when)
        if day is not None and day.papers:
            titles = tuple(title_row(placed, labels) for placed in reading_order(day))
            rows.append((day_ref(when, archive, labels.words), titles))
    return tuple(rows)


def papers_of(days: Iterable[date], archive: Archive) -> list[PublishedPaper]:
    """Return the papers of some days, each day's in reading order."""
    read = [archive.day(when) for when in days]
    return [placed for day in read if day is not None for placed in reading_order(day)]


def neighbours(key: str, keys: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the keys before and after one of some keys. Raises ValueError where it is not among
    them."""
    at = keys.index(key)
    return (
        keys[at - 1] if at else None,
        keys[at + 1] if at + 1 < len(keys) else None,
    )
