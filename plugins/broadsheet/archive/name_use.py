"""A name and its papers: as a month has them, and as all months do. Pure.

A name's papers stand in rows, one for each of its days, oldest first: the day, the papers' numbers
on that day, and a hash of what their lines say. All rows are one text, a tenth of the memory of
tuples: "2025-08-07:12,40:5d41402abc 2025-09-01:3:7d793037a0".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

_NUMBERS = re.compile(r":[0-9,]+:")


class NameUse(NamedTuple):
    """A name as it was last written, and the rows of its papers. `spelled` says from which day on
    it was written how, where it was not always written the same."""

    name: str
    rows: str
    spelled: tuple[tuple[str, str], ...] = ()

    @property
    def total(self) -> int:
        """The count of its papers."""
        return self.rows.count(",") + self.rows.count(" ") + 1

    @property
    def papers(self) -> Iterator[tuple[str, int]]:
        """Its papers, oldest first, each by its ISO date and its number on that day."""
        for row in self.rows.split():
            iso, numbers, _ = row.split(":")
            for number in numbers.split(","):
                yield iso, int(number)

    @property
    def told(self) -> str:
        """All that its page says of the name and its papers: where these stand among the others of
        their days is left out."""
        return f"{self.name} {_NUMBERS.sub(':', self.rows)}"

    def of_months(self) -> Iterator[tuple[str, str]]:
        """Yield its months, oldest first, each with a text of all that it has of that month."""
        if len(self.rows) < _ONE_ROW and not self.spelled:
            yield self.rows[:7], f"{self.rows} {self.name}\n"
            return
        months: dict[str, list[str]] = {}
        for row, name in _spelled_rows(self):
            months.setdefault(row[:7], []).append(f"{row} {name}\n")
        for month, rows in months.items():
            yield month, "".join(rows)

    def linked(self, least: int) -> dict[str, str]:
        """Return the months by whose end it had its `least` papers, each with the ISO date of the
        first of its days there by which it had."""
        found: dict[str, str] = {}
        count = 0
        for row in self.rows.split():
            count += row.count(",") + 1
            if count >= least:
                found.setdefault(row[:7], row[:10])
        return found


_ONE_ROW = 24  # characters: fewer than two rows can have


def row_of(iso: str, numbers: Sequence[int], stamps: Sequence[str]) -> str:
    """Return the row of a day's papers, by their numbers on it and the hashes of their lines."""
    stamp = stamps[0]
    if len(stamps) > 1:
        stamp = blake2b("".join(stamps).encode(), digest_size=5).hexdigest()
    return f"{iso}:{','.join(map(str, numbers))}:{stamp}"


def use_of(rows: Iterable[tuple[str, str]]) -> NameUse:
    """Return the use of a name, of one row or more with how the name is written there."""
    found: list[str] = []
    spelled: list[tuple[str, str]] = []
    for row, name in rows:
        found.append(row)
        if not spelled or spelled[-1][1] != name:
            spelled.append((row[:10], name))
    return NameUse(spelled[-1][1], " ".join(found), tuple(spelled) if len(spelled) > 1 else ())


def with_month(use: NameUse | None, month: str, added: NameUse | None) -> NameUse | None:
    """Return a use with what a month has of the name (`added`) in place of what it had; None where
    no paper is left."""
    if use is None:
        return added
    if added is None and f"{month}-" not in use.rows:
        return use
    later = use.rows[use.rows.rfind(" ") + 1 :][:7] < month
    if added and later and use.name == added.name and not use.spelled and not added.spelled:
        return NameUse(use.name, f"{use.rows} {added.rows}")
    rows = [pair for pair in _spelled_rows(use) if pair[0][:7] != month]
    if added is not None:
        rows += _spelled_rows(added)
    return use_of(sorted(rows)) if rows else None


def _spelled_rows(use: NameUse) -> Iterator[tuple[str, str]]:
    """Yield the rows of a use, each with how the name is written there."""
    name, spelled = use.name, dict(use.spelled)
    for row in use.rows.split():
        name = spelled.get(row[:10], name)
        yield row, name


def told_of(key: str, use: NameUse) -> str:
    """Return a hash of all that the page of a name says, by its key and its use."""
    text = f"{key} {use.told}".encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=12).hexdigest()


def month_stamps(uses: Mapping[str, NameUse]) -> dict[str, str]:
    """Return a fingerprint of all that some names have of each month."""
    totals: dict[str, list[str]] = {}
    for key, use in sorted(uses.items()):
        for month, text in use.of_months():
            totals.setdefault(month, []).append(f"{key} {text}")
    return {
        month: blake2b("".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        for month, texts in totals.items()
    }
