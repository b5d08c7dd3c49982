"""What became of each column of a listing: the field that it is kept in, or that nobody read it.

A reader wraps each record (a mapping of names to values) in a `Record` and takes from it what it
keeps. Whatever holds something and was neither taken nor is declared to be noise is named in a
notice, by construction: a reader can't pass over a column without a word.

Noise is what a format's own documentation describes as being about something other than the paper
(its users, their pictures, the database's own keys and timestamps), declared beside the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from ..errors import ListingError, shown
from ..suggestions import did_you_mean
from .model import Column

MAX_COLUMNS = 2_000
"""Most names of columns that are told apart; further ones count under none."""
NONE: Mapping[str, str] = {}
MAX_NAMED = 20
"""Most columns that notices name; the others are counted."""
_T = TypeVar("_T")
_LONGEST_NAME = 80
_LONGEST_EXAMPLE = 60


class Loss(str):
    """A notice of what a listing holds and the digest will not. Strict imports refuse it."""

    __slots__ = ()


def refuse_losses(notices: Iterable[str], *, file: str) -> None:
    """Raise `ListingError` for the first notice of a loss."""
    for notice in notices:
        if isinstance(notice, Loss):
            raise ListingError(f"{notice} (refused by --strict)", file=file)


def holds(value: object, depth: int = 6) -> bool:
    """Return whether a value says anything: null, false, "", [] and {} don't, nor does white
    space or a list or object of such."""
    if isinstance(value, str):
        return not value.isspace() and value != ""
    if isinstance(value, (list, tuple)):
        return not depth or any(holds(one, depth - 1) for one in value)
    if isinstance(value, Mapping):
        return not depth or any(holds(one, depth - 1) for one in value.values())
    return value is not None and value is not False


class Columns:
    """What became of the columns of one listing, over all its records.

    `noun` is what a column is called in the format ("column", "field", "element", "tag"); `known`
    are the names to suggest for one that is not read, with the field of each; those of fields that
    other columns fill are not suggested.
    """

    def __init__(self, noun: str = "column", known: Mapping[str, str] = NONE) -> None:
        self.noun = noun
        self._known = dict(known)
        self._kept: dict[tuple[str, str], list[Any]] = {}  # count and example, by column and field
        self._left: dict[str, list[Any]] = {}  # count, example, first line, by column
        self._more = 0

    def keep(self, column: str, field: str, value: object) -> None:
        """Count a value of a column as kept in a field, if it says anything."""
        if value is None or value is False or value == "" or value == []:
            return
        counted = self._kept.get((column, field))
        if counted is not None:
            counted[0] += 1
        elif len(self._kept) < MAX_COLUMNS:
            self._kept[column, field] = [1, value]

    def leave(self, column: str, value: object, line: int | None = None) -> None:
        """Count a value of a column as not read, if it says anything."""
        if not holds(value):
            return
        counted = self._left.get(column)
        if counted is not None:
            counted[0] += 1
        elif len(self._left) < MAX_COLUMNS:
            self._left[column] = [1, value, line]
        else:
            self._more += 1

    def notices(self) -> tuple[str, ...]:
        """Return a notice for each column that was not read, those with the most values first."""
        ranked = sorted(self._left.items(), key=lambda item: -item[1][0])
        told = [
            self._notice(column, *counted, suggest=n < MAX_NAMED)
            for n, (column, counted) in enumerate(ranked[:MAX_NAMED])
        ]
        more = len(ranked) - len(told)
        if more or self._more:
            told.append(Loss(f"and {more} {self.noun}s more are not read"))
        return tuple(told)

    def _notice(
        self, column: str, count: int, value: object, line: int | None, *, suggest: bool
    ) -> Loss:
        name = column[:_LONGEST_NAME]
        where = f", first in line {line}" if line is not None and count > 1 else ""
        where = f" in line {line}" if line is not None and count == 1 else where
        papers = "" if count == 1 else f" ({count} papers{where})"
        filled = {field for _, field in self._kept}
        known = [one for one, field in self._known.items() if suggest and field not in filled]
        hint = did_you_mean(name.lower(), known) if known else ""
        read = any(kept == column for kept, _ in self._kept)
        what = "is not read where it holds" if read else "is not read: it holds"
        end = where if count == 1 else papers
        return Loss(f"{self.noun} {shown(name)} {what} {example(value)}{end}{hint}")

    def __iter__(self) -> Iterator[Column]:
        """Yield what became of each column, kept ones first, in the order of the listing."""
        for (column, field), (count, value) in self._kept.items():
            yield Column(name=column, field=field, count=count, example=example(value))
        for column, (count, value, _) in self._left.items():
            yield Column(name=column, field=None, count=count, example=example(value))


def example(value: object) -> str:
    """Return the beginning of a value, for a message."""
    if isinstance(value, str):
        return shown(value, _LONGEST_EXAMPLE)
    return shown(_brief(value, 4), _LONGEST_EXAMPLE).strip('"')


def _brief(value: object, depth: int) -> object:
    """Return a value without what its first line would not show: it may be large, or deep."""
    if isinstance(value, str):
        return value[:_LONGEST_EXAMPLE]
    if isinstance(value, Mapping):
        if not depth:
            return "{...}"
        first = [*zip(value.items(), range(4), strict=False)]
        return {str(key)[:40]: _brief(one, depth - 1) for (key, one), _ in first}
    if isinstance(value, (list, tuple)):
        return [_brief(one, depth - 1) for one in value[:4]] if depth else "[...]"
    return value


class Record(Mapping[str, Any]):
    """A record's values by name, which remembers what was taken from it.

    `record[name]` and `record.get(name)` take a value; `keep` takes the first value that makes
    sense. `close` reports what was left. `path` stands before names in messages ("paper.").
    """

    __slots__ = ("_columns", "_left", "_line", "_path", "_values")

    def __init__(
        self,
        values: Mapping[str, Any],
        columns: Columns,
        *,
        noise: Collection[str] = (),
        path: str = "",
        line: int | None = None,
    ) -> None:
        self._values = values
        self._columns = columns
        self._left = set(values).difference(noise)
        self._path = path
        self._line = line

    def __getitem__(self, name: str) -> Any:
        value = self._values[name]
        if name in self._left:
            self._left.discard(name)
            self._columns.keep(self._path + name, "", value)
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """Take a value, `default` where there is none."""
        return self[name] if name in self._values else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def keep(self, field: str, read: Callable[[Any], _T | None], *names: str) -> _T | None:
        """Return the first of some columns' values that `read` makes something of, kept in
        `field`; None where it makes nothing of any.

        Further columns that say the same are taken too, since nothing of them is lost.
        """
        found: _T | None = None
        for name in names:
            value = self._values.get(name)
            if value is None or value == "":
                continue
            if found is None:
                made = read(value)
                if made is None or made == "" or made == ():
                    continue
                found = made
            elif read(value) != found:
                continue
            if name in self._left:
                self._left.discard(name)
                self._columns.keep(self._path + name, field, value)
        return found

    def inner(self, name: str, noise: Collection[str] = ()) -> Record:
        """Return the object in a column as a record of its own, an empty one where there is none.

        It is to be closed for itself.
        """
        value = self._values.get(name)
        if not isinstance(value, Mapping):
            return Record({}, self._columns)
        self._left.discard(name)
        return Record(
            value, self._columns, noise=noise, path=f"{self._path}{name}.", line=self._line
        )

    def value(self, name: str) -> Any:
        """Return a value without taking it."""
        return self._values.get(name)

    def is_left(self, name: str) -> bool:
        """Return whether a column was not taken so far."""
        return name in self._left

    def ignore(self, name: str) -> None:
        """Pass over a column that is known to be noise."""
        self._left.discard(name)

    def same(self, field: str, name: str, value: object) -> None:
        """Take a column that says again what a field holds; one that says else is left."""
        if name in self._left and self._values[name] == value:
            self._left.discard(name)
            self._columns.keep(self._path + name, field, value)

    def close(self) -> None:
        """Report what was left: every column that says something and was not taken."""
        for name in self._values if self._left else ():
            if name in self._left:
                self._columns.leave(self._path + str(name), self._values[name], self._line)
