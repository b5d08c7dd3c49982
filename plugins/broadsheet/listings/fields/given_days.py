"""The day that a value of a record names, and the months and days beside a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from . import values
from .dates import partial_date, read_published
from .wrapping import unwrapped

PARTS = ("month", "pubmonth", "publicationmonth", "day", "pubday", "pubdates", "pd")
"""Names of what says the month and the day of a year, in this order."""
_MOST = 20  # days of one record that are looked at
_KINDS = ("dateType", "type", "event", "pubstatus", "kind", "name")  # what a day says that it is of
_OF_RECORD = re.compile(
    r"updat|modif|chang|access|collect|valid|withdr|copyright|embargo|creat", re.I
)
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_DEPTH = 5  # of lists and objects around a value
_YEAR_LAST = re.compile(r"(\d{1,2})(?P<sign>[/-])(\d{1,2})(?P=sign)\d{4}(?!\d)")
_MOMENT = re.compile(r"\d{10}(?:\.\d{1,6})?|\d{13}")  # seconds or milliseconds since 1970


def day(value: Any, depth: int = _DEPTH, *, first: bool | None = None) -> str | None:
    """Return the day that a value names: a text, CSL's date-parts, [2026, 1, 5], or the seconds or
    milliseconds since 1970 of a moment. `first` says whether days stand before months where years
    stand last, if that is known."""
    value = unwrapped(value)
    if not depth:
        return None
    if isinstance(value, dict):
        if "year" in value:
            dated = (values.line(value.get(key)).zfill(2) for key in ("year", "month", "day"))
            return read_published("-".join(part for part in dated if part != "00"))
        given = (value.get(key) for key in ("date-parts", "date-time", "date", "start", "created"))
        return next(filter(None, (day(one, depth - 1) for one in given)), None)
    if isinstance(value, list):
        parts = [str(part).zfill(2) for part in value[:3] if isinstance(part, (int, str))]
        if len(parts) == len(value) and all(part.isascii() and part.isdigit() for part in parts):
            return read_published("-".join(parts))
        return next(filter(None, (day(one, depth - 1) for one in _ranked(value))), None)
    if isinstance(value, str) and _MOMENT.fullmatch(value.strip()):
        value = int(value.strip().partition(".")[0])
    if isinstance(value, (int, float)) and (seconds := _seconds(value)):
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return read_published(value, first)


def _ranked(given: list[Any]) -> list[Any]:
    """Return days with those first that are of a paper itself: not of its record, whose last change
    has a name, and which are written to the second where that is of a day."""
    return sorted(given[:_MOST], key=lambda one: (_is_of_record(one), _has_clock(one)))


def _is_of_record(one: Any) -> bool:
    kinds = (one.get(key) for key in _KINDS) if isinstance(one, dict) else ()
    return any(isinstance(kind, str) and _OF_RECORD.search(kind) for kind in kinds)


def _has_clock(one: Any) -> bool:
    return isinstance(one, str) and _CLOCK.search(one[:40]) is not None


def _seconds(value: float) -> float | None:
    """Return the seconds since 1970 that a number counts, or its milliseconds; None for others."""
    if 10**9 <= value < 10**10:
        return value
    return value / 1000 if 10**11 < value < 10**14 else None


def day_first(records: Iterable[Mapping[str, Any]]) -> bool | None:
    """Return whether the days of a table stand before the months where years stand last, as far as
    a number above twelve tells; None where none does, or several disagree."""
    orders = set()
    for record in records:
        for value in record.values():
            if isinstance(value, str) and (found := _YEAR_LAST.match(value.strip()[:40])):
                first, second = int(found[1]), int(found[3])
                if (first > 12) != (second > 12):
                    orders.add(first > 12)
    return orders.pop() if len(orders) == 1 else None


def is_either(value: Any) -> bool:
    """Return whether a value is a day whose month may be either of two numbers."""
    found = _YEAR_LAST.match(value.strip()[:40]) if isinstance(value, str) else None
    return found is not None and found[1] != found[3] and int(found[1]) <= 12 >= int(found[3])


def completed(year: str, said: Sequence[str]) -> str:
    """Return a year with the month and the day that other values say of it, as far as these go."""
    numbers = [one for one in said if one.isascii() and one.isdigit()]
    if numbers and len(numbers) == len(said):
        return partial_date(year, *numbers[:2])
    whole = read_published(f"{' '.join(said)[:60]} {year}") or year
    return whole if whole.startswith(year) else year
