"""The days that a digest may have. Pure.

A typing error in a year (0206, 9026) would make a day that no page leads to and that date
arithmetic may overflow on. So days are limited to years in which a digest can have papers.
"""

from __future__ import annotations

from datetime import date

from .errors import BroadsheetError

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)


def refuse_implausible(day: date, error: type[BroadsheetError], *, file: str | None = None) -> None:
    """Raise `error`, naming the file, for a day out of these limits."""
    if not FIRST <= day <= LAST:
        raise error(
            f"found the day {day}; expected one from {FIRST.year} to {LAST.year}", file=file
        )
