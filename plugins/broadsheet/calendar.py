"""Dates in words, in English whatever the machine's locale."""

from __future__ import annotations

from datetime import date, datetime, timedelta

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)


def plain(when: date) -> str:
    """Return a date as "7 August 2025"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def weekday(when: date) -> str:
    """Return a date's weekday as "Thursday"."""
    return WEEKDAYS[when.weekday()]


def full(when: date) -> str:
    """Return a date as "Thursday, 7 August 2025"."""
    return f"{weekday(when)}, {plain(when)}"


def short(when: date) -> str:
    """Return a date as "Thursday 7 August"."""
    return f"{weekday(when)} {when.day} {MONTHS[when.month - 1]}"


def brief(when: date) -> str:
    """Return a date as "7 Aug 2025"."""
    return f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}"


def month(key: str) -> str:
    """Return a month such as "2025-08" as "August 2025"."""
    year, number = key.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def week_days(key: str) -> tuple[date, ...]:
    """Return the seven days of an ISO week, from Monday."""
    year, number = key.split("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return tuple(monday + timedelta(n) for n in range(7))


def span(first: date, last: date) -> str:
    """Return a span of days as "4 to 10 August 2025"."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {plain(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {plain(last)}"
    return f"{plain(first)} to {plain(last)}"


def moment(text: str) -> str:
    """Return an ISO time as "7 August 2025, 12:00 UTC"; any other text unchanged."""
    try:
        when = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return text
    return plain(when) if len(text) == 10 else f"{plain(when)}, {when:%H:%M} UTC"


def month_rows(key: str) -> tuple[tuple[date, ...], ...]:
    """Return a month's weeks, Monday first, filled up with days of the months beside it."""
    year, number = map(int, key.split("-"))
    first = date(year, number, 1)
    start = first - timedelta(first.weekday())
    rows = []
    while True:
        rows.append(tuple(start + timedelta(n) for n in range(7)))
        start += timedelta(7)
        if (start.year, start.month) != (year, number):
            return tuple(rows)
