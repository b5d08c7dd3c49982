"""Reading shards: the bytes that shards.py writes, as postings. docs/search-index.md describes
them.

Whatever the bytes are, reading them ends in postings or in a ValueError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ..analysis.fields import FIELDS
from ..analysis.folding import DERIVED
from .codes import ESCAPE, times_of
from .front_coding import front_decoded
from .shards import ALONE, LISTED, WITH_DERIVED

_TIMES = tuple(times_of(code) for code in range(ESCAPE))


@dataclass(frozen=True, slots=True)
class PostingList:
    """The papers that hold a key, ascending, and of a term how often it stands in the fields of
    each, in the order of FIELDS."""

    papers: Sequence[int]
    times: Sequence[tuple[int, ...]] = ()


class Reader:
    """Reads bytes from the first to the last."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def numbers(self, count: int) -> list[int]:
        """Return so many variable-length numbers."""
        data, at = self._data, self._at
        if count > len(data) - at:
            raise ValueError(f"expected {count} numbers in {len(data) - at} bytes")
        found: list[int] = []
        number = shift = 0
        while len(found) < count:
            if at == len(data) or shift > 63:
                raise ValueError("cut off within a number")
            byte = data[at]
            at += 1
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                found.append(number)
                number = shift = 0
        self._at = at
        return found

    def number(self) -> int:
        """Return a variable-length number."""
        return self.numbers(1)[0]

    def take(self, count: int) -> bytes:
        """Return so many bytes."""
        start = self._at
        if count > len(self._data) - start:
            raise ValueError(f"cut off: expected {count} bytes more")
        self._at = start + count
        return self._data[start : self._at]

    def bits(self, count: int) -> list[int]:
        """Return the places of the bits that are 1 in a bitmap of so many bits."""
        bits = int.from_bytes(self.take((count + 7) // 8), "little")
        digits = f"{bits:b}"[::-1]
        if len(digits) > max(1, count):
            raise ValueError("a bit is set behind the end of a bitmap")
        return [place for place, digit in enumerate(digits) if digit == "1"]

    def text(self) -> str:
        """Return a text in UTF-8, its length in bytes before it."""
        return self.take(self.number()).decode()

    def times(self, codes: bytes) -> Iterator[tuple[int, ...]]:
        """Yield the frequencies that codes stand for; those of escapes are read here."""
        for code in codes:
            yield tuple(self.numbers(len(FIELDS))) if code == ESCAPE else _TIMES[code]

    def end(self) -> None:
        """Refuse further bytes."""
        if self._at != len(self._data):
            raise ValueError(f"{len(self._data) - self._at} bytes more than expected")


def read_shard(
    data: bytes, papers: int, *, coded: bool, deferred: Callable[[], bytes]
) -> dict[str, PostingList]:
    """Return the keys of a shard of a generation of so many papers.

    `coded` says that it is one of terms. `deferred` gives the bytes of deferred postings, where
    they are. Both are decompressed. Raises ValueError for damaged bytes.
    """
    reader = Reader(data)
    first = reader.take(1)
    if first in (ALONE, WITH_DERIVED):
        key = reader.text()
        found = {key: _alone(reader, papers, coded=coded, deferred=deferred)}
        if first == WITH_DERIVED:
            found[key + DERIVED] = _derived(reader, papers)
        reader.end()
        return found
    if first != LISTED:
        raise ValueError(f"found a shard of kind {first[0]}; expected 0, 1 or 2")
    keys = front_decoded(reader.text())
    counts = reader.numbers(len(keys))
    held = [list(accumulate(reader.numbers(count))) for count in counts]
    if any(papers <= own[-1] for own in held if own):
        raise ValueError(f"a paper's number is beyond the {papers} papers")
    codes = [reader.take(count if coded else 0) for count in counts]
    times = [list(reader.times(own)) for own in codes]
    reader.end()
    return {key: PostingList(own, often) for key, own, often in zip(keys, held, times, strict=True)}


def _alone(
    reader: Reader, papers: int, *, coded: bool, deferred: Callable[[], bytes]
) -> PostingList:
    """Return the postings of a common key, from its count on."""
    count = reader.number()
    held = reader.bits(papers)
    if len(held) != count:
        raise ValueError(f"found {len(held)} papers of a key; expected {count}")
    if not coded:
        return PostingList(held)
    marked = set(reader.bits(count))
    others = reader.take(len(marked))
    times_of_others = list(reader.times(others))
    low_weight = {reader.take(1)[0]: reader.number() for _ in range(reader.number())}
    left = count - len(marked)
    if ESCAPE in low_weight or sum(low_weight.values()) != left:
        raise ValueError("the codes of low weight contradict the bitmap")
    if reader.take(1) == b"\1":
        rest = deferred()
    else:
        rest = reader.take(left) if len(low_weight) > 1 else bytes(low_weight) * left
    if {code: rest.count(code) for code in low_weight} != low_weight or len(rest) != left:
        raise ValueError("the codes of low weight contradict their table")
    of_others, of_rest = iter(times_of_others), iter(rest)
    times = [
        next(of_others) if place in marked else _TIMES[next(of_rest)] for place in range(count)
    ]
    return PostingList(held, times)


def _derived(reader: Reader, papers: int) -> PostingList:
    """Return the postings of the derived term behind a common one."""
    held = list(accumulate(reader.numbers(reader.number())))
    if held and papers <= held[-1]:
        raise ValueError(f"a paper's number is beyond the {papers} papers")
    return PostingList(held, list(reader.times(reader.take(len(held)))))
