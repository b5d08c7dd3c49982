"""The listing of some records: objects of JSON or rows of a table, which `one_record` reads.

What is withdrawn, deleted or attached to another record is left out and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ...counts import counted
from ...errors import ListingError, at_line, shown
from ...papers import Entry
from ..columns import Columns, Loss
from ..fields import given_days, values
from ..fields.field_names import PLAIN_NAMES, field_of
from ..fields.withdrawal import withdrawn
from ..lists.plain_list import asked
from ..merging import unite
from ..model import Listing, Wanted
from ..untrusted import jsons
from .guessing import Guessed, guessed
from .one_record import RecordReader

_MOST_DATED = 1_000  # records whose days are looked at for the order of their numbers
_EXPECTED = "expected papers"
_Read = tuple[int | None, dict[str, Any] | ListingError]


def listing(
    name: str,
    records: Iterable[_Read],
    *,
    file: str,
    day: date | None = None,
    others: Mapping[str, list[Any]] | None = None,
) -> Listing:
    """Return the listing of some records, each with its line, or the error that stands for it.

    `others` are lists of objects beside the records that are none of papers.
    """
    every = list(records)
    sample = [record for _, record in every if isinstance(record, dict)]
    columns = Columns(known=PLAIN_NAMES, means=field_of)
    by_content = guessed(sample)
    by_content.day_first = given_days.day_first(sample[:_MOST_DATED])
    reading = _Reading(columns, by_content)
    entries, twice = unite(reading.entries(every, file), file=file)
    wanted = tuple(dict.fromkeys(reading.wanted))
    files = reading.attached
    left_out = "attachment or note is" if files == 1 else "attachments and notes are"
    attached = [f"{files} {left_out} left out"] if files else []
    gone = [*reading.withdrawn, *attached, *([asked(wanted)] if wanted else [])]
    left = (
        Loss(f"the list {shown(path)} of {counted(len(items), 'object')} is not read; {_EXPECTED}")
        for path, items in (others or {}).items()
    )
    return Listing(
        format=name,
        entries=entries,
        date=day,
        notices=(*by_content.notices, *columns.notices(), *left, *gone, *twice),
        wanted=wanted,
        columns=tuple(columns),
        empty=None if entries else _why_empty(reading),
    )


def _is_attached(record: dict[str, Any]) -> bool:
    """Return whether a record is of a file or a note beside a paper, as Zotero gives them."""
    kind = record.get("itemType") or record.get("Item Type")
    kind = kind or jsons.mapping(record.get("data")).get("itemType")
    return kind in ("attachment", "note", "annotation")


def _deleted(record: dict[str, Any]) -> str:
    """Return the id of a record that its archive deleted, as OAI-PMH says; "" for any other."""
    header = jsons.mapping(record.get("header"))
    gone = header.get("status") == "deleted"
    return values.line(header.get("identifier")) or "a record" if gone else ""


def _why_empty(reading: _Reading) -> str:
    if reading.wanted:
        return "papers named by id or address alone"
    return "withdrawn papers only" if reading.withdrawn else "nothing listed"


class _Reading:
    """The records of a listing, read one by one: what became of their columns, the papers that
    are withdrawn, and those that have an id or address and no title."""

    def __init__(self, columns: Columns, by_content: Guessed) -> None:
        self.columns = columns
        self.by_content = by_content
        self.withdrawn: list[str] = []
        self.wanted: list[Wanted] = []
        self.attached = 0  # attachments and notes of reference managers

    def entries(self, records: Iterable[_Read], file: str) -> Iterator[Entry | ListingError]:
        """Yield the papers, and an error for each record that is none."""
        for line, record in records:
            if isinstance(record, ListingError):
                yield record
                continue
            if _is_attached(record):
                self.attached += 1
                continue
            if identifier := _deleted(record):
                self.withdrawn.append(at_line(line, f"{shown(identifier)} is deleted; left out"))
                continue
            reader = RecordReader(record, line, self.columns, self.by_content)
            entry = reader.entry()
            if isinstance(entry, Wanted):
                self.wanted.append(entry)
            elif entry is None:
                yield ListingError("a paper has no title; expected one", file=file, line=line)
            elif withdrawn(entry.abstract, reader.remark, entry.title):
                told = f"{shown(entry.title)} is withdrawn; left out"
                self.withdrawn.append(at_line(line, told))
            else:
                yield entry
