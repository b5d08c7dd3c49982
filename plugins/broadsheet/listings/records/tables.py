"""Tables of papers in CSV: which delimiter parts the cells, whether the first line is a header, and
the rows as records.

A table is known by a header that names a title and one more field or, whatever its names, by rows
of as many cells each, one of which is an address or an id.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ...counts import counted
from ...errors import ListingError, shown
from ..columns import Loss
from ..fields.field_names import TITLES, field_of, normal
from ..model import Listing
from ..untrusted import jsons, relaxed_json
from .identity import named
from .reader import listing

DELIMITERS = ",;\t|"
_HEADER = 2_000  # characters of a first line that are looked at
_ABOVE = 12  # lines that may stand above a header
_SAMPLE = 40  # rows
_LEAST = 3  # rows of a table whose first column has the names
_SAMPLE_TEXT = 60_000  # characters of these
_LONGEST_NAME = 60  # of a column
_MOST_RESTARTS = 20
_HYPERLINK = re.compile(
    r'=HYPERLINK\(\s*"((?:[^"]|""){1,2000})"\s*(?:[;,]\s*"((?:[^"]|""){0,2000})"\s*)?\)', re.I
)
_MARKED = ("#", "- ", "* ", "+ ", "|", ">", "[", "(", "%", "\\", "@")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is written: its delimiter, whether its first line names the columns, and how
    many lines stand above that."""

    delimiter: str
    header: bool
    above: int = 0


def shape(text: str) -> Shape | None:
    """Return how a table is written; None for a text that is none."""
    first = text.lstrip("\n").partition("\n")[0][:_HEADER]
    if found := _named(text):
        return found
    if first.startswith(_MARKED):
        return None
    return next((found for delimiter in DELIMITERS if (found := _regular(text, delimiter))), None)


def _named(text: str) -> Shape | None:
    """Return the shape of a table whose header is known by its names: the first line, or one of
    the next, below what programs write above it ("sep=;", what was searched for, and when)."""
    line = 0
    above: list[str] = []  # what stands above the line
    for n, first in enumerate(text[: _ABOVE * _HEADER].split("\n")[:_ABOVE]):
        if not first.strip():
            continue
        if line and first.lstrip().startswith(_MARKED):
            return None
        for delimiter in DELIMITERS:
            names = [part.strip(" \"'") for part in first[:_HEADER].split(delimiter)]
            fields = {known[0] for name in names if (known := field_of(name))}
            strong = any(normal(name) in TITLES for name in names)
            if "title" not in fields or len(fields) < 2:
                continue
            short = all(len(name) <= _LONGEST_NAME for name in names)
            padded = line > 0 and short and _is_padded(above, delimiter, len(names))
            if (
                (line == 0 and len(names) == len(set(names)))
                or (strong and (line == 0 or short))
                or padded
            ):
                return Shape(delimiter, True, n if line else 0)
        above.append(first)
        line += 1
    return None


def _is_padded(above: list[str], delimiter: str, width: int) -> bool:
    """Return whether lines are rows of as many cells as a header below has, of which one is filled
    at most: spreadsheets write a heading so, and an empty row."""
    rows = [line.split(delimiter) for line in above]
    return width > 2 and all(
        len(row) == width and sum(bool(cell.strip(' "')) for cell in row) < 2 for row in rows
    )


def turned(text: str) -> str | None:
    """Return a table whose first column has the names, turned so that its first row has them; None
    for any other text."""
    for delimiter in DELIMITERS:
        rows = _sample(text, delimiter)
        width = len(rows[0]) if rows else 0
        if not _LEAST <= len(rows) < _SAMPLE or width < 2 or any(len(r) != width for r in rows):
            continue
        names = [row[0].strip(" :") for row in rows]
        known = [bool(field_of(name)) and len(name) <= _LONGEST_NAME for name in names]
        titled = any(normal(name) in TITLES for name in names)
        first = any(field_of(cell) for cell in rows[0][1:] if len(cell) <= _LONGEST_NAME)
        if (
            titled
            and not first
            and sum(known) * 4 >= len(rows) * 3
            and len(set(names)) == len(names)
            and (whole := _whole(text, delimiter))
            and all(len(row) == width for row in whole)
        ):
            return written([list(row) for row in zip(*whole, strict=True)])
    return None


def written(rows: list[list[Any]]) -> str:
    """Return rows of JSON as a table's text."""
    table = io.StringIO()
    csv.writer(table).writerows(
        [cell if isinstance(cell, (str, int, float)) else json.dumps(cell) for cell in row]
        for row in rows
    )
    return table.getvalue().replace("\r\n", "\n")


def _regular(text: str, delimiter: str) -> Shape | None:
    """Return the shape of a table that is known by its rows alone, or by these and a title."""
    rows = _sample(text, delimiter)
    width = len(rows[0]) if rows else 0
    even = [row for row in rows if len(row) == width]
    if len(rows) < 2 or width < 2 or len(even) * 10 < len(rows) * 9:
        return None
    names = [cell.strip() for cell in rows[0]]
    if any(normal(name) in TITLES for name in names):
        return Shape(delimiter, True)
    for column in range(width):
        linked = [bool(named("", [row[column]], page=True).found) for row in even]
        if sum(linked[1:]) * 5 >= (len(linked) - 1) * 4:
            is_header = (
                not linked[0]
                and all(0 < len(name) <= _LONGEST_NAME for name in names)
                and len(set(names)) == width
            )
            return Shape(delimiter, is_header) if is_header or linked[0] else None
    return None


