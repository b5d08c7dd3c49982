"""An inverted index of some papers that queries are matched on in Python.

It is made of the same term statistics as the published index, so that the search page and
subscriptions match the same papers. Sets of papers are bitmaps in integers, paper n being bit n
(Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section 1.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, pairwise

from ..analysis.fields import FIELDS
from ..analysis.folding import DERIVED
from .codes import ESCAPE, Times, times_of
from .postings import Postings
from .statistics import TermStatistics, unpack

_FIELD_BIT = {field: 1 << place for place, field in enumerate(FIELDS)}


class InvertedIndex:
    """Some papers, of a month or of a few days, numbered from 0, oldest day first.

    `days` are the papers' days with the number of papers of each. `texts` (title and abstract in
    plain text) of a paper are asked for only by queries that need them.
    """

    def __init__(
        self,
        statistics: bytes,
        days: Sequence[tuple[date, int]],
        texts: Callable[[int], tuple[str, str]],
    ) -> None:
        unpacked: TermStatistics = unpack(statistics)
        self.papers = unpacked.papers
        self.days = days
        self.texts = texts
        self._terms = unpacked.terms
        self._facets = _Sets(unpacked.facets)
        self._identifiers = _Sets(unpacked.identifiers)
        self.forms = unpacked.forms
        self.names = unpacked.names
        self._votes = unpacked.votes
        self._place = {key: place for place, key in enumerate(self._terms.keys)}
        self._starts = list(accumulate(self._terms.counts, initial=0))
        self._decoded: dict[str, list[tuple[int, int]]] = {}
        self._sorted: list[str] | None = None

    @property
    def vocabulary(self) -> Sequence[str]:
        """All terms of Lunr's, in Python's order: without derived ones."""
        if self._sorted is None:
            self._sorted = sorted(key for key in self._terms.keys if key[-1] != DERIVED)
        return self._sorted

    def postings(self, term: str) -> tuple[Sequence[int], Sequence[Times]]:
        """Return the papers that hold a term, ascending, and how often each does in its fields."""
        place = self._place.get(term)
        if place is None:
            return (), ()
        codes, escapes, papers = self._coded(place)
        if ESCAPE not in codes:
            return papers, [_TIMES[code] for code in codes]
        escaped = _escaped(escapes)
        return papers, [_TIMES[code] if code != ESCAPE else next(escaped) for code in codes]

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
        codes, escapes, papers = self._coded(place)
        fields = _fields(codes, escapes)
        by_fields: dict[int, bytearray] = {}
        size = self.papers // 8 + 1
        for number, held_in in zip(papers, fields, strict=True):
            bits = by_fields.get(held_in)
            if bits is None:
                bits = by_fields[held_in] = bytearray(size)
            bits[number >> 3] |= 1 << (number & 7)
        return [(held_in, int.from_bytes(bits, "little")) for held_in, bits in by_fields.items()]

    def _coded(self, place: int) -> tuple[bytes, bytes, Sequence[int]]:
        """Return the codes, their escapes, and the papers of a term."""
        terms = self._terms
        span = slice(self._starts[place], self._starts[place + 1])
        start = terms.escape_ends[place - 1] if place else 0
        return (
            terms.codes[span], terms.escapes[start : terms.escape_ends[place]], terms.papers[span]
        )  # fmt: skip

    def votes(self, number: int) -> int:
        """Return a paper's votes."""
        return self._votes[number]

    def facet(self, key: str) -> int:
        """Return the papers of a topic, a tag or an author (a key of facets.py)."""
        return self._facets.of(key)

    def facet_keys(self, prefix: str) -> Iterable[str]:
        """Return the keys of facets that begin so."""
        return [key for key in self._facets.keys if key.startswith(prefix)]

    def identified(self, key: str) -> int:
        """Return the papers with an identifier (a key of identifiers.py)."""
        return self._identifiers.of(key)


class _Sets:
    """The papers of each key, as bitmaps that are made when they are asked for."""

    def __init__(self, postings: Postings) -> None:
        self.keys = postings.keys
        self._papers = postings.papers
        ends = list(accumulate(postings.counts, initial=0))
        self._spans = dict(zip(postings.keys, pairwise(ends), strict=True))

    def of(self, key: str) -> int:
        """Return the papers of a key."""
        start, end = self._spans.get(key, (0, 0))
        papers = 0
        for number in self._papers[start:end]:
            papers |= 1 << number
        return papers


def _fields(codes: bytes, escapes: bytes) -> Iterator[int]:
    """Yield the fields that each code names, a bit a field in the order of FIELDS."""
    escaped = _escaped(escapes)
    for code in codes:
        yield _FIELDS_OF_CODE[code] if code != ESCAPE else _field_bits(next(escaped))


def _escaped(escapes: bytes) -> Iterator[Times]:
    """Yield the frequencies in each field that escapes hold."""
    times: list[int] = []
    number = shift = 0
    for byte in escapes:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            times.append(number)
            number = shift = 0
            if len(times) == len(FIELDS):
                yield tuple(times)
                times = []


def _field_bits(times: Times) -> int:
    return sum(1 << place for place, often in enumerate(times) if often)


_TIMES = tuple(times_of(code) for code in range(ESCAPE))
_FIELDS_OF_CODE = tuple(map(_field_bits, _TIMES))
