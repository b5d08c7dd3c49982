"""The published index's files as values: numbers, front-coded words, shards (docs/search-index.md).

What `shards`, `postings`, `varint` and `front_coding` write is read here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from .codes import ESCAPE, Times, times_of
from .fields import FIELDS
from .shards import ALONE

MOST_BYTES = 100_000_000
"""The most bytes of a file after decompression."""

_TIMES = tuple(times_of(code) for code in range(ESCAPE))

Held = tuple[list[int], list[Times]]
"""The papers that hold a key, ascending, and how often each does in its fields (none of facets)."""


def inflated(data: bytes) -> bytes:
    """Return a file's content. Raises ValueError where it is damaged or too large."""
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(data, MOST_BYTES)
    except zlib.error as error:
        raise ValueError(f"damaged ({error})") from None
    if not inflate.eof:
        raise ValueError("damaged (it is cut off or too large)")
    return content


def front_decoded(text: str) -> list[str]:
    """Return front-coded words."""
    keys: list[str] = []
    before = ""
    for line in text.split("\n") if text else ():
        shared = ord(line[0]) - 33
        if before.isascii():
            before = before[:shared] + line[1:]
        else:
            units = before.encode("utf-16-le", "surrogatepass")[: 2 * shared]
            before = units.decode("utf-16-le", "surrogatepass") + line[1:]
        keys.append(before)
    return keys


@dataclass(slots=True)
class _Bytes:
    """Bytes that are read from the front."""

    data: bytes
    at: int = 0

    def number(self) -> int:
        """Return a variable-length number. Raises IndexError at the end."""
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def take(self, count: int) -> bytes:
        """Return so many bytes. Raises ValueError where there are fewer."""
        taken = self.data[self.at : self.at + count]
        if len(taken) != count:
            raise ValueError("cut off")
        self.at += count
        return taken

    def bits(self, count: int) -> str:
        """Return so many bits as characters 0 and 1."""
        whole = int.from_bytes(self.take((count + 7) // 8), "little")
        return f"{whole:0{count}b}"[::-1][:count] if count else ""

    def times(self, codes: bytes) -> list[Times]:
        """Return the frequencies that codes stand for; escapes are read from here."""
        if ESCAPE not in codes:
            return [_TIMES[code] for code in codes]
        return [
            tuple(self.number() for _ in FIELDS) if code == ESCAPE else _TIMES[code]
            for code in codes
        ]


def varints(data: bytes) -> list[int]:
    """Return all variable-length numbers of some bytes."""
    numbers: list[int] = []
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        if byte < 128:
            numbers.append(value)
            value = shift = 0
        else:
            shift += 7
    return numbers


def is_deferred(data: bytes, papers: int) -> bool:
    """Return whether a shard of a term defers its codes of low weight to a file of their own."""
    return data[:1] == ALONE and _Alone.read(_Bytes(data, 1), papers).is_deferred


def shard(data: bytes, deferred: bytes, papers: int, *, coded: bool) -> Iterator[tuple[str, Held]]:
    """Yield the keys of a shard, each with the papers that hold it, of so many in the index. Only
    terms are `coded`. Raises ValueError or IndexError where it is damaged."""
    reader = _Bytes(data)
    if reader.take(1) == ALONE:
        yield _alone(reader, deferred, papers, coded=coded)
        return
    keys = front_decoded(reader.take(reader.number()).decode())
    counts = [reader.number() for _ in keys]
    held = [list(accumulate(reader.number() for _ in range(count))) for count in counts]
    own = [reader.take(count) if coded else b"" for count in counts]
    for key, numbers, codes in zip(keys, held, own, strict=True):
        yield key, (numbers, reader.times(codes))


@dataclass(frozen=True, slots=True)
class _Alone:
    """A shard of one common key, but for the codes of low weight."""

    key: str
    papers: list[int]
    marks: str
    others: list[Times]
    low_weight: bytes
    is_deferred: bool

    @classmethod
    def read(cls, reader: _Bytes, papers: int) -> _Alone:
        """Read a term's shard."""
        key, held = _key_alone(reader, papers)
        marks = reader.bits(len(held))
        others = reader.times(reader.take(marks.count("1")))
        low_weight = bytearray()
        for _ in range(reader.number()):
            low_weight += reader.take(1)
            reader.number()
        return cls(key, held, marks, others, bytes(low_weight), reader.take(1) == b"\1")


def _key_alone(reader: _Bytes, papers: int) -> tuple[str, list[int]]:
    key = reader.take(reader.number()).decode()
    count = reader.number()
    held = [paper for paper, bit in enumerate(reader.bits(papers)) if bit == "1"]
    if len(held) != count:
        raise ValueError(f"{count} papers are said to have {key!r}, {len(held)} are marked")
    return key, held


def _alone(reader: _Bytes, deferred: bytes, papers: int, *, coded: bool) -> tuple[str, Held]:
    if not coded:
        key, held = _key_alone(reader, papers)
        return key, (held, [])
    one = _Alone.read(reader, papers)
    count = one.marks.count("0")
    if len(one.low_weight) == 1:
        rest = one.low_weight * count
    else:
        rest = deferred if one.is_deferred else reader.take(count)
    if len(rest) != count:
        raise ValueError(f"{count} codes of low weight are said to be there, found {len(rest)}")
    low, others = iter(rest), iter(one.others)
    times = [next(others) if mark == "1" else _TIMES[next(low)] for mark in one.marks]
    return one.key, (one.papers, times)