def _sample(text: str, delimiter: str) -> list[list[str]]:
    """Return the first rows of a text as a table, as far as these can be read."""
    rows: list[list[str]] = []
    reader = csv.reader(
        _lines(text[:_SAMPLE_TEXT]), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) >= _SAMPLE:
                return rows
    except csv.Error:
        return rows  # those above it are enough, or too few
    if len(text) > _SAMPLE_TEXT:
        del rows[-1:]  # it may be cut
    return rows


def _whole(text: str, delimiter: str) -> list[list[str]]:
    """Return all rows of a text as a table; none where one of them can't be read."""
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        return [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        return []


def read(text: str, *, file: str) -> Listing | None:
    """Read a text that is a table, also one whose first column has the names; None for others."""
    text = turned(text) or text
    found = shape(text)
    return parse(text, found, file=file) if found else None


def parse(text: str, found: Shape, *, file: str) -> Listing:
    """Read a table. A row that can't be read is left out with a notice; raises `ListingError`
    where no row is a paper, or the last one is cut off."""
    made = listing("csv", _records(text, found, file), file=file)
    above = [
        line.strip(f" {found.delimiter}\r") for line in text.split("\n", found.above)[: found.above]
    ]
    above = [line for line in above if line]
    if not above or (len(above) == 1 and above[0].startswith("sep=")):
        return made
    told = Loss(f"what stands above the header is not read: {shown(' / '.join(above))}")
    return replace(made, notices=(told, *made.notices))


def _lines(text: str, start: int = 0) -> Iterator[str]:
    """Yield lines with their ends, so that a quoted cell may go over several."""
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _rows(text: str, shape: Shape, file: str) -> Iterator[tuple[int, list[str] | ListingError]]:
    """Yield each row with its line. One whose quotes can't be told is left out, and reading goes
    on in the line below the one where it starts; a few times, since that reads lines again."""
    at, above = 0, shape.above  # where reading starts, and how many lines stand above
    for _ in range(above):
        at = text.find("\n", at) + 1
    for restarts in range(_MOST_RESTARTS + 1):
        reader = csv.reader(
            _lines(text, at), delimiter=shape.delimiter, strict=True, skipinitialspace=True
        )
        while True:
            before = reader.line_num
            try:
                row = next(reader, None)
            except csv.Error as error:
                yield (
                    above + before + 1,
                    ListingError(
                        f"the CSV is broken ({error}); expected rows as the header names them",
                        file=file,
                        line=above + before + 1,
                    ),
                )
                break
            if row is None:
                return
            yield above + before + 1, row
        for _ in range(before + 1):
            at = text.find("\n", at) + 1 or len(text)
        above += before + 1
        if at >= len(text):
            return
        if restarts == _MOST_RESTARTS:
            rest = text.count("\n", at)
            yield (
                above + 1,
                ListingError(
                    f"the CSV is broken {_MOST_RESTARTS} times; "
                    f"{counted(rest, 'line is', 'lines are')} not read",
                    file=file,
                    line=above + 1,
                ),
            )


def _records(
    text: str, found: Shape, file: str
) -> Iterator[tuple[int | None, dict[str, Any] | ListingError]]:
    header: list[str] | None = None
    odd: ListingError | None = None
    for line, row in _rows(text, found, file):
        if isinstance(row, ListingError):
            yield row.line, row
            continue
        if not any(cell.strip() for cell in row):
            continue
        if odd is not None:
            yield odd.line, odd
            odd = None
        if header is None and found.header:
            header = _names(row)
            continue
        header = header or [f"column {n}" for n in range(1, len(row) + 1)]
        if len(row) > len(header) and not any(map(str.strip, row[len(header) :])):
            row = row[: len(header)]
        if len(row) != len(header):
            odd = ListingError(
                f"a row has {len(row)} cells; expected {len(header)}, as in the header "
                f"({shown(' '.join(row))})",
                file=file,
                line=line,
            )
        else:
            yield line, _told(dict(zip(header, map(_said, row), strict=True)))
    if odd is not None:  # cut off, and who knows how many papers with it
        raise odd


def _told(record: dict[str, Any]) -> dict[str, Any]:
    """Return a row with the addresses that formulas of spreadsheets link its cells to
    (=HYPERLINK("https://...";"words")) in columns of their own."""
    linked = {
        name: found
        for name, cell in record.items()
        if isinstance(cell, str) and cell.startswith("=") and (found := _HYPERLINK.fullmatch(cell))
    }
    for name, found in linked.items():
        address, words = (part and part.replace('""', '"') for part in found.groups())
        record[name] = words or address
        if words:
            record.setdefault(f"{name} link", address)
    return record


def _said(cell: str) -> Any:
    """Return what a cell says: spreadsheets keep an id's zeros by a formula, ="2601.00010", and
    programs write objects as JSON or Python have them."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 3:
        return cell[2:-1]
    if cell in ("NaN", "nan"):  # as pandas writes that there is nothing
        return ""
    if cell.startswith("{") and cell.endswith("}") and (written := relaxed_json.strict(cell)):
        try:
            return jsons.load(written, file="")
        except ListingError:
            return cell
    return cell


def _names(row: list[str]) -> list[str]:
    """Return the names of a header, each once."""
    names: dict[str, None] = {}
    for n, cell in enumerate(row, 1):
        name = cell.strip() or f"column {n}"
        names[name if name not in names else f"{name} ({n})"] = None
    return list(names)
