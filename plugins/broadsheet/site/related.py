"""Papers like a paper, by the words they share. Pure.

A window of papers, oldest first, is indexed by the terms of their titles, abstracts and tags. A
paper is compared with what stands before it and on its own day only, so that its page never changes
when new papers come; how rare a term is counts in the same papers. Likeness is the sum of shared
terms' squared inverse document frequencies (Spärck Jones, 1972), titles counting double, by the
square root of the other's length. Terms that many papers have say little and cost most; they are
passed over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import accumulate
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


class Index:
    """Some papers, oldest first, by their terms."""

    def __init__(self, papers: Iterable[Terms]) -> None:
        self.papers = list(papers)
        self.lengths = [sqrt(len(one.strong) + len(one.weak)) or 1.0 for one in self.papers]
        self.holders: dict[str, list[int]] = {}
        for number, one in enumerate(self.papers):
            for terms in (one.strong, one.weak):
                for term in terms:
                    having = self.holders.get(term)
                    if having is None:
                        self.holders[term] = [number]
                    else:
                        having.append(number)


def _worths(end: int) -> list[float]:
    """What a term is worth, of so many papers, by how many have it."""
    return [log(end / max(count, 1)) ** 2 for count in range(COMMON + 1)]


class Window:
    """Indexes, the oldest papers' first; papers are numbered through all of them. What is asked
    about stands in the last."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        sizes = [len(index.papers) for index in indexes]
        starts = accumulate(sizes, initial=0)
        self._indexes = [
            (index.holders, start) for index, start in zip(indexes, starts, strict=False)
        ]
        self._lengths = [length for index in indexes for length in index.lengths]
        self._papers = [paper for index in indexes for paper in index.papers]
        self._start = len(self._papers) - sizes[-1]
        self._newest = indexes[-1].holders
        self._early: dict[str, int] = {}
        for index in indexes[:-1]:
            for term, having in index.holders.items():
                self._early[term] = self._early.get(term, 0) + len(having)
        self._common = {term for term, count in self._early.items() if count > COMMON}
        self._holders = lru_cache(maxsize=8192)(self._held)
        self._worths = lru_cache(maxsize=1)(_worths)

    def _held(self, term: str) -> list[int]:
        """The papers of all indexes that have a term."""
        return [
            start + number for holders, start in self._indexes for number in holders.get(term, ())
        ]

    def like(self, number: int, end: int) -> list[Likeness]:
        """The papers most like one, of those with smaller numbers than `end`, the likest first."""
        own = self._papers[number]
        early, newest = self._early, self._newest
        cut = end - self._start
        worths = self._worths(end)
        telling: list[tuple[float, str]] = []
        for terms, weight in ((own.strong, 2.0), (own.weak, 1.0)):
            for term in terms - self._common:
                having = newest[term]  # where the paper itself is
                count = early.get(term, 0)
                count += len(having) if having[-1] < cut else bisect_left(having, cut)
                if 2 <= count <= COMMON:
                    telling.append((-weight * worths[count], term))
        telling.sort()
        asked = telling[:ASKED]
        scores: dict[int, float] = {}
        known = scores.get
        for worth, term in asked:
            for other in self._holders(term):
                scores[other] = known(other, 0.0) + worth
        lengths = self._lengths
        ranked = nsmallest(
            MOST * 2,
            [
                (score / lengths[other], -other)
                for other, score in scores.items()
                if score <= -LEAST * lengths[other] and other < end and other != number
            ],
        )
        found = []
        for _, other in ranked:
            theirs = self._papers[-other]
            shared = [term for _, term in asked if term in theirs.strong or term in theirs.weak]
            if len(shared) > 1:
                found.append(Likeness(-other, tuple(shared[:SHARED])))
        return found[:MOST]
