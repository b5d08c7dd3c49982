"""Dates and numbers as a language writes them. English ones are the calendar's own, so that an
English site needs no locale data; all others are Babel's (Unicode CLDR)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

from .. import calendar

if TYPE_CHECKING:
    from babel import Locale


class Dates(Protocol):
    """How a language writes dates and numbers."""

    @property
    def source(self) -> str:
        """Where the formats are from, with its version."""

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The weekdays in short, from Monday: "Mon"."""

    @property
    def narrow(self) -> tuple[str, ...]:
        """The weekdays in a letter or so, from Monday: "M"."""

    def plain(self, when: date, /) -> str:
        """Return a date as "7 August 2025"."""

    def brief(self, when: date, /) -> str:
        """Return a date as "7 Aug 2025"."""

    def weekday(self, when: date, /) -> str:
        """Return a date's weekday as "Thursday"."""

    def full(self, when: date, /) -> str:
        """Return a date as "Thursday, 7 August 2025"."""

    def short(self, when: date, /) -> str:
        """Return a date as "Thursday 7 August"."""

    def month(self, key: str, /) -> str:
        """Return a month such as "2025-08" as "August 2025"."""

    def span(self, first: date, last: date, /) -> str:
        """Return a span of days as "4 to 10 August 2025"."""

    def moment(self, text: str, /) -> str:
        """Return an ISO time as "7 August 2025, 12:00 UTC"; any other text unchanged."""

    def number(self, count: int, /) -> str:
        """Return a number as "12,300"."""


class EnglishDates:
    """English."""

    source = ""
    weekdays = calendar.SHORT_WEEKDAYS
    narrow = tuple(name[:1] for name in calendar.WEEKDAYS)
    plain = staticmethod(calendar.plain)
    brief = staticmethod(calendar.brief)
    weekday = staticmethod(calendar.weekday)
    full = staticmethod(calendar.full)
    short = staticmethod(calendar.short)
    month = staticmethod(calendar.month)
    span = staticmethod(calendar.span)
    moment = staticmethod(calendar.moment)
    number = staticmethod("{:,}".format)


class LocalDates:
    """Another language, by its locale's data. Digits are Latin in every language, as those of
    arXiv's ids and of addresses are."""

    def __init__(self, locale: Locale) -> None:
        from babel import __version__, dates, numbers

        self.source = f"babel {__version__}"

        def remembered(write: Callable[..., str], **how: object) -> Callable[..., str]:
            return lru_cache(maxsize=4096)(lambda *what: write(*what, locale=locale, **how))

        self._locale = locale
        self.plain = remembered(dates.format_date, format="long")
        self.brief = remembered(_skeleton, skeleton="yMMMd")
        self.weekday = remembered(dates.format_date, format="EEEE")
        self.full = remembered(dates.format_date, format="full")
        self.short = remembered(_skeleton, skeleton="MMMMEEEEd")
        self.span = remembered(_interval)
        self._month = remembered(_skeleton, skeleton="yMMMM")
        self.number = remembered(numbers.format_decimal)

    @cached_property
    def weekdays(self) -> tuple[str, ...]:
        """The weekdays in short, from Monday."""
        return self._names("abbreviated")

    @cached_property
    def narrow(self) -> tuple[str, ...]:
        """The weekdays in a letter or so, from Monday."""
        return self._names("narrow")

    def _names(self, width: str) -> tuple[str, ...]:
        names = self._locale.days["stand-alone"][width]
        return tuple(names[number] for number in range(7))

    def month(self, key: str) -> str:
        """Return a month such as "2025-08" in words."""
        year, number = map(int, key.split("-"))
        return self._month(date(year, number, 1))

    def moment(self, text: str) -> str:
        """Return an ISO time in words; any other text unchanged."""
        try:
            when = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            return text
        day = self.plain(when.date())
        return day if len(text) == 10 else f"{day}, {when:%H:%M} UTC"


def _skeleton(when: date, *, locale: Locale, skeleton: str) -> str:
    """Return a date with the parts that a skeleton names (Unicode TR35), in the locale's order; the
    nearest pattern that the locale has."""
    from babel.dates import format_date, match_skeleton

    known = locale.datetime_skeletons
    found = skeleton if skeleton in known else match_skeleton(skeleton, known)
    pattern = str(known[found]) if found else "full"
    if "MMMM" in skeleton and "MMMM" not in pattern:  # the nearest is the shorter one
        pattern = pattern.replace("MMM", "MMMM").replace("LLL", "LLLL")
    if "EEEE" in skeleton and "EEEE" not in pattern:
        pattern = re.sub("E{1,3}|c{1,3}", "EEEE", pattern)
    return format_date(when, pattern, locale=locale)


def _interval(first: date, last: date, *, locale: Locale) -> str:
    from babel.dates import format_interval

    known = locale.interval_formats
    skeleton = "yMMMMd" if "yMMMMd" in known else "yMMMd"
    return format_interval(first, last, skeleton, locale=locale)
