"""Papers like a paper, by the words they share. Pure.

A window holds papers, oldest first, by the terms of their titles, abstracts and tags. A paper is
compared with what stands before it and on its own day only, so that its page never changes when
new papers come; how rare a term is counts in the same papers. Likeness is the sum of shared terms'
squared inverse document frequencies (Spärck Jones, 1972), titles counting double, by the square
root of the other's length. Terms that many papers have say little and cost most; they are passed
over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from math import log, sqrt

MOST = 4  # related papers
SHARED = 3  # terms named for each
ASKED = 16  # a paper's most telling terms that are looked up
COMMON = 60  # papers that have a term, at most, for it to tell
LEAST = 6.0  # likeness below which papers only happen to share a word


@dataclass(frozen=True, slots=True)
class Terms:
    """A paper's terms: of its title and tags, and those of its abstract besides."""

    strong: frozenset[str]
    weak: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A paper of the window like another, by its number, and the terms that tell."""

    number: int
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermIndex:
    """Some papers, oldest first, by their terms: how many each paper has, which papers (by number,
    from 0) have a term, and the terms that more than `COMMON` have."""

    sizes: tuple[int, ...]
    holders: Mapping[str, list[int]]
    crowded: frozenset[str] = frozenset()

    def is_of(self, papers: int) -> bool:
        """Return whether the index can be of so many papers."""
        return (
            len(self.sizes) == papers
            and min(self.sizes, default=0) >= 0
            and min(map(min, self.holders.values()), default=0) >= 0
            and max(map(max, self.holders.values()), default=-1) < papers
        )

    @staticmethod
    def of(papers: Iterable[Terms]) -> TermIndex:
        """The index of some papers."""
        sizes = []
        holders: dict[str, list[int]] = {}
        for number, one in enumerate(papers):
            sizes.append(len(one.strong) + len(one.weak))
            for terms in (one.strong, one.weak):
                for term in terms:
                    having = holders.get(term)
                    if having is None:
                        holders[term] = [number]
                    else:
                        having.append(number)
        return TermIndex._without_crowded(sizes, holders, set())

    @staticmethod
    def joined(indexes: Iterable[TermIndex]) -> TermIndex:
        """The index of the papers of several, one after another."""
        sizes: list[int] = []
        holders: dict[str, list[int]] = {}
        crowded: set[str] = set()
        for one in indexes:
            start = len(sizes)
            sizes += one.sizes
            crowded |= one.crowded
            _add(holders, one.holders, start)
        return TermIndex._without_crowded(sizes, holders, crowded)

    @staticmethod
    def _without_crowded(
        sizes: Iterable[int], holders: dict[str, list[int]], crowded: set[str]
    ) -> TermIndex:
        crowded |= {term for term, having in holders.items() if len(having) > COMMON}
        for term in crowded:
            holders.pop(term, None)
        return TermIndex(tuple(sizes), holders, frozenset(crowded))


class Window:
    """Papers in the order in which they are added, numbered from 0."""

    def __init__(self) -> None:
        self._lengths: list[float] = []
        self._holders: dict[str, list[int]] = {}
        self._crowded: set[str] = set()

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, index: TermIndex) -> None:
        """Take in papers that are newer than all before."""
        start = len(self._lengths)
        self._lengths += [sqrt(size) or 1.0 for size in index.sizes]
        _add(self._holders, index.holders, start)
        self._crowded |= index.crowded

    def like(self, own: Terms, number: int) -> list[Likeness]:
        """The papers most like one, which has these terms and this number, the likest first."""
        holders = self._holders
        total = len(self._lengths)
        telling: list[tuple[float, str]] = []
        for terms, weight in ((own.strong, 2.0), (own.weak, 1.0)):
            for term in terms - self._crowded:
                count = len(holders[term])
                if 2 <= count <= COMMON:
                    telling.append((-weight * log(total / count) ** 2, term))
        asked = sorted(telling)[:ASKED]
        scores: dict[int, float] = {}
        known = scores.get
        for worth, term in asked:
            for other in holders[term]:
                scores[other] = known(other, 0.0) + worth
        scores.pop(number, None)
        lengths = self._lengths
        ranked = nsmallest(
            MOST * 2,
            [
                (score / lengths[other], -other)
                for other, score in scores.items()
                if score <= -LEAST * lengths[other]
            ],
        )
        found = []
        for _, other in ranked:
            shared = [term for _, term in asked if _holds(holders[term], -other)]
            if len(shared) > 1:
                found.append(Likeness(-other, tuple(shared[:SHARED])))
        return found[:MOST]


def _add(holders: dict[str, list[int]], others: Mapping[str, list[int]], start: int) -> None:
    """Take in holders whose numbers begin at `start` here."""
    for term, having in others.items():
        known = holders.get(term)
        if known is None:
            holders[term] = [start + number for number in having]
        elif len(having) == 1:
            known.append(start + having[0])
        else:
            known += [start + number for number in having]


def _holds(numbers: list[int], number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number
