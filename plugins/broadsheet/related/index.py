"""An inverted index of papers' terms, without the terms that many papers have. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .terms import Terms

COMMON = 60
"""The most papers that may hold a term for it to count: commoner ones say little and cost most."""


@dataclass(frozen=True, slots=True)
class TermIndex:
    """Some papers, numbered from 0, oldest first.

    `sizes` are the papers' numbers of terms, `topics` their topics, `holders` the numbers of the
    papers that hold each term (ascending), `crowded` the terms that more than `COMMON` papers hold.
    """

    sizes: tuple[int, ...]
    topics: tuple[str, ...]
    holders: Mapping[str, list[int]]
    crowded: frozenset[str] = frozenset()

    def is_of(self, papers: int) -> bool:
        """Return whether the index can be of so many papers."""
        return (
            len(self.sizes) == len(self.topics) == papers
            and min(self.sizes, default=0) >= 0
            and min(map(min, self.holders.values()), default=0) >= 0
            and max(map(max, self.holders.values()), default=-1) < papers
        )

    @staticmethod
    def of(papers: Iterable[Terms]) -> TermIndex:
        """Return the index of some papers."""
        sizes = []
        topics = []
        holders: dict[str, list[int]] = {}
        for number, paper in enumerate(papers):
            sizes.append(len(paper))
            topics.append(paper.topic)
            for term in paper:
                numbers = holders.get(term)
                if numbers is None:
                    holders[term] = [number]
                else:
                    numbers.append(number)
        return TermIndex._without_crowded(sizes, topics, holders, set())

    @staticmethod
    def joined(indexes: Iterable[TermIndex]) -> TermIndex:
        """Return the index of the papers of several indexes, one after another."""
        sizes: list[int] = []
        topics: list[str] = []
        holders: dict[str, list[int]] = {}
        crowded: set[str] = set()
        for index in indexes:
            start = len(sizes)
            sizes += index.sizes
            topics += index.topics
            crowded |= index.crowded
            add_holders(holders, index.holders, start)
        return TermIndex._without_crowded(sizes, topics, holders, crowded)

    @staticmethod
    def _without_crowded(
        sizes: Iterable[int],
        topics: Iterable[str],
        holders: dict[str, list[int]],
        crowded: set[str],
    ) -> TermIndex:
        crowded |= {term for term, numbers in holders.items() if len(numbers) > COMMON}
        for term in crowded:
            holders.pop(term, None)
        return TermIndex(tuple(sizes), tuple(topics), holders, frozenset(crowded))


def add_holders(holders: dict[str, list[int]], others: Mapping[str, list[int]], start: int) -> None:
    """Add holders whose paper 0 has the number `start` here."""
    for term, numbers in others.items():
        known = holders.get(term)
        if known is None:
            holders[term] = [start + number for number in numbers]
        elif len(numbers) == 1:
            known.append(start + numbers[0])
        else:
            known += [start + number for number in numbers]
