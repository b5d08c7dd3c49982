"""JSON and JSON Lines that hold records of papers, wherever in the JSON these stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from ...errors import ListingError, shown
from ..columns import Loss
from ..fields.dates import read_heading, read_iso
from ..model import Listing
from ..untrusted import jsons
from . import nesting
from .reader import listing

_MOST_NAMES = 5  # of lists, that a notice has
_MOST_TEXTS = 20  # beside the papers, that notices name


def parse(found: nesting.Found, *, file: str, line: int | None, name: str = "json") -> Listing:
    """Read the records that were found in a value, which begins in `line`; `name` is its format's.
    Raises `ListingError` where none is a paper."""
    several = len(found.records)
    records = (
        (
            line,
            value
            if isinstance(value, dict)
            else ListingError(
                f"paper {number} of {several} is {jsons.kind(value)}; expected an object",
                file=file,
                line=line,
            ),
        )
        for number, value in enumerate(found.records, 1)
    )
    made = listing(name, records, file=file, day=_day(found.day), others=found.others)
    beside = [
        Loss(f"{shown(path)} beside the papers is not read: it holds {shown(text)}")
        for path, text in islice(found.texts.items(), _MOST_TEXTS)
    ]
    if found.names:
        some = ", ".join(shown(name) for name in found.names[:_MOST_NAMES])
        more = ", ..." if len(found.names) > _MOST_NAMES else ""
        beside.append(Loss(f"the names of the papers' lists are not read: {some}{more}"))
    return replace(made, notices=(*made.notices, *beside)) if beside else made


def _day(value: object) -> date | None:
    """Return the day that the object around the records names."""
    whole = read_iso(value)
    if whole is None:
        return None
    try:
        heading = read_heading(whole)
    except ListingError:
        return None
    return heading.date() if heading else None


def parse_lines(text: str, *, file: str) -> Listing:
    """Read one JSON object a line. Raises `ListingError` where the last line is none."""
    return listing("jsonl", _lines(text, file), file=file)


def _lines(text: str, file: str) -> Iterator[tuple[int, dict[str, Any] | ListingError]]:
    lines = text.rstrip().split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = jsons.load(line, file=file, line=number)
            if not isinstance(value, dict):
                raise ListingError(
                    f"found {jsons.kind(value)}; expected an object in each line",
                    file=file,
                    line=number,
                )
        except ListingError as error:
            if number == len(lines):  # cut off, and who knows how many papers with it
                raise
            yield number, error
        else:
            yield number, value
