"""The published index, read from a site's folder as a browser reads it.

Files are read when a query asks for them, and kept. A damaged or missing one is a SiteError that
names it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import accumulate, chain
from pathlib import Path
from typing import TypeVar

import msgspec

from ...errors import SiteError
from ...io.files import read_regular
from ..analysis.fields import FIELDS
from .cards import ResultCard, cards_of
from .codes import Times
from .compression import inflated
from .front_coding import code_units, front_decoded
from .parts import FORMAT, MANIFEST, PART_NAME
from .shard_reading import PostingList, Reader, read_shard
from .shards import LONGEST
from .spelling import COMMON_WORDS, LETTERS, OTHERS, lists_of

FOLDER = "search"
_MOST_PAPERS = 1 << 24
"""The most papers of an index."""
_LARGEST_FILE = 1 << 28
"""The most bytes of a file when it is decompressed."""
_Value = TypeVar("_Value")


class _Generation(msgspec.Struct):
    name: str
    papers: int
    terms: str
    ids: str
    whole: bool = False


class _Unit(msgspec.Struct):
    name: str
    days: list[str | int]


class _Manifest(msgspec.Struct, rename="camel"):
    format: int
    cards_per_file: int
    generations: list[_Generation]
    units: list[_Unit]
    topics: dict[str, str]


class _Format(msgspec.Struct):
    format: int


@dataclass(frozen=True, slots=True)
class _Directory:
    """The shards of a kind ("t", "f" or "i"): their first keys, as code units."""

    entries: tuple[bytes, ...]

    def place(self, key: str) -> int | None:
        """Return the shard that can hold a key; None where there is no shard."""
        if not self.entries:
            return None
        return max(0, bisect_right(self.entries, code_units(key)) - 1)


def published_index(output: Path) -> PublishedIndex:
    """Return the index of a site's folder. Raises SiteError where it has none of this format."""

    def read(path: str) -> bytes:
        file = output / FOLDER / path
        try:
            return read_regular(file)
        except OSError as error:
            raise SiteError(
                f"can't be read ({error.strerror}); expected a file of the search index of a built"
                " site",
                file=str(file),
            ) from None

    return PublishedIndex(read, str(output / FOLDER))


