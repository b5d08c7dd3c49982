"""The day of a record's paper: the first of its columns of days that says one, made more exact by
the others. Columns that name another day, or none, are not taken: whoever reads the record reports
what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ..columns import Record
from ..fields import given_days, values
from ..fields.field_names import normal
from .record_cells import Cell

_PARTS = frozenset(given_days.PARTS)
_Read = Callable[[Any], str | None]


def published(
    record: Record, cells: Sequence[Cell], paths: Sequence[str], *, first: bool | None
) -> tuple[str | None, list[str]]:
    """Return the paper's day, and the columns whose day could have been either of two; of one that
    says its year alone, the day has the month and day that stand in cells of their own.

    `paths` are the columns of days; `first` says whether days stand before months.
    """
    read = partial(given_days.day, first=first)
    found = record.keep("published", read, *paths)
    either = []
    if found and len(found) == 4:
        either = [path for path in paths if given_days.is_either(record.value(path))]
    exact = _exact(found, [record.value(path) for path in paths], read)
    for path in paths if exact else ():
        if path in either or _agree(read(record.value(path)), exact or ""):
            record.keep("published", bool, path)
    if exact is None or len(exact) > 4:
        return exact, either
    parts = {name: one for one in cells for name in _called(one) & _PARTS}
    said = [_number(parts[name].value) for name in given_days.PARTS if name in parts]
    whole = given_days.completed(exact, list(filter(None, said)))
    if len(whole) > len(exact):
        for cell in parts.values():
            record.keep("published", bool, cell.path)
    return whole, either


def _agree(said: str | None, day: str) -> bool:
    """Return whether a day says no other than another does: as much, more or less of it."""
    return bool(said) and (day.startswith(said or "") or (said or "").startswith(day))


def _exact(found: str | None, others: Sequence[Any], read: _Read) -> str | None:
    """Return a day, or the more exact one that another value says of its year or month. Services
    write the first where they don't know the day (ADS), or the month."""
    if found is None or len(found) == len("2026-01-05"):
        return found
    sure = ((read(one) or "").removesuffix("-01").removesuffix("-01") for one in others)
    return max((one for one in sure if one.startswith(found)), key=len, default=found)


def _number(value: Any) -> str:
    """Return a month or a day as text."""
    return str(value) if type(value) is int else values.line(value)


def _called(cell: Cell) -> set[str]:
    """Return the last two names of a cell's path."""
    return {normal(cell.name), *map(normal, cell.path.split(".")[-2:])}
