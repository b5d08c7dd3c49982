"""The published index, read from the files of an output folder."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from ..errors import ContentError
from .codes import Times
from .decoding import Held, front_decoded, inflated, is_deferred, shard, varints
from .fields import FIELDS
from .front_coding import code_units
from .parts import FORMAT, MANIFEST
from .search_index import Card
from .shards import LONGEST

FOLDER = "search"
_DAMAGED = (ValueError, IndexError, KeyError, TypeError, msgspec.MsgspecError)


class _Generation(msgspec.Struct):
    name: str
    papers: int
    terms: str
    ids: str = ""


class _Unit(msgspec.Struct):
    name: str
    days: list[str | int]


class _Manifest(msgspec.Struct):
    generations: list[_Generation]
    units: list[_Unit]
    cards_per_file: int = msgspec.field(name="cardsPerFile")
    topics: dict[str, str]


class PublishedIndex:
    """The index of an output folder (`SearchIndex`). Files are read when they are needed, and kept.

    Raises ContentError, naming the file, for one that is missing or damaged, here and in every
    method.
    """

    def __init__(self, output: Path) -> None:
        self._folder = output / FOLDER
        manifest = self._manifest()
        self.topics = manifest.topics
        self._generations = [
            _Shards(one, self._read, start)
            for one, start in zip(
                manifest.generations,
                accumulate((one.papers for one in manifest.generations), initial=0),
                strict=False,
            )
        ]
        self.papers = sum(one.papers for one in manifest.generations)
        self._per_file = manifest.cards_per_file
        self._units: list[tuple[int, str]] = []
        self.days: Sequence[tuple[date, int]] = list(self._timetables(manifest.units))
        self._by_fields = lru_cache(maxsize=4096)(self._held_by_fields)
        self._cards = lru_cache(maxsize=4096)(self._read_cards)

    def _manifest(self) -> _Manifest:
        path = self._folder / MANIFEST
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ContentError(
                f"can't be read: {error.strerror}; expected a site that was built", file=str(path)
            ) from error
        try:
            found = json.loads(data)
            if found["format"] != FORMAT:
                raise ContentError(
                    f"found format {found['format']}; expected {FORMAT}: build the site again",
                    file=str(path),
                )
            return msgspec.convert(found, _Manifest)
        except _DAMAGED as error:
            raise _damaged(path, error) from error

    def _timetables(self, units: Sequence[_Unit]) -> Iterator[tuple[date, int]]:
        """Yield the days with their numbers of papers, and note where each unit of cards starts."""
        start = 0
        for unit in units:
            self._units.append((start, unit.name))
            try:
                day = date.fromisoformat(str(unit.days[0]))
                for step, papers in zip(unit.days[::2], unit.days[1::2], strict=True):
                    if isinstance(step, int):
                        day += timedelta(step)
                    yield day, int(papers)
                    start += int(papers)
            except (*_DAMAGED, OverflowError) as error:
                raise _damaged(self._folder / MANIFEST, error) from error

    def _read(self, path: str, take: Callable[[bytes], Any]) -> Any:
        """Return what `take` makes of a file's content."""
        file = self._folder / path
        try:
            data = file.read_bytes()
        except OSError as error:
            raise ContentError(
                f"can't be read: {error.strerror}; expected it by {MANIFEST}: build the site again",
                file=str(file),
            ) from error
        try:
            return take(inflated(data))
        except _DAMAGED as error:
            raise _damaged(file, error) from error

    # Terms and facets

    @cached_property
    def vocabulary(self) -> Sequence[str]:
        """All terms as typed, sorted."""
        return sorted({term for one in self._generations for term in one.vocabulary()})

    def postings(self, term: str) -> tuple[Sequence[int], Sequence[Times]]:
        """Return the papers that hold a term, ascending, and how often each does in its fields."""
        papers: list[int] = []
        times: list[Times] = []
        for one in self._generations:
            own, often = one.held("t", term)
            papers += map(one.start.__add__, own)
            times += often
        return papers, times

    def holders(self, term: str, fields: Sequence[str]) -> int:
        """Return the papers that hold a term in one of some fields."""
        wanted = sum(1 << place for place, name in enumerate(FIELDS) if name in fields)
        papers = 0
        for held_in, own in self._by_fields(term):
            if held_in & wanted:
                papers |= own
        return papers

    def _held_by_fields(self, term: str) -> list[tuple[int, int]]:
        """Return a term's papers by the fields (a bit each) that hold it."""
        bits: dict[int, bytearray] = {}
        places = {}
        for paper, times in zip(*self.postings(term), strict=True):
            held_in = places.get(times)
            if held_in is None:
                held_in = sum(1 << place for place, often in enumerate(times) if often)
                places[times] = held_in
                bits.setdefault(held_in, bytearray(self.papers // 8 + 1))
            bits[held_in][paper >> 3] |= 1 << (paper & 7)
        return [(held_in, int.from_bytes(own, "little")) for held_in, own in bits.items()]

    def facet(self, key: str) -> int:
        """Return the papers of a topic, a tag, an author or a category."""
        return self._bits("f", key)

    def identified(self, key: str) -> int:
        """Return the papers with an identifier."""
        return self._bits("i", key)

    def _bits(self, kind: str, key: str) -> int:
        papers = 0
        for one in self._generations:
            for number in one.held(kind, key)[0]:
                papers |= 1 << one.start + number
        return papers

    def spellings(self, length: int) -> Sequence[tuple[str, int]]:
        """Return the written forms of so many letters, with the bit length of their counts."""
        codes: dict[str, int] = {}
        for one in self._generations:
            for form, code in one.spellings(length):
                codes[form] = max(code, codes.get(form, 0))
        return list(codes.items())

    # Papers

    def votes(self, number: int) -> int:
        """Return a paper's votes."""
        return self._votes[number]

    @cached_property
    def _votes(self) -> list[int]:
        return [votes for one in self._generations for votes in one.votes()]

    def card(self, number: int) -> Card:
        """Return what a result shows of a paper."""
        place = bisect_right(self._units, (number, "\uffff")) - 1
        start, name = self._units[place]
        file, position = divmod(number - start, self._per_file)
        return self._cards(f"cards/{name}/{file}.bin")[position]

    def _read_cards(self, path: str) -> list[Card]:
        def cards(content: bytes) -> list[Card]:
            return [
                Card(str(url), str(title), str(topic), tuple(authors), int(count), str(abstract))
                for url, title, topic, authors, count, abstract, *_ in json.loads(content)
            ]

        found: list[Card] = self._read(path, cards)
        return found

    def texts(self, number: int) -> tuple[str, str]:
        """Return a paper's title and abstract in plain text."""
        card = self.card(number)
        return card.title, card.abstract


@dataclass(slots=True)
class _Kept:
    """What is kept of a generation: the directories of its shards, and the keys of those read."""

    directories: dict[str, list[bytes]]
    shards: dict[tuple[str, int], dict[str, Held]]


class _Shards:
    """A generation: the shards of its terms (t), facets (f) and identifiers (i)."""

    def __init__(self, entry: _Generation, read: Callable[..., Any], start: int) -> None:
        self.start = start
        self._entry = entry
        self._read = read
        self._kept = _Kept({}, {})

    def held(self, kind: str, key: str) -> Held:
        """Return the papers that hold a key, by their numbers in the generation."""
        directory = self._directory(kind)
        place = bisect_right(directory, code_units(key)) - 1
        if place < 0:
            return [], []
        found = self._kept.shards.get((kind, place))
        if found is None:
            found = self._kept.shards[kind, place] = self._shard(kind, place)
        return found.get(key, ([], []))

    def _directory(self, kind: str) -> list[bytes]:
        if kind not in self._kept.directories:
            if kind == "f":
                keys = self._read(f"{self._entry.name}/facets.bin", _words)
            else:
                keys = front_decoded(self._entry.terms if kind == "t" else self._entry.ids)
            self._kept.directories[kind] = [code_units(key) for key in keys]
        return self._kept.directories[kind]

    def _shard(self, kind: str, place: int) -> dict[str, Held]:
        path = f"{self._entry.name}/{kind}{place}"
        papers = self._entry.papers

        def keys(data: bytes) -> dict[str, Held]:
            low = b""
            if kind == "t" and is_deferred(data, papers):
                low = self._read(f"{path}l.bin", bytes)
            return dict(shard(data, low, papers, coded=kind == "t"))

        found: dict[str, Held] = self._read(f"{path}.bin", keys)
        return found

    def vocabulary(self) -> Iterator[str]:
        """Yield all terms as typed."""
        for length in range(1, LONGEST + 1):
            yield from self._read(f"{self._entry.name}/v{length}.bin", _words)

    def spellings(self, length: int) -> Sequence[tuple[str, int]]:
        """Return the written forms of so many letters, with the bit length of their counts."""
        if not SHORTEST_FORM <= length <= LONGEST_FORM:
            return ()
        found = self._read(f"{self._entry.name}/s{length}.bin", _words)
        return [(word[:-1], ord(word[-1]) - 48) for word in found]

    def votes(self) -> list[int]:
        """Return the papers' votes."""
        found: list[int] = self._read(f"{self._entry.name}/votes.bin", varints)
        if len(found) != self._entry.papers:
            raise ContentError(
                f"found {len(found)} votes; expected {self._entry.papers}: build the site again",
                file=f"{FOLDER}/{self._entry.name}/votes.bin",
            )
        return found


SHORTEST_FORM, LONGEST_FORM = 3, 20
"""The least and the most letters of written forms that are published."""


def _words(content: bytes) -> list[str]:
    return front_decoded(content.decode())


def _damaged(file: Path, error: Exception) -> ContentError:
    return ContentError(f"damaged: {error}; build the site again", file=str(file))
