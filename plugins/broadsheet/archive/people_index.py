"""All names of an archive, with their papers: looked up by parts, so that a new day reads what it
needs, however many names there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..incremental.plan import fingerprint
from ..io.cache import MALFORMED
from .archive import Archive
from .name_parts import NameParts, Uses
from .name_use import NameUse
from .people import KeptLines, Lines, PaperLine, PeopleStore, people_of

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
        self._part = lru_cache(maxsize=8)(self._parts.part)
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
    def parts(self) -> dict[str, str]:
        """The parts of all names that have pages, each with a fingerprint of what these show."""
        if not self._there:
            return {}
        return {
            name: part.told for name, part in sorted(self._parts.index.parts.items()) if part.pages
        }

    def part(self, name: str) -> Uses:
        """Return the names of a part that have pages, by their keys."""
        return self._part(name)

    def last_change(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Return the fingerprint that a part had before its last change, and the names whose pages
        that change made, changed or took away; ("", ()) where that is not known."""
        part = self._parts.index.parts[name]
        return part.was, part.differ

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
