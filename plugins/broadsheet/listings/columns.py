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
MAX_ALONE = 3
"""Most columns that have a notice each; more share one."""
_T = TypeVar("_T")
_ALIKE = 80.0  # of 100: "titel" and "title", but not "jobtitle" and "subtitle"
_NOTHING = frozenset(("", "na", "n/a", "nan", "null", "none"))
_LONGEST_NOTHING = 4
_LONGEST_NAME = 80
_LONGEST_EXAMPLE = 60
_LONGEST_SHORT = 24  # of an example among many


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
    space, a word for nothing ("NA") or a list or object of such."""
    if isinstance(value, str):
        return value[:40].strip().lower() not in _NOTHING or len(value.strip()) > _LONGEST_NOTHING
    if isinstance(value, (list, tuple)):
        return not depth or any(holds(one, depth - 1) for one in value)
    if isinstance(value, Mapping):
        return not depth or any(holds(one, depth - 1) for one in value.values())
    return value is not None and value is not False


class Columns:
    """What became of the columns of one listing, over all its records.

    `noun` is what a column is called in the format ("column", "field", "element", "tag"); `known`
    are the names to suggest for one that is not read, with the field of each; those of fields that
    other columns fill are not suggested. `means` tells whether a name is known, however it is
    written: for such a name none is suggested.
    """

    def __init__(
        self,
        noun: str = "column",
        known: Mapping[str, str] = NONE,
        means: Callable[[str], object] | None = None,
    ) -> None:
        self.noun = noun
        self._means = means
        self._known = dict(known)
        self._kept: dict[tuple[str, str], list[Any]] = {}  # count and example, by column and field
        self._left: dict[str, list[Any]] = {}  # count, example, first line, by column
        self._more = 0

    def keep(self, column: str, field: str, value: object) -> None:
        """Count a value of a column as kept in a field, if it says anything."""
        if value is None or value is False or value == "" or value == []:
            return
        tally = self._kept.get((column, field))
        if tally is not None:
            tally[0] += 1
        elif len(self._kept) < MAX_COLUMNS:
            self._kept[column, field] = [1, value]

    def leave(self, column: str, value: object, line: int | None = None) -> None:
        """Count a value of a column as not read, if it says anything."""
        if not holds(value):
            return
        tally = self._left.get(column)
        if tally is not None:
            tally[0] += 1
        elif len(self._left) < MAX_COLUMNS:
            self._left[column] = [1, value, line]
        else:
            self._more += 1

    def notices(self) -> tuple[str, ...]:
        """Return notices of the columns that were not read, those with the most values first.

        One has a notice of its own where it may be misspelled or is read in other records; of the
        others, many share one.
        """
        ranked = sorted(self._left.items(), key=lambda item: -item[1][0])
        kept = {column for column, _ in self._kept}
        told = []
        plain = []
        for n, (column, counted) in enumerate(ranked):
            hint = self._hint(column) if n < MAX_NAMED else ""
            if hint or column in kept:
                told.append(self._notice(column, counted, hint, column in kept))
            else:
                plain.append((column, counted))
        if len(told) > MAX_NAMED:
            more = len(told) - MAX_NAMED
            told[MAX_NAMED:] = [Loss(f"and {more} {self.noun}s more are read in part only")]
        if len(plain) <= MAX_ALONE and not self._more:
            told += [self._notice(column, counted) for column, counted in plain]
        else:
            told.append(self._shared(plain))
        return tuple(told)

    def _shared(self, columns: list[tuple[str, list[Any]]]) -> Loss:
        """Return one notice for many columns."""
        named = [
            f"{shown(column[:_LONGEST_NAME])} ({example(value, _LONGEST_SHORT)})"
            for column, (_, value, _) in columns[:MAX_NAMED]
        ]
        count = len(columns) + self._more
        more = count - len(named)
        end = f" and {more} more" if more else ""
        return Loss(f"{count} {self.noun}s are not read: {', '.join(named)}{end}")

    def _hint(self, column: str) -> str:
        """Return which known name a column's may be meant to be, if that field is not filled."""
        filled = {field for _, field in self._kept}
        known = [one for one, field in self._known.items() if field not in filled]
        name = column[:_LONGEST_NAME].lower()
        last = column.rpartition(".")[2]
        if not known or last.lower() in self._known or (self._means and self._means(last)):
            return ""
        return did_you_mean(name, known, least=_ALIKE)

    def _notice(self, column: str, counted: list[Any], hint: str = "", read: bool = False) -> Loss:
        """Return the notice of a column; `read` says that it is read in other records."""
        count, value, line = counted
        name = column[:_LONGEST_NAME]
        where = f", first in line {line}" if line is not None and count > 1 else ""
        where = f" in line {line}" if line is not None and count == 1 else where
        papers = "" if count == 1 else f" ({count} papers{where})"
        what = "is not read where it holds" if read else "is not read: it holds"
        end = where if count == 1 else papers
        return Loss(f"{self.noun} {shown(name)} {what} {example(value)}{end}{hint}")

    def __iter__(self) -> Iterator[Column]:
        """Yield what became of each column, kept ones first, in the order of the listing."""
        for (column, field), (count, value) in self._kept.items():
            yield Column(name=column, field=field, count=count, example=example(value))
        for column, (count, value, _) in self._left.items():
            yield Column(name=column, field=None, count=count, example=example(value))


def example(value: object, longest: int = _LONGEST_EXAMPLE) -> str:
    """Return the beginning of a value, for a message: that many characters at most."""
    if isinstance(value, str):
        return shown(value, longest)
    return shown(_brief(value, 4), longest).strip('"')


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

    def take(self, field: str, name: str) -> Any:
        """Take a value that makes up a field together with others; None where there is none."""
        value = self._values.get(name)
        if name in self._left:
            self._left.discard(name)
            self._columns.keep(self._path + name, field, value)
        return value

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
