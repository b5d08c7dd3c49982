"""All names of an archive, with their papers: looked up by parts, so that a new day reads what it
needs, however many names there are.

The two newest months are open. The names of all months before them are in the closed index, cut by
the first bits of their keys' hashes into parts of some dozen names each. A month that closes is
added to it; it is made anew only where a closed month changes. Of it, a new day reads the parts of
the names that the open months had not yet, and those whose pages change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache, partial
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from ..incremental.plan import fingerprint
from .archive import Archive
from .people import MonthPeople, PaperLine, PeopleStore, people_of
from .reader import NEWEST

_PART = 256  # the most names in a part, on average, that have a page
TOP = 300
"""The most names of a kind that an index page lists."""


class NameUse(NamedTuple):
    """A name as it was last written, a hash of what its page says of its papers, and these, oldest
    first, by their numbers in each month: "2025-08:12,40 2025-09:3". One text is a tenth of the
    memory of pairs."""

    name: str
    stamp: str
    numbers: str

    @property
    def total(self) -> int:
        """The count of its papers."""
        return self.numbers.count(":") + self.numbers.count(",")

    @property
    def papers(self) -> Iterator[tuple[str, int]]:
        """Its papers, oldest first, each by its month and its number in the month."""
        for month in self.numbers.split():
            for number in month[8:].split(","):
                yield month[:7], int(number)


class _Index(msgspec.Struct, frozen=True):
    """The closed index without its parts: how many bits of a hash tell them, how many names have
    pages, a fingerprint of each part, and the names with most papers by kind."""

    bits: int
    pages: int
    parts: dict[str, str]
    top: dict[str, list[tuple[str, str, int]]]


class _Open(msgspec.Struct, frozen=True):
    """What the open months add: a fingerprint for each part that they touch, and the names with
    most papers by kind."""

    parts: dict[str, str]
    top: dict[str, list[tuple[str, str, int]]]


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
        self._store = kept.store
        self.least = least
        self._closed = archive.keys[:-NEWEST]
        self._open_keys = archive.keys[-NEWEST:]
        self._chain: dict[str, str] = {}
        stamp = fingerprint(code, least)
        for key in archive.keys:
            stamp = self._chain[key] = fingerprint(stamp, key, archive.months[key].people)
        self._code = code
        self._closed_stamp = self._stamp_of(self._closed[-1] if self._closed else None)
        self._all_stamp = fingerprint(self._closed_stamp, stamp)
        self._by_day = lru_cache(maxsize=4)(self._read_days)
        self._part = lru_cache(maxsize=8)(self._read_part)
        self.linked = lru_cache(maxsize=4)(self._link)
        """Return the names of a month that had their `least` papers by its end, each with the ISO
        date of the first of its days whose papers link it. Later papers change nothing of it, so
        that a paper's page stays as it is."""
        self._lines: dict[str, tuple[PaperLine, ...]] = {}
        self._open_names: dict[str, MonthPeople] = {}

    def _stamp_of(self, last: str | None) -> str:
        """Return the fingerprint of the closed index whose last month is this."""
        return fingerprint(self._code, self.least, self._chain[last] if last else "")

    # What pages ask

    def around(self, key: str) -> str:
        """Return a fingerprint of all that `linked` says of a month."""
        return self._chain[key] if self.least else ""

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

    def _link(self, key: str) -> Mapping[str, str]:
        if not self.least:
            return {}
        known = self._read_link(key)
        if known is None and key in self._open_keys:
            return self._link_open(key)
        if known is None:
            self._build()
            known = self._read_link(key)
        assert known is not None
        return known

    def _read_link(self, key: str) -> dict[str, str] | None:
        return self._store.read(f"{key}.linked", self._chain[key], dict[str, str])

    @property
    def parts(self) -> dict[str, str]:
        """The parts of all names, each with a fingerprint of its names and their papers."""
        if not self.least or not self._archive.keys:
            return {}
        closed, opened = self._index.parts, self._open.parts
        return {
            part: fingerprint(closed.get(part, ""), opened.get(part, ""))
            for part in sorted({*closed, *opened})
        }

    def part(self, name: str) -> dict[str, NameUse]:
        """Return the names of a part that have pages, by their keys."""
        uses = dict(self._part(name))
        for key in self._open_keys:
            people = self._names(key)
            for one in self._open_by_part[key].get(name, ()):
                uses[one] = _longer(uses.get(one), key, people, one)
        return {key: use for key, use in uses.items() if use.total >= self.least}

    def count(self, key: str) -> int:
        """Return how many papers a name has."""
        use = self._part(self._part_of(key)).get(key)
        opened = (self._names(month).names.get(key) for month in self._open_keys)
        return (use.total if use else 0) + sum(len(one.papers) for one in opened if one)

    def has_page(self, key: str) -> bool:
        """Return whether a name has a page."""
        return bool(self.least and self._archive.keys) and self.count(key) >= self.least

    def top(self, kind: str) -> list[Use]:
        """Return the names of a kind that have pages and most papers."""
        if not self.least or not self._archive.keys:
            return []
        return [Use(*row) for row in self._open.top.get(kind, ()) if row[2] >= self.least]

    def line(self, month: str, number: int) -> PaperLine:
        """Return a paper's line."""
        lines = self._lines.get(month)
        if lines is None:
            lines = self._kept.lines(month, self._archive.months[month].people)
            if lines is None or len(lines) != self._archive.months[month].count:
                lines = people_of(self._archive.month(month))[1]
            self._lines[month] = lines
        return lines[number]

    # The closed index

    @cached_property
    def _index(self) -> _Index:
        known = self._store.read("index", self._closed_stamp, _Index)
        return known or self._extended() or self._build()

    def _extended(self) -> _Index | None:
        """Return the index with the month that closed last, where the index before it is there
        and whole: of its parts those with names of the month are written anew."""
        if len(self._closed) < 2:
            return None
        before = self._store.read("index", self._stamp_of(self._closed[-2]), _Index)
        key = self._closed[-1]
        people = self._names(key)
        if before is None or before.pages > _PART << before.bits:
            return None
        by_part: dict[str, list[str]] = {}
        for name in people.names:
            by_part.setdefault(_part_of(name, before.bits), []).append(name)
        parts, pages = dict(before.parts), before.pages
        rows = {row[0]: row for rows in before.top.values() for row in rows}
        for part, names in by_part.items():
            uses: dict[str, NameUse] | None = {}
            if part in parts:
                uses = self._store.read(f"part-{part}", parts[part], dict[str, NameUse])
            if uses is None:
                return None
            for name in names:
                had = uses.get(name)
                use = uses[name] = _longer(had, key, people, name)
                pages += use.total >= self.least > (had.total if had else 0)
                rows[name] = (name, use.name, use.total)
            parts[part] = self._keep_part(part, uses)
        index = _Index(before.bits, pages, parts, _top(rows.values()))
        self._store.write("index", self._closed_stamp, index)
        return index

    def _build(self) -> _Index:
        """Make the closed index of all closed months, and say of each whom it links."""
        uses: dict[str, NameUse] = {}
        for key in self._closed:
            people = self._names(key)
            linked = {}
            for name in people.names:
                before = uses.get(name)
                use = uses[name] = _longer(before, key, people, name)
                if use.total >= self.least:
                    number = max(0, self.least - 1 - (before.total if before else 0))
                    linked[name] = people.days[people.names[name].papers[number]]
            self._store.write(f"{key}.linked", self._chain[key], linked)
        return self._write(uses)

    def _write(self, uses: Mapping[str, NameUse]) -> _Index:
        pages = sum(use.total >= self.least for use in uses.values())
        bits = 0
        while pages > _PART << bits:
            bits += 2  # by four, since all pages are rendered anew where parts are cut anew
        parts: dict[str, dict[str, NameUse]] = {}
        for key, use in uses.items():
            parts.setdefault(_part_of(key, bits), {})[key] = use
        index = _Index(
            bits,
            pages,
            {part: self._keep_part(part, one) for part, one in parts.items()},
            _top((key, use.name, use.total) for key, use in uses.items()),
        )
        self._store.write("index", self._closed_stamp, index)
        kept = {f"part-{part}" for part in parts}
        for name in self._store.names():
            if name.startswith("part-") and name not in kept:
                self._store.drop(name)
        self._index = index
        return index

    def _keep_part(self, part: str, uses: Mapping[str, NameUse]) -> str:
        """Keep a part, and return its fingerprint."""
        stamp = fingerprint(sorted((key, use.name, use.stamp) for key, use in uses.items()))
        self._store.write(f"part-{part}", stamp, uses)
        return stamp

    def _read_part(self, name: str) -> dict[str, NameUse]:
        if name not in self._index.parts:
            return {}
        known = self._store.read(f"part-{name}", self._index.parts[name], dict[str, NameUse])
        if known is None:
            stamp = self._build().parts[name]
            known = self._store.read(f"part-{name}", stamp, dict[str, NameUse])
        assert known is not None
        return known

    def _part_of(self, key: str) -> str:
        return _part_of(key, self._index.bits)

    # The open months

    def _names(self, key: str) -> MonthPeople:
        known = self._open_names.get(key)
        if known is None:
            summary = self._archive.months[key]
            known = self._kept.names(key, summary.people)
            if known is None or len(known.stamps) != summary.count:
                month = self._archive.month(key)
                self._kept.keep(month, summary.people)
                known = people_of(month)[0]
            if key in self._open_keys:
                self._open_names[key] = known
        return known

    @cached_property
    def _open_by_part(self) -> dict[str, dict[str, list[str]]]:
        months: dict[str, dict[str, list[str]]] = {}
        for month in self._open_keys:
            parts: dict[str, list[str]] = months.setdefault(month, {})
            for key in self._names(month).names:
                parts.setdefault(self._part_of(key), []).append(key)
        return months

    @cached_property
    def _before(self) -> dict[str, int]:
        """How many papers of closed months the names of the open ones have."""
        known = self._store.read("before", self._closed_stamp, dict[str, int]) or {}
        wanted = {key for month in self._open_keys for key in self._names(month).names}
        missing = sorted(wanted - known.keys(), key=partial(_part_of, bits=24))
        for key in missing:
            use = self._part(self._part_of(key)).get(key)
            known[key] = use.total if use else 0
        if missing:
            self._store.write("before", self._closed_stamp, known)
        return known

    def _link_open(self, key: str) -> dict[str, str]:
        """Return what `linked` does of an open month."""
        earlier = [self._names(month).names for month in self._open_keys if month < key]
        linked = {}
        people = self._names(key)
        for name, found in people.names.items():
            before = self._before[name]
            before += sum(len(names[name].papers) for names in earlier if name in names)
            if before + len(found.papers) >= self.least:
                number = found.papers[max(0, self.least - before - 1)]
                linked[name] = people.days[number]
        self._store.write(f"{key}.linked", self._chain[key], linked)
        return linked

    @cached_property
    def _open(self) -> _Open:
        known = self._store.read("open", self._all_stamp, _Open)
        if known is not None:
            return known
        parts: dict[str, list[object]] = {}
        counts: Counter[str] = Counter()
        spelled: dict[str, str] = {}
        for month in self._open_keys:
            people = self._names(month)
            for key, found in people.names.items():
                counts[key] += len(found.papers)
                spelled[key] = found.name
            for part, keys in self._open_by_part[month].items():
                for key in sorted(keys):
                    found = people.names[key]
                    papers = [(number, people.stamps[number]) for number in found.papers]
                    parts.setdefault(part, []).append((month, key, found.name, papers))
        rows = {row[0]: row for rows in self._index.top.values() for row in rows}
        for key, count in counts.items():
            rows[key] = (key, spelled[key], self._before[key] + count)
        made = _Open({part: fingerprint(rows) for part, rows in parts.items()}, _top(rows.values()))
        self._store.write("open", self._all_stamp, made)
        return made


def _longer(before: NameUse | None, month: str, people: MonthPeople, key: str) -> NameUse:
    """Return what a name's use becomes with its papers of one more month."""
    name, numbers = people.names[key]
    total = blake2b((before.stamp if before else "").encode(), digest_size=6)
    for number in numbers:
        total.update(people.stamps[number].encode())
    added = f"{month}:{','.join(map(str, numbers))}"
    return NameUse(name, total.hexdigest(), f"{before.numbers} {added}" if before else added)


def _top(rows: Iterable[tuple[str, str, int]]) -> dict[str, list[tuple[str, str, int]]]:
    kinds: dict[str, list[tuple[str, str, int]]] = {}
    for row in rows:
        kinds.setdefault(row[0].partition("/")[0], []).append(row)
    return {
        kind: sorted(found, key=lambda row: (-row[2], row[0]))[:TOP]
        for kind, found in sorted(kinds.items())
    }


def _part_of(key: str, bits: int) -> str:
    """Return the part that holds a key: the first bits of its hash, in hexadecimal."""
    if not bits:
        return "0"
    first = int.from_bytes(blake2b(key.encode(), digest_size=4).digest())
    return f"{first >> (32 - bits):x}"
