"""The index of all names: kept in parts, and brought in line month by month.

Names are cut into parts by the first bits of their keys' hashes, so that a part has some dozens of
names with pages: a day names one or two of a part, and the others are read and written with them.
The index remembers of each month what it has of it: a month that changed, by a new day or by an
edit of an old one, is read with what each part had of it, and only the parts in which names differ
are written. Which names the papers of a month link is kept with it, and written where one changed.

A part's file carries its fingerprint, which the index has, and is written before the index: where
a build was interrupted, or a file is damaged or gone, all is made anew of the months' names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple, TypeVar

import msgspec

from ..incremental.plan import data_fingerprint, fingerprint
from ..io.cache import Store, encode
from ..io.parallel import in_background
from .name_ranking import Ranking, rankings
from .name_use import NameUse, month_stamps, told_of, with_month

_PART = 64  # the most names in a part, on average, that have a page
_MANY = 24  # months, of which the index is made in a process of its own
_HASHED = 32  # bits of a key's hash
_INDEX = "index"
_HEX = re.compile(r"[0-9a-f]+\Z")
_OF_MONTH = re.compile(r"\d{4}-\d{2}\.")

_Value = TypeVar("_Value")
Uses = dict[str, NameUse]
"""Names by their keys."""


class NamePart(NamedTuple):
    """A part: a fingerprint of all that it has, one of what its pages show, and their count; where
    the last change of the index changed pages, the latter fingerprint before, and the names."""

    stamp: str
    told: str
    pages: int
    was: str = ""
    differ: tuple[str, ...] = ()


class HeldNames(msgspec.Struct, frozen=True, array_like=True):
    """All names of a part by their keys, and of those that have pages a hash of what these show."""

    names: Uses
    told: dict[str, str]

    @property
    def paged(self) -> Uses:
        """The names that have pages."""
        return {key: self.names[key] for key in self.told}


class Index(msgspec.Struct, frozen=True):
    """The index without its parts. `bits` of a hash tell these; `months` are those it is made of,
    each with the fingerprint of its names; `linked` has a fingerprint of whom each links."""

    bits: int
    months: dict[str, str]
    parts: dict[str, NamePart]
    linked: dict[str, str]
    top: dict[str, Ranking]

    @property
    def is_whole(self) -> bool:
        """Whether it tells whom each of its months links, and no part that its bits can't tell: a
        part's name is one of files, too."""
        digits = max(1, -(-self.bits // 4))
        return (
            self.months.keys() == self.linked.keys()
            and 0 <= self.bits <= _HASHED
            and all(len(part) <= digits and _HEX.match(part) for part in self.parts)
        )

    @property
    def pages(self) -> int:
        """The count of names that have pages."""
        return sum(part.pages for part in self.parts.values())


class _LostError(Exception):
    """Something that the index needs is not kept: it is made anew."""


class NameParts:
    """The index in a store, brought in line with `months`: the fingerprints of all months' names.
    `names` reads those of a month. Names with `least` papers have pages."""

    def __init__(
        self,
        store: Store,
        code: str,
        months: Mapping[str, str],
        names: Callable[[str], Mapping[str, NameUse]],
        least: int,
    ) -> None:
        self._store = store
        self._stamp = fingerprint(code, least)
        self._months = months
        self._names = names
        self._least = least
        self._index: Index | None = None
        self._unkept: dict[str, HeldNames] = {}  # parts with names that no file can hold
        self._written: dict[str, HeldNames] = {}  # parts that changed, until their pages are made

    @property
    def index(self) -> Index:
        """The index; brought in line where it is first asked for."""
        if self._index is None:
            before = self._store.read(_INDEX, self._stamp, Index)
            try:
                if before is None or not before.is_whole:
                    raise _LostError
                same = before.months == self._months
                self._index = before if same else self._updated(before)
            except _LostError:
                # The names of many months leave memory that no later object fits.
                apart = len(self._months) > _MANY
                self._written.clear()  # here, too: they were cut otherwise
                self._index = in_background(self._anew)() if apart else self._anew()
        assert self._index is not None
        return self._index

    def part(self, name: str) -> Uses:
        """Return the names of a part that have pages, by their keys."""
        if name not in self.index.parts:
            return {}
        written = self._written.pop(name, None)
        return (written or self._read(lambda index: self._read_part(index, name))).paged

    def part_of(self, key: str) -> str:
        """Return the part that holds a name."""
        return _part_of(key, self.index.bits)

    def linked(self, month: str) -> dict[str, str]:
        """Return the names that had their `least` papers by the end of a month, of those that it
        has, each with the ISO date of the first of its days whose papers link it."""
        return self._read(lambda index: self._read_linked(index, month))

    def _read(self, read: Callable[[Index], _Value]) -> _Value:
        """Return what is read of the index; of a new one where what was asked for is lost."""
        try:
            return read(self.index)
        except _LostError:
            self._index = self._anew(self.index)
            return read(self._index)

    # Brought in line

    def _updated(self, before: Index) -> Index:
        """Return the index with the months that changed. Raises _LostError where it must be made
        anew."""
        changed = [
            month
            for month in sorted({*before.months, *self._months})
            if before.months.get(month) != self._months.get(month)
        ]
        if len(changed) > 2 and len(changed) * 2 > len(self._months):
            raise _LostError  # quicker so
        stamps: dict[str, dict[str, str]] = {}
        touched: dict[str, dict[str, Uses]] = {}  # what months have of parts, where it differs
        for month in changed:
            had = self._read_stamps(before, month)
            cut = self._cut(month, before.bits)
            now = {part: month_stamps(uses)[month] for part, uses in cut.items()}
            stamps[month] = now
            for part in had.keys() | now.keys():
                if had.get(part) != now.get(part):
                    touched.setdefault(part, {})[month] = cut.get(part, {})
        parts = {name: one._replace(was="", differ=()) for name, one in before.parts.items()}
        pages: dict[str, tuple[NameUse | None, NameUse | None]] = {}  # as they were and are
        for part, months in touched.items():
            pages |= self._update_part(before, parts, part, months)
        top = rankings(before.top, {key: now for key, (_, now) in pages.items()})
        linked = self._relinked(before, pages)
        index = Index(before.bits, dict(self._months), parts, linked, top)
        if not _fits(index.bits, index.pages) or not all(one.enough for one in top.values()):
            raise _LostError
        for month in changed:
            self._keep_stamps(month, index.bits, stamps[month])
        self._store.write(_INDEX, self._stamp, index)
        if before.months.keys() - self._months.keys():
            self._forget_months()
        return index

    def _update_part(
        self, before: Index, parts: dict[str, NamePart], part: str, months: Mapping[str, Uses]
    ) -> dict[str, tuple[NameUse | None, NameUse | None]]:
        """Bring a part in line with what months have of it now; return its names that had a page
        or have one and differ, as they were and as they are."""
        held = self._read_part(before, part)
        changed = _with_months(held.names, months)
        pages: dict[str, tuple[NameUse | None, NameUse | None]] = {}
        names, told = dict(held.names), dict(held.told)
        for key, use in changed.items():
            pair = self._paged(names.get(key)), self._paged(use)
            if any(pair):
                pages[key] = pair
            _put(names, key, use)
            _put(told, key, pair[1] and told_of(key, pair[1]))
        if names:
            known = parts.get(part)
            held = HeldNames(names, told)
            made = self._keep_part(part, held, None if pages else known)
            if pages and known is not None:
                made = made._replace(was=known.told, differ=tuple(sorted(pages)))
                self._written[part] = held
            parts[part] = made
        else:
            del parts[part]
            self._store.drop(f"part-{part}")
        return pages

    def _cut(self, month: str, bits: int) -> dict[str, Uses]:
        """Return a month's names by parts."""
        parts: dict[str, Uses] = {}
        if month in self._months:
            for key, use in self._names(month).items():
                parts.setdefault(_part_of(key, bits), {})[key] = use
        return parts

    def _paged(self, use: NameUse | None) -> NameUse | None:
        """Return a use if its name has a page."""
        return use if use is not None and use.total >= self._least else None

    def _relinked(
        self, before: Index, pages: Mapping[str, tuple[NameUse | None, NameUse | None]]
    ) -> dict[str, str]:
        """Return the fingerprints of whom months link after names with pages changed."""
        links: dict[str, dict[str, str | None]] = {
            month: {} for month in self._months.keys() - before.linked.keys()
        }
        for key, (old, new) in pages.items():
            had, has = (use.linked(self._least) if use else {} for use in (old, new))
            for month in had.keys() | has.keys():
                if month in self._months and had.get(month) != has.get(month):
                    links.setdefault(month, {})[key] = has.get(month)
        linked = {month: before.linked.get(month, "") for month in self._months}
        for month, changes in links.items():
            known = self._read_linked(before, month) if month in before.linked else {}
            now = {**known, **changes}
            kept = {key: day for key, day in now.items() if day is not None}
            linked[month] = self._keep_linked(month, kept)
        return linked

    # Made anew

    def _anew(self, before: Index | None = None) -> Index:
        """Make the index of all months; with as many parts as `before` it had, where that fits."""
        self._written.clear()
        uses = self._all_uses()
        paged = {key: use for key, use in uses.items() if use.total >= self._least}
        bits = before.bits if before and _fits(before.bits, len(paged)) else 0
        while len(paged) > _PART << bits:
            bits += 2  # by four, since all pages are rendered anew where parts are cut anew
        parts = self._keep_all_parts(uses, bits)
        linked: dict[str, dict[str, str]] = {month: {} for month in self._months}
        for key, use in paged.items():
            for month, day in use.linked(self._least).items():
                linked[month][key] = day
        index = Index(
            bits,
            dict(self._months),
            parts,
            {month: self._keep_linked(month, found) for month, found in linked.items()},
            rankings({}, paged),
        )
        self._store.write(_INDEX, self._stamp, index)
        for name in self._store.names():
            if name.startswith("part-") and name[5:] not in parts:
                self._store.drop(name)
        self._forget_months()
        return index

    def _all_uses(self) -> Uses:
        """Return the names of all months."""
        uses: Uses = {}
        for month in sorted(self._months):
            for key, added in self._names(month).items():
                use = with_month(uses.get(key), month, added)
                assert use is not None
                uses[key] = use
        return uses

    def _keep_all_parts(self, uses: Uses, bits: int) -> dict[str, NamePart]:
        """Cut names into parts and keep these, and what each has of each month."""
        cut: dict[str, list[str]] = {}
        for key in sorted(uses):
            cut.setdefault(_part_of(key, bits), []).append(key)
        stamps: dict[str, dict[str, str]] = {month: {} for month in self._months}
        parts = {}
        for part, keys in cut.items():
            held = {key: uses[key] for key in keys}
            told = {key: told_of(key, use) for key, use in held.items() if self._paged(use)}
            parts[part] = self._keep_part(part, HeldNames(held, told))
            for month, stamp in month_stamps(held).items():
                stamps[month][part] = stamp
        for month, found in stamps.items():
            self._keep_stamps(month, bits, found)
        return parts

    def _forget_months(self) -> None:
        """Drop all that is kept of months that are no more."""
        for name in self._store.names():
            if _OF_MONTH.match(name) and name[:7] not in self._months:
                self._store.drop(name)

    # Kept

    def _keep_part(self, part: str, held: HeldNames, same: NamePart | None = None) -> NamePart:
        """Keep a part; where its pages show the `same` as before, only all the rest is told."""
        held = HeldNames(dict(sorted(held.names.items())), dict(sorted(held.told.items())))
        data = encode(held)
        if data is None:
            stamp = fingerprint(held.names)
            self._unkept[part] = held
        else:
            stamp = data_fingerprint(data)
            self._store.put(f"part-{part}", stamp, data)
        if same is not None:
            return same._replace(stamp=stamp)
        return NamePart(stamp, fingerprint(list(held.told.values())), len(held.told))

    def _read_part(self, index: Index, part: str) -> HeldNames:
        if part not in index.parts:
            return HeldNames({}, {})
        known = self._store.read(f"part-{part}", index.parts[part].stamp, HeldNames)
        known = _there(self._unkept.get(part) if known is None else known)
        return _there(known if known.told.keys() <= known.names.keys() else None)

    def _keep_linked(self, month: str, linked: Mapping[str, str]) -> str:
        linked = dict(sorted(linked.items()))
        stamp = fingerprint(linked)
        self._store.write(f"{month}.linked", stamp, linked)
        return stamp

    def _read_linked(self, index: Index, month: str) -> dict[str, str]:
        stamp = index.linked[month]
        return _there(self._store.read(f"{month}.linked", stamp, dict[str, str]))

    def _keep_stamps(self, month: str, bits: int, stamps: Mapping[str, str]) -> None:
        """Keep what each part has of a month, as fingerprints."""
        if month in self._months:
            stamp = fingerprint(self._months[month], bits)
            self._store.write(f"{month}.parts", stamp, stamps)

    def _read_stamps(self, index: Index, month: str) -> dict[str, str]:
        if month not in index.months:
            return {}
        stamp = fingerprint(index.months[month], index.bits)
        return _there(self._store.read(f"{month}.parts", stamp, dict[str, str]))


def _there(value: _Value | None) -> _Value:
    if value is None:
        raise _LostError
    return value


def _with_months(
    names: Mapping[str, NameUse], months: Mapping[str, Uses]
) -> dict[str, NameUse | None]:
    """Return those names of a part that differ, once months have what they have in place of what
    they had: as they are then, None for one that no paper has any more."""
    changed: dict[str, NameUse | None] = {}
    for month, added in months.items():
        had = f"{month}-"
        keys: Iterable[str] = {key for key, use in names.items() if had in use.rows} | added.keys()
        for key in keys:
            before = changed.get(key, names.get(key))
            changed[key] = with_month(before, month, added.get(key))
    return {key: use for key, use in changed.items() if use != names.get(key)}


def _put(values: dict[str, _Value], key: str, value: _Value | None) -> None:
    if value is None:
        values.pop(key, None)
    else:
        values[key] = value


def _fits(bits: int, pages: int) -> bool:
    """Return whether so many pages may be in parts that so many bits tell: neither too many in
    each, nor far too few, which would be many parts."""
    return pages <= _PART << bits and (not bits or pages * 16 > _PART << bits)


def _part_of(key: str, bits: int) -> str:
    """Return the part that holds a key: the first bits of its hash, in hexadecimal."""
    hashed = blake2b(key.encode(), digest_size=4).digest()
    return f"{int.from_bytes(hashed) >> (_HASHED - bits):x}" if bits else "0"
