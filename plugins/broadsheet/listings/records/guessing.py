"""What columns of unknown names hold, where none is named for the title or the abstract.

A column of short texts that hardly repeat themselves has titles; one of long texts abstracts. Each
guess is told to the curator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ...errors import shown
from ..fields import given_days, values
from ..fields.dates import read_iso
from ..fields.field_names import field_of, is_key, normal
from ..fields.person_objects import is_person
from . import record_cells
from .identity import named

# When somebody kept or read a paper is no day of the paper.
_OF_READER = re.compile(r"sav|add|read|seen|access|captur|export|import|due|creat|updat|modif")
_OF_PEOPLE = re.compile(r"author|contributor|creator|people|person", re.I)
_SAMPLE = 200  # records that are looked at
_MANY = 500  # columns
_TITLE = (3, 300)  # characters
_MEAN_TITLE = 150  # characters of most titles, at most
_ABSTRACT = 150  # characters of most abstracts, at least


@dataclass(slots=True)
class Guessed:
    """Fields of columns by what these hold, and notices that say so; whether days stand before
    months where years stand last, if that is known; whether the authors' initials stand behind
    their families' names."""

    fields: dict[str, tuple[str, int]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    day_first: bool | None = None
    initials_last: bool = False

    def take(self, column: str, meaning: str, example: str) -> None:
        """Take a column for a field."""
        self.fields[column] = (meaning, 90)
        self.notices.append(
            f"column {shown(column)} is taken for the {meaning} by what it holds: {shown(example)}"
        )


def guessed(records: Sequence[dict[str, Any]]) -> Guessed:
    """Return what the columns hold that have no name known for title or abstract, if no column
    has."""
    made = Guessed()
    texts: dict[str, list[str]] = {}
    people: dict[str, Any] = {}
    named_fields = set()
    count = 0
    for record in records[:_SAMPLE]:
        count += 1
        for cell in islice(record_cells.cells(record), _MANY):
            found = field_of(cell.name)
            text = values.text(cell.value) if cell.own else ""
            if found and found[0] == "authors" and not made.initials_last:
                made.initials_last = values.have_initials_last(cell.value)
            if found and cell.own and (text or found[0] == "authors") and _fits(found[0], text):
                named_fields.add(found[0])
            elif (
                (found is None or normal(cell.name) == "data")
                and (cell.own or _OF_PEOPLE.search(cell.path))
                and _are_people(cell.value)
            ):
                people.setdefault(cell.path, cell.value)
            elif cell.own and text and not is_key(cell.name) and len(texts) < _MANY:
                texts.setdefault(cell.path, []).append(text)
    if "title" not in named_fields:
        _guess_title(texts, count, made)
    if not named_fields & {"abstract", "summary"}:
        _guess_abstract(texts, count, made)
    if "authors" not in named_fields and len(people) == 1:
        ((column, value),) = people.items()
        made.take(column, "authors", ", ".join(values.names(value)[:3]))
    if "published" not in named_fields:
        dated = [column for column, found in texts.items() if _are_days(column, found)]
        if len(dated) == 1:
            made.take(dated[0], "published", texts[dated[0]][0])
    return made


def _are_people(value: object) -> bool:
    """Return whether a value is a list of objects that have a family name each."""
    return isinstance(value, list) and bool(value) and all(map(is_person, value[:20]))


def _are_days(column: str, found: list[str]) -> bool:
    """Return whether a column that is called a date or a year holds such."""
    name = column.rpartition(".")[2].lower()
    own = _OF_READER.search(name) is not None
    return not own and name.endswith(("date", "year")) and all(map(given_days.day, found))


def _fits(meaning: str, text: str) -> bool:
    return meaning != "title" or not _is_other(text)


def _is_other(text: str) -> bool:
    """Return whether a text is an address, an id, a day or a number."""
    if read_iso(text) or text.replace(".", "").replace(",", "").strip().isdigit():
        return True
    return bool(named("", [text], page=True).found)


def _guess_title(texts: dict[str, list[str]], count: int, made: Guessed) -> None:
    best: tuple[float, str] | None = None
    for column, found in texts.items():
        known = field_of(column.rpartition(".")[2])
        if known and known[0] != "title":
            continue
        fitting = [
            one for one in found if _TITLE[0] <= len(one) <= _TITLE[1] and not _is_other(one)
        ]
        if len(fitting) * 5 < count * 4 or len(set(fitting)) * 10 < len(fitting) * 9:
            continue
        if sum(map(len, fitting)) > _MEAN_TITLE * len(fitting):
            continue  # short abstracts
        words = sum(len(one.split()) for one in fitting) / len(fitting)
        if words >= 2 and (best is None or words > best[0]):
            best = (words, column)
    if best is not None:
        made.take(best[1], "title", texts.pop(best[1])[0])


def _guess_abstract(texts: dict[str, list[str]], count: int, made: Guessed) -> None:
    best: tuple[float, str] | None = None
    for column, found in texts.items():
        if column in made.fields or field_of(column.rpartition(".")[2]):
            continue
        size = sum(map(len, found)) / len(found)
        if size >= _ABSTRACT and len(found) * 2 >= count and (best is None or size > best[0]):
            best = (size, column)
    if best is not None:
        made.take(best[1], "abstract", texts[best[1]][0])
