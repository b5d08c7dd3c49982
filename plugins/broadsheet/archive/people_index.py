"""All names of an archive, with their papers: looked up by parts, so that a new day reads what it
needs, however many names there are. Pages are planned by groups of neighbouring parts: a plan has
a record of each group, which every build reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..incremental.plan import fingerprint
from ..io.cache import MALFORMED
from .archive import Archive
from .name_parts import NameParts, Uses
from .name_use import NameUse
from .people import KeptLines, Lines, PaperLine, PeopleStore, people_of

_GROUPED = 2  # bits of a hash, by which a group's parts differ
_NO_PAGES = fingerprint([])  # what a part without pages tells
_LINES = 1 << 15  # papers' lines in memory, of about 0.5 kB each


class Use(NamedTuple):
    """A name in the list of those with most papers."""

    key: str
    name: str
    total: int  # papers


class People:
    """The names of an archive. Names with `least` papers have pages; 0 is for none."""

    def __init__(self, archive: Archive, kept: PeopleStore, code: str, least: int) -> None:
        self._archive = archive
        self._kept = kept
        self.least = least
        self._there = bool(least and archive.keys)
        months = {key: archive.months[key].people for key in archive.keys}
        self._parts = NameParts(kept.store, code, months, self._names, least)
        self._by_day = lru_cache(maxsize=4)(self._read_days)
        self._part = lru_cache(maxsize=8 << _GROUPED)(self._parts.part)
        self.linked = lru_cache(maxsize=4)(self._read_linked)
        """Return the names of a month that had their `least` papers by its end, each with the ISO
        date of the first of its days whose papers link it. Later papers change nothing of it, so
        that a paper's page stays as it is."""
        self.line = lru_cache(maxsize=_LINES)(self._read_line)
        """Return a paper's line, by its ISO date and its number on that day."""
        self._lines: dict[str, KeptLines | Lines] = {}

    def around(self, key: str) -> str:
        """Return a fingerprint of all that `linked` says of a month."""
        return self._parts.index.linked[key] if self._there else ""

    def linked_on(self, when: date) -> frozenset[str]:
        """Return the names that a day's papers link."""
        iso = when.isoformat()
        return frozenset(key for key, day in self.linked(iso[:7]).items() if day <= iso)

    def around_day(self, when: date) -> str:
        """Return a fingerprint of `linked_on`, which no later day changes."""
        iso = when.isoformat()
        return max(pair for pair in self._by_day(iso[:7]) if pair[0] <= iso)[1]

    def _read_days(self, month: str) -> list[tuple[str, str]]:
        """Return fingerprints of all names that are linked up to each of a month's days."""
        by_day: dict[str, list[str]] = {}
        for key, day in self.linked(month).items():
            by_day.setdefault(day, []).append(key)
        days = [("", "")]
        for day, keys in sorted(by_day.items()):
            days.append((day, fingerprint(days[-1], sorted(keys))))
        return days

    def _read_linked(self, key: str) -> Mapping[str, str]:
        return self._parts.linked(key) if self._there else {}

    @property
    def groups(self) -> dict[str, str]:
        """The groups of names that have pages, each with a fingerprint of what these show."""
        if not self._there:
            return {}
        told: dict[str, list[tuple[str, str]]] = {}
        for name, part in sorted(self._parts.index.parts.items()):
            if part.pages:
                told.setdefault(_group_of(name), []).append((name, part.told))
        return {group: fingerprint(parts) for group, parts in sorted(told.items())}

    def group(self, name: str, among: Collection[str] | None = None) -> Uses:
        """Return the names of a group that have pages, by their keys; where `among` is given, those
        that the parts of these keys have."""
        parts = self._parts_of(name)
        if among is not None:
            wanted = set(map(self._parts.part_of, among))
            parts = (part for part in parts if part in wanted)
        return {key: use for part in parts for key, use in self._part(part).items()}

    def last_change(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Return the fingerprint that a group had before the index last changed, and the names
        whose pages that made, changed or took away; ("", ()) where that is not known."""
        before: list[tuple[str, str]] = []
        differ: list[str] = []
        for part in self._parts_of(name):
            one = self._parts.index.parts[part]
            was = one.was or one.told
            differ += one.differ
            if was != _NO_PAGES:
                before.append((part, was))
        return (fingerprint(before), tuple(differ)) if differ else ("", ())

    def _parts_of(self, group: str) -> Iterator[str]:
        """Yield the parts of a group, as `groups` has them."""
        first = int(group, 16) << _GROUPED
        names = sorted(f"{first + number:x}" for number in range(1 << _GROUPED))
        return (name for name in names if name in self._parts.index.parts)

    def has_page(self, key: str) -> bool:
        """Return whether a name has a page."""
        if not self._there:
            return False
        return key in self._part(self._parts.part_of(key))

    def top(self, kind: str) -> list[Use]:
        """Return the names of a kind that have pages and most papers."""
        ranking = self._parts.index.top.get(kind) if self._there else None
        return [Use(*row) for row in ranking.top] if ranking else []

    def _read_line(self, iso: str, number: int) -> PaperLine:
        month = iso[:7]
        lines = self._lines.get(month)
        if lines is None:
            lines = self._kept.lines(month, self._archive.months[month].people)
            if lines is None:
                lines = self._made_lines(month)
            self._lines[month] = lines
        try:
            return lines.line(iso, number) if isinstance(lines, KeptLines) else lines[iso][number]
        except MALFORMED:  # of another shape than was written
            made = self._lines[month] = self._made_lines(month)
            return made[iso][number]

    def _made_lines(self, month: str) -> Lines:
        return people_of(self._archive.month(month))[1]

    def _names(self, key: str) -> Mapping[str, NameUse]:
        """Return the names of a month, as they are kept; else of its papers."""
        summary = self._archive.months[key]
        known = self._kept.names(key, summary.people)
        if known is None or known.count != summary.count:
            month = self._archive.month(key)
            self._kept.keep(month, summary.people)
            known = people_of(month)[0]
        return known.names


def _group_of(part: str) -> str:
    return f"{int(part, 16) >> _GROUPED:x}"