class PublishedIndex:
    """A published index. Papers are numbered from 0, oldest day first; sets of them are bitmaps.

    `read` gives a file's bytes by its path below search/; `place` is that folder's name for
    messages.
    """

    def __init__(self, read: Callable[[str], bytes], place: str = FOLDER) -> None:
        self._read = read
        self._place = place
        self._kept: dict[str, object] = {}
        self._held_in: dict[str, list[tuple[tuple[bool, ...], int]]] = {}
        found = self._decoded(MANIFEST, partial(msgspec.json.decode, type=_Format))
        if found.format != FORMAT:
            raise self._damaged(
                MANIFEST, f"found format {found.format}; expected {FORMAT}: build the site again"
            )
        manifest, tables = self._decoded(MANIFEST, _manifest)
        self.topics = manifest.topics
        self.days: Sequence[tuple[date, int]] = list(chain.from_iterable(tables))
        self._generations = manifest.generations
        self._starts = list(accumulate((one.papers for one in manifest.generations), initial=0))
        self.papers = self._starts[-1]
        self._per_file = manifest.cards_per_file
        self._units = [one.name for one in manifest.units]
        self._unit_starts = list(
            accumulate((sum(count for _, count in table) for table in tables), initial=0)
        )
        if self._unit_starts[-1] != self.papers:
            raise self._damaged(MANIFEST, "days and generations have unlike numbers of papers")

    # Terms

    @cached_property
    def vocabulary(self) -> Sequence[str]:
        """All terms of Lunr's, sorted in Python's order: without derived ones."""
        terms: set[str] = set()
        for generation in self._generations:
            for length in ("",) if generation.whole else range(1, LONGEST + 1):
                terms.update(self._list(f"{generation.name}/v{length}.bin"))
        return sorted(terms)

    def postings(self, term: str) -> tuple[Sequence[int], Sequence[Times]]:
        """Return the papers that hold a term, ascending, and how often each does in its fields."""
        papers: list[int] = []
        times: list[Times] = []
        for start, generation in zip(self._starts, self._generations, strict=False):
            held = self._held(generation, "t", term)
            papers += map(start.__add__, held.papers)
            times += held.times
        return papers, times

    def holders(self, term: str, fields: Sequence[str]) -> int:
        """Return the papers that hold a term in one of some fields."""
        places = [FIELDS.index(field) for field in fields]
        holders = 0
        for held_in, papers in self._by_fields(term):
            if any(held_in[place] for place in places):
                holders |= papers
        return holders

    def _by_fields(self, term: str) -> list[tuple[tuple[bool, ...], int]]:
        """Return a term's papers by the fields that hold it; kept, since one query asks often."""
        found = self._held_in.get(term)
        if found is None:
            by_fields: dict[tuple[bool, ...], list[int]] = {}
            for paper, often in zip(*self.postings(term), strict=True):
                by_fields.setdefault(tuple(map(bool, often)), []).append(paper)
            found = self._held_in[term] = [
                (held_in, self._bits(papers)) for held_in, papers in by_fields.items()
            ]
        return found

    # Facets, identifiers, votes, spelling

    def facet(self, key: str) -> int:
        """Return the papers with a key of facets.py."""
        return self._holding("f", key)

    def facet_keys(self, prefix: str) -> Iterable[str]:
        """Return the keys of facets that begin so."""
        keys: set[str] = set()
        for generation in self._generations:
            directory = self._directory(generation, "f")
            first, last = directory.place(prefix), directory.place(f"{prefix}\uffff")
            if first is not None and last is not None:
                for place in range(first, last + 1):
                    shard = self._shard(generation, "f", place)
                    keys.update(key for key in shard if key.startswith(prefix))
        return keys

    def identified(self, key: str) -> int:
        """Return the papers with an identifier, a key of identifiers.py."""
        return self._holding("i", key)

    def _holding(self, kind: str, key: str) -> int:
        return self._bits(
            start + paper
            for start, generation in zip(self._starts, self._generations, strict=False)
            for paper in self._held(generation, kind, key).papers
        )

    def _bits(self, papers: Iterable[int]) -> int:
        bits = bytearray(self.papers // 8 + 1)
        for paper in papers:
            bits[paper >> 3] |= 1 << (paper & 7)
        return int.from_bytes(bits, "little")

    def votes(self, number: int) -> int:
        """Return a paper's votes."""
        return self._all_votes[number]

    @cached_property
    def _all_votes(self) -> list[int]:
        votes: list[int] = []
        for generation in self._generations:
            votes += self._file(
                f"{generation.name}/votes.bin", partial(_numbers, count=generation.papers)
            )
        return votes

    def spellings(self, name: str) -> Sequence[tuple[str, int]]:
        """Return the written words of a list (spelling.py), each with the bit length of its number
        of occurrences: the larger of the generations'. Lists of other names have none."""
        if name not in (COMMON_WORDS, OTHERS, *LETTERS):
            return ()
        counts: dict[str, int] = {}
        for generation in self._generations:
            file = COMMON_WORDS if generation.whole else name
            for line in self._list(f"{generation.name}/s{file}.bin"):
                word, common = line[:-1], ord(line[-1:] or "0") - 48
                if generation.whole and name not in lists_of(word, common):
                    continue
                counts[word] = max(counts.get(word, 0), common)
        return sorted(counts.items())

    # Cards

    def card(self, number: int) -> ResultCard:
        """Return what a result shows of a paper."""
        unit = bisect_right(self._unit_starts, number) - 1
        place = number - self._unit_starts[unit]
        path = f"cards/{self._units[unit]}/{place // self._per_file}.bin"
        cards = self._file(path, cards_of)
        if place % self._per_file >= len(cards):
            raise self._damaged(path, f"found {len(cards)} cards; expected more")
        return cards[place % self._per_file]

    def texts(self, number: int) -> tuple[str, str]:
        """Return a paper's title and abstract in plain text."""
        card = self.card(number)
        return card.title, card.abstract

    # Files

    def _held(self, generation: _Generation, kind: str, key: str) -> PostingList:
        """Return the papers of a generation that hold a key."""
        place = self._directory(generation, kind).place(key)
        if place is None:
            return PostingList(())
        return self._shard(generation, kind, place).get(key, PostingList(()))

    def _shard(self, generation: _Generation, kind: str, place: int) -> Mapping[str, PostingList]:
        """Return what a shard holds, by its keys."""
        name = f"{generation.name}/{kind}{place}"
        return self._file(
            f"{name}.bin",
            lambda data: read_shard(
                data,
                generation.papers,
                coded=kind == "t",
                deferred=lambda: self._file(f"{name}l.bin", bytes),
            ),
        )

    def _directory(self, generation: _Generation, kind: str) -> _Directory:
        key = f"{generation.name} {kind}"
        found = self._kept.get(key)
        if not isinstance(found, _Directory):
            entries = (
                self._list(f"{generation.name}/facets.bin") if kind == "f"
                else front_decoded(generation.terms if kind == "t" else generation.ids)
            )  # fmt: skip
            found = self._kept[key] = _Directory(tuple(map(code_units, entries)))
        return found

    def _list(self, path: str) -> list[str]:
        return self._file(path, lambda data: front_decoded(data.decode()))

    def _file(self, path: str, decode: Callable[[bytes], _Value]) -> _Value:
        """Return what is in a compressed file, decoded once."""
        if path not in self._kept:
            self._kept[path] = self._decoded(
                path, lambda data: decode(inflated(data, _LARGEST_FILE))
            )
        value: _Value = self._kept[path]  # type: ignore[assignment]
        return value

    def _decoded(self, path: str, decode: Callable[[bytes], _Value]) -> _Value:
        data = self._read(path)
        try:
            return decode(data)
        except (ValueError, OverflowError, msgspec.MsgspecError) as error:
            raise self._damaged(path, f"is damaged ({error}): build the site again") from None

    def _damaged(self, path: str, message: str) -> SiteError:
        return SiteError(message, file=f"{self._place}/{path}")


def _numbers(data: bytes, count: int) -> list[int]:
    reader = Reader(data)
    numbers = reader.numbers(count)
    reader.end()
    return numbers


def _manifest(data: bytes) -> tuple[_Manifest, list[list[tuple[date, int]]]]:
    """Return the manifest, and the days of each unit of cards with their papers."""
    manifest = msgspec.json.decode(data, type=_Manifest)
    names = [one.name for one in manifest.generations] + [one.name for one in manifest.units]
    for name in names:
        if not PART_NAME.match(name):
            raise ValueError(f"found the name {name!r}")
    if (
        manifest.cards_per_file < 1
        or any(one.papers < 0 for one in manifest.generations)
        or sum(one.papers for one in manifest.generations) > _MOST_PAPERS
    ):
        raise ValueError("found an impossible number")
    return manifest, list(map(_days, manifest.units))


def _days(unit: _Unit) -> list[tuple[date, int]]:
    """Return a unit's days and their papers."""
    table = []
    day = None
    for when, count in zip(unit.days[::2], unit.days[1::2], strict=True):
        day = date.fromisoformat(str(when)) if day is None else day + timedelta(int(when))
        if int(count) < 0:
            raise ValueError("found a day of less than no papers")
        table.append((day, int(count)))
    return table
