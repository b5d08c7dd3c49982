"""An inverted index of some papers that queries are matched on in Python.

It is made of the same term statistics as the published index, so that the search page and
subscriptions match the same papers. Sets of papers are bitmaps in integers, paper n being bit n
(Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section 1.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import accumulate

from .codes import ESCAPE, times_of
from .fields import FIELDS
from .folding import DERIVED
from .statistics import TermStatistics, unpack

_FIELD_BIT = {field: 1 << place for place, field in enumerate(FIELDS)}


class InvertedIndex:
    """Some papers, of a month or of a few days, numbered from 0, oldest day first.

    `days` are the papers' days with the number of papers of each. `texts` (title and abstract in
    plain text) and `votes` of a paper are called only for queries that need them.
    """

    def __init__(
        self,
        statistics: bytes,
        days: Sequence[tuple[date, int]],
        texts: Callable[[int], tuple[str, str]],
        votes: Callable[[int], int],
    ) -> None:
        unpacked: TermStatistics = unpack(statistics)
        self.papers = unpacked.papers
        self.days = days
        self.texts = texts
        self.votes = votes
        self._terms = unpacked.terms
        self._facets = unpacked.facets
        self._place = {key: place for place, key in enumerate(self._terms.keys)}
        self._facet_place = {key: place for place, key in enumerate(self._facets.keys)}
        self._starts = list(accumulate(self._terms.counts, initial=0))
        self._facet_starts = list(accumulate(self._facets.counts, initial=0))
        self._decoded: dict[str, list[tuple[int, int]]] = {}
        self._sorted: list[str] | None = None

    @property
    def vocabulary(self) -> Sequence[str]:
        """All terms of Lunr's, in Python's order: without derived ones."""
        if self._sorted is None:
            self._sorted = sorted(key for key in self._terms.keys if key[-1] != DERIVED)
        return self._sorted

    def holders(self, term: str, fields: Sequence[str]) -> int:
        """Return the papers that hold a term in one of some fields."""
        wanted = 0
        for field in fields:
            wanted |= _FIELD_BIT[field]
        holders = 0
        for held_in, papers in self._by_fields(term):
            if held_in & wanted:
                holders |= papers
        return holders

    def _by_fields(self, term: str) -> list[tuple[int, int]]:
        """Return a term's papers by the fields (a bit each) that hold it."""
        decoded = self._decoded.get(term)
        if decoded is None:
            place = self._place.get(term)
            decoded = self._decoded[term] = [] if place is None else self._decode(place)
        return decoded

    def _decode(self, place: int) -> list[tuple[int, int]]:
        terms = self._terms
        span = slice(self._starts[place], self._starts[place + 1])
        start = terms.escape_ends[place - 1] if place else 0
        fields = _fields(terms.codes[span], terms.escapes[start : terms.escape_ends[place]])
        by_fields: dict[int, bytearray] = {}
        size = self.papers // 8 + 1
        for number, held_in in zip(terms.papers[span], fields, strict=True):
            bits = by_fields.get(held_in)
            if bits is None:
                bits = by_fields[held_in] = bytearray(size)
            bits[number >> 3] |= 1 << (number & 7)
        return [(held_in, int.from_bytes(bits, "little")) for held_in, bits in by_fields.items()]

    def facet(self, key: str) -> int:
        """Return the papers of a topic, a tag or an author (a key of facets.py)."""
        place = self._facet_place.get(key)
        if place is None:
            return 0
        span = slice(self._facet_starts[place], self._facet_starts[place + 1])
        papers = 0
        for number in self._facets.papers[span]:
            papers |= 1 << number
        return papers


def _fields(codes: bytes, escapes: bytes) -> Iterator[int]:
    """Yield the fields that each code names, a bit a field in the order of FIELDS."""
    at = 0
    for code in codes:
        if code != ESCAPE:
            yield _FIELDS_OF_CODE[code]
            continue
        fields = 0
        for place in range(len(FIELDS)):
            more = True
            while more:
                byte = escapes[at]
                at += 1
                more = byte > 127
                if byte & 127:
                    fields |= 1 << place
        yield fields


_FIELDS_OF_CODE = tuple(
    sum(1 << place for place, times in enumerate(times_of(code)) if times) for code in range(ESCAPE)
)
