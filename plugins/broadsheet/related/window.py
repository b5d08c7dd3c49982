"""The likeness of papers by the terms they share. Pure.

The likeness of paper q to paper p is

    sum over shared terms t of  (1 + worth(t)) * ln(N / n(t))**2,  divided by sqrt(|q|)

where N is the number of papers in the window, n(t) the number of those that hold t, and |q| the
number of q's terms. It has no unit. ln(N / n) is the inverse document frequency (Spärck Jones, "A
statistical interpretation of term specificity and its application in retrieval", 1972).

A paper that is like another is related to it if what they share is evidence enough that both are
about the same. A term is worth 2 as a tag of p's, 1 in its title, 1/2 elsewhere or as an author; a
phrase twice as much. The figures were chosen by hand on 120 real papers: see
`tests/data/related-verdicts.tsv`.

A window holds the papers up to p's own day only, so that p's page never changes when new papers
come.
"""

from __future__ import annotations

from heapq import nsmallest
from math import log, sqrt

from msgspec import Struct

from .index import COMMON, TermIndex, add_holders
from .terms import Terms, is_author, words_in

MOST = 4
"""The most papers that are related to one."""
SHARED = 3
"""The most shared terms that are named for each."""
ASKED = 10
"""The most terms of a paper that are looked up: those that add most."""
LOOKED_AT = 7
"""The most papers whose shared terms are looked at: those most like."""
AUTHORS = 2
"""The most shared authors that count as evidence."""
SURE = 3.25
"""The evidence from which on two papers are about the same: a tag and a word, a phrase of the title
and a word, or more of what tells less."""
TOPIC = 0.75
"""The evidence of a shared topic, which is not enough with a single word."""
LIKELY = 2.0
"""The evidence, such as that of a tag alone, that counts where no paper shares more ..."""
UNSURE = 1
"""... and the most papers that are named then."""
LEAST = 10.0
"""The least likeness; below it, papers only happen to share a word."""


class Likeness(Struct, frozen=True):
    """A paper of the window that is like another: its number, and the terms that they share, those
    that add most first."""

    number: int
    shared: tuple[str, ...]


class Window:
    """Papers in the order in which they are added, numbered from 0."""

    def __init__(self) -> None:
        self._lengths: list[float] = []
        self._topics: list[str] = []
        self._holders: dict[str, list[int]] = {}
        self._crowded: set[str] = set()

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, index: TermIndex) -> None:
        """Add papers that are newer than all before."""
        start = len(self._lengths)
        self._lengths += [sqrt(size) or 1.0 for size in index.sizes]
        self._topics += index.topics
        add_holders(self._holders, index.holders, start)
        self._crowded |= index.crowded

    def like(self, own: Terms, number: int) -> list[Likeness]:
        """Return the papers related to the one that has these terms and this number, at most
        `MOST`, most like first."""
        holders = self._holders
        asked = self._asked(own)
        scores: dict[int, float] = {}
        known = scores.get
        for added, term, _ in asked:
            for other in holders[term]:
                scores[other] = known(other, 0.0) + added
        scores.pop(number, None)
        lengths = self._lengths
        ranked = nsmallest(
            LOOKED_AT,
            [
                (score / lengths[other], -other)
                for other, score in scores.items()
                if score <= -LEAST * lengths[other]
            ],
        )
        candidates = {-other for _, other in ranked}
        holding: dict[int, list[tuple[str, float]]] = {other: [] for other in candidates}
        for _, term, worth in asked:
            for other in candidates.intersection(holders[term]):
                holding[other].append((term, worth))
        sure: list[Likeness] = []
        likely: list[Likeness] = []
        for _, negated in ranked:
            other = -negated
            evidence, shared = _evidence(holding[other])
            if own.topic == self._topics[other]:
                evidence += TOPIC
            if evidence >= SURE:
                sure.append(Likeness(other, shared))
                if len(sure) == MOST:
                    break
            elif evidence >= LIKELY:
                likely.append(Likeness(other, shared))
        return sure or likely[:UNSURE]

    def _asked(self, own: Terms) -> list[tuple[float, str, float]]:
        """Return the terms to look up, with what each adds to a likeness, negated, and what it is
        worth as evidence: those that add most come first."""
        total = len(self._lengths)
        telling: list[tuple[float, str, float]] = []
        for terms, worth in (
            (own.tags, 2.0), (own.title, 1.0), (own.body, 0.5), (own.authors, 0.5)
        ):  # fmt: skip
            for term in terms - self._crowded:
                count = len(self._holders[term])
                if 2 <= count <= COMMON:
                    value = worth * 2 if " " in term and terms is not own.authors else worth
                    telling.append((-(1 + value) * log(total / count) ** 2, term, value))
        return sorted(telling)[:ASKED]


def _evidence(held: list[tuple[str, float]]) -> tuple[float, tuple[str, ...]]:
    """Return what terms are worth as evidence that two papers are about the same, and those to
    name, which are the first of them. What is said in words that are mostly told already, by a
    longer phrase or a tag, is no more evidence."""
    seen: set[str] = set()
    shared: list[str] = []
    by: list[str] = []
    evidence = 0.0
    for term, worth in held:
        if is_author(term):
            if len(by) < AUTHORS:
                by.append(term)
                evidence += worth
            continue
        words = words_in(term)
        if len(words & seen) * 2 < len(words):
            seen |= words
            shared.append(term)
            evidence += worth
    return (evidence, (*shared, *by)[:SHARED]) if shared else (0.0, ())
