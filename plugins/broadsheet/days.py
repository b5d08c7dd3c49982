"""Which days a digest may have. Pure.

A typing error in a year (0206, 9026) makes a day that no page leads to and no calendar can count
from; so days are taken from the year that no digest of papers is older than, to one that leaves
room to all who use this today.
"""

from __future__ import annotations

from datetime import date

from .errors import BroadsheetError

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)


def refuse_implausible(day: date, error: type[BroadsheetError], *, file: str | None = None) -> None:
    """Raise `error`, naming the file, for a day that no digest has."""
    if not FIRST <= day <= LAST:
        raise error(
            f"found the day {day}; expected one from {FIRST.year} to {LAST.year}", file=file
        )
