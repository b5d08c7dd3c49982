"""A month's search statistics as an index that queries are matched on: the very terms that the
search page's script is given, so that both find the same papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import accumulate

from .codes import ESCAPE, times_of
from .matching import FIELDS
from .months import MonthStatistics, unpack

_PLACE = {field: place for place, field in enumerate(FIELDS)}


class MonthIndex:
    """An index of a month's papers, numbered as the search index numbers them: oldest day first.

    `texts` and `votes` of a paper are asked for when a query needs them.
    """

    def __init__(
        self,
        statistics: bytes,
        days: Sequence[tuple[date, int]],
        texts: Callable[[int], tuple[str, str]],
        votes: Callable[[int], int],
    ) -> None:
        month: MonthStatistics = unpack(statistics)
        self.papers = month.papers
        self.days = days
        self.texts = texts
        self.votes = votes
        self._terms = month.terms
        self._facets = month.facets
        self._place = {key: n for n, key in enumerate(month.terms.keys)}
        self._facet_place = {key: n for n, key in enumerate(month.facets.keys)}
        self._found: dict[str, list[tuple[int, int]]] = {}
        self._starts = list(accumulate(month.terms.counts, initial=0))
        self._facet_starts = list(accumulate(month.facets.counts, initial=0))
        self._sorted: list[str] | None = None

    @property
    def vocabulary(self) -> Sequence[str]:
        """All terms, sorted as Python sorts."""
        if self._sorted is None:
            self._sorted = sorted(self._terms.keys)
        return self._sorted

    def holders(self, term: str, fields: Sequence[str]) -> int:
        """The papers that hold a term in one of some fields."""
        wanted = 0
        for field in fields:
            wanted |= 1 << _PLACE[field]
        found = 0
        for where, papers in self._by_fields(term):
            if where & wanted:
                found |= papers
        return found

    def _by_fields(self, term: str) -> list[tuple[int, int]]:
        """A term's papers by the fields (a bit each) that hold it."""
        kept = self._found.get(term)
        if kept is None:
            place = self._place.get(term)
            kept = self._found[term] = [] if place is None else self._decoded(place)
        return kept

    def _decoded(self, place: int) -> list[tuple[int, int]]:
        terms = self._terms
        held = slice(self._starts[place], self._starts[place + 1])
        start = terms.apart_ends[place - 1] if place else 0
        fields = _fields(terms.codes[held], terms.apart[start : terms.apart_ends[place]])
        by: dict[int, bytearray] = {}
        size = self.papers // 8 + 1
        for number, where in zip(terms.papers[held], fields, strict=True):
            bits = by.get(where)
            if bits is None:
                bits = by[where] = bytearray(size)
            bits[number >> 3] |= 1 << (number & 7)
        return [(where, int.from_bytes(bits, "little")) for where, bits in by.items()]

    def facet(self, key: str) -> int:
        """The papers of a topic, a tag or an author."""
        place = self._facet_place.get(key)
        if place is None:
            return 0
        found = 0
        for number in self._facets.papers[
            self._facet_starts[place] : self._facet_starts[place + 1]
        ]:
            found |= 1 << number
        return found


def _fields(codes: bytes, apart: bytes) -> Iterator[int]:
    """Which fields each code names, a bit a field in the order of FIELDS (see search/codes.py)."""
    at = 0
    for code in codes:
        if code != ESCAPE:
            yield _FIELDS[code]
            continue
        where = 0
        for place in range(len(FIELDS)):
            more = True
            while more:
                byte = apart[at]
                at += 1
                more = byte > 127
                if byte & 127:
                    where |= 1 << place
        yield where


_FIELDS = tuple(
    sum(1 << place for place, often in enumerate(times_of(code)) if often) for code in range(ESCAPE)
)
