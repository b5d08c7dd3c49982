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
from heapq import nsmallest
from math import log, sqrt

MOST = 4  # related papers
SHARED = 3  # terms named for each
ASKED = 24  # a paper's most telling terms that are looked up
COMMON = 60  # papers that have a term, at most, for it to tell
LEAST = 60.0  # likeness below which papers only happen to share a word


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


class Window:
    """An index of papers, oldest first."""

    def __init__(self, papers: Iterable[Terms]) -> None:
        self._papers = list(papers)
        self._lengths = [sqrt(len(one.strong) + len(one.weak)) or 1.0 for one in self._papers]
        self._holders: dict[str, list[int]] = {}
        for number, one in enumerate(self._papers):
            for term in one.strong | one.weak:
                self._holders.setdefault(term, []).append(number)

    def like(self, number: int, end: int) -> list[Likeness]:
        """The papers most like one, of those with smaller numbers than `end`, the likest first."""
        own = self._papers[number]
        telling: list[tuple[float, str, Sequence[int]]] = []
        for terms, weight in ((own.strong, 2.0), (own.weak, 1.0)):
            for term in terms:
                holders = self._holders[term]
                count = bisect_left(holders, end)
                if 2 <= count <= COMMON:
                    telling.append((-weight * log(end / count) ** 2, term, holders[:count]))
        scores: dict[int, float] = {}
        asked = nsmallest(ASKED, telling)
        for worth, _, having in asked:
            for other in having:
                scores[other] = scores.get(other, 0.0) - worth
        scores.pop(number, None)
        lengths = self._lengths
        ranked = nsmallest(
            MOST * 2,
            ((-score / lengths[other] * 10, -other) for other, score in scores.items()),
        )
        found = []
        for score, other in ranked:
            theirs = self._papers[-other]
            shared = [term for _, term, _ in asked if term in theirs.strong or term in theirs.weak]
            if -score >= LEAST and len(shared) > 1:
                found.append(Likeness(-other, tuple(shared[:SHARED])))
        return found[:MOST]
