"""The likeness of papers by the terms they share. Pure.

The likeness of paper q to paper p is

    sum over shared terms t of  weight(t) * ln(N / n(t))**2,  divided by sqrt(|q|)

where N is the number of papers in the window, n(t) the number of those that hold t, |q| the number
of q's terms, and the weight is 2 for a term of p's title or tags, 1 for one of its abstract. It has
no unit. ln(N / n) is the inverse document frequency (Spärck Jones, "A statistical interpretation of
term specificity and its application in retrieval", 1972).

A window holds the papers up to p's own day only, so that p's page never changes when new papers
come.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from heapq import nsmallest
from math import log, sqrt

from .index import COMMON, TermIndex, add_holders
from .terms import Terms

MOST = 4
"""The most papers that are related to one."""
SHARED = 3
"""The most shared terms that are named for each."""
ASKED = 16
"""The most terms of a paper that are looked up: those that add most."""
LEAST = 6.0
"""The least likeness; below it, papers only happen to share a word."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A paper of the window that is like another: its number, and the terms that they share, those
    that add most first."""

    number: int
    shared: tuple[str, ...]


class Window:
    """Papers in the order in which they are added, numbered from 0."""

    def __init__(self) -> None:
        self._lengths: list[float] = []
        self._holders: dict[str, list[int]] = {}
        self._crowded: set[str] = set()

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, index: TermIndex) -> None:
        """Add papers that are newer than all before."""
        start = len(self._lengths)
        self._lengths += [sqrt(size) or 1.0 for size in index.sizes]
        add_holders(self._holders, index.holders, start)
        self._crowded |= index.crowded

    def like(self, own: Terms, number: int) -> list[Likeness]:
        """Return the papers most like the one that has these terms and this number, at most `MOST`,
        most like first. Each shares at least two of the terms looked up."""
        holders = self._holders
        asked = self._asked(own)
        scores: dict[int, float] = {}
        known = scores.get
        for added, term in asked:
            for other in holders[term]:
                scores[other] = known(other, 0.0) + added
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
        likenesses = []
        for _, other in ranked:
            shared = [term for _, term in asked if _holds(holders[term], -other)]
            if len(shared) > 1:
                likenesses.append(Likeness(-other, tuple(shared[:SHARED])))
        return likenesses[:MOST]

    def _asked(self, own: Terms) -> list[tuple[float, str]]:
        """Return the terms to look up with what each adds to a likeness, negated: those that add
        most come first."""
        total = len(self._lengths)
        telling: list[tuple[float, str]] = []
        for terms, weight in ((own.strong, 2.0), (own.weak, 1.0)):
            for term in terms - self._crowded:
                count = len(self._holders[term])
                if 2 <= count <= COMMON:
                    telling.append((-weight * log(total / count) ** 2, term))
        return sorted(telling)[:ASKED]


def _holds(numbers: list[int], number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number
