"""The likeness of papers, by the direction of their vectors, the terms that they share, and whether
they are of one topic. Pure.

The likeness of two papers is the product of their vectors, which says how alike their words' use
is; half of that of their terms' shares, which says how much of what tells most they say in the same
words; and `SAME_TOPIC`, if they are of one topic. Each product is `LENGTH` squared for a paper and
itself. The likeness has no unit. All are whole numbers below 2**24, so that products of 32-bit
floating-point numbers are exact, whatever a machine adds first.

A paper that is like another enough is related to it, if there is a shared term to name. What the
three are worth beside each other was fitted to pairs of real papers that were judged by hand, and
the least likenesses were chosen on them (benchmarks/fit_related.py).

A window holds the papers up to p's own day only, so that p's page never changes when new papers
come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from .profiles import LENGTH, Profiles
from .terms import words_in
from .word_vectors import SIZE

MOST = 4
"""The most papers that are related to one."""
SHARED = 3
"""The most shared terms that are named for each."""
LOOKED_AT = 8
"""The most papers whose terms are looked at: those of the nearest vectors."""
_WHOLE = LENGTH * LENGTH
NEAR = round(0.25 * _WHOLE)
"""The least product of vectors with which a paper is looked at."""
SAME_TOPIC = round(0.08 * _WHOLE)
"""What it adds to the likeness of papers that they are of one topic."""
LIKELY = round(0.48 * _WHOLE)
"""The likeness from which on the likest paper is related ..."""
SURE = round(0.80 * _WHOLE)
"""... and that from which on others are."""
ALONE = round(0.60 * _WHOLE)
"""The least likeness of papers that share one word and no more, such as a paper on fashion and one
on old-fashioned arithmetic."""
_NUMBER = 32  # bits of a paper's number
_LOWEST = (1 << _NUMBER) - 1
TELLING = 400
"""The least product of a term's shares for it to be named."""


class Likeness(Struct, frozen=True):
    """A paper of the window that is like another: its number, and the terms that they share, those
    that tell most first."""

    number: int
    shared: tuple[str, ...]


class Window:
    """Papers in the order in which they are added, numbered from 0."""

    def __init__(self) -> None:
        self._vectors: NDArray[np.float32] = np.empty((0, SIZE), np.float32)
        self._terms: list[dict[str, int]] = []
        self._topics: list[str] = []

    def __len__(self) -> int:
        return len(self._terms)

    def add(self, profiles: Iterable[Profiles]) -> None:
        """Add papers that are newer than all before, oldest first."""
        parts = list(profiles)
        vectors = (np.frombuffer(part.vectors, np.int8).reshape(-1, SIZE) for part in parts)
        self._vectors = np.concatenate([self._vectors, *vectors], dtype=np.float32)
        for part in parts:
            self._terms += part.terms
            self._topics += part.topics

    def like(self, first: int) -> Iterator[list[Likeness]]:
        """Yield the papers related to each from the paper `first` on, at most `MOST`, most like
        first."""
        products = self._vectors[first:] @ self._vectors.T
        for number, row in enumerate(products, first):
            row[number] = 0
            near = np.flatnonzero(row >= NEAR)
            # The product above the number: one order for both, and no more than the nearest sorted.
            keys = row[near].astype(np.int64) << _NUMBER | near
            if len(keys) > LOOKED_AT:
                keys = np.partition(keys, -LOOKED_AT)[-LOOKED_AT:]
            nearest = sorted(keys.tolist(), reverse=True)
            yield self._related(number, [(key >> _NUMBER, key & _LOWEST) for key in nearest])

    def _related(self, number: int, near: list[tuple[int, int]]) -> list[Likeness]:
        """Return the papers related to one, of those whose vectors are `near`, with the products
        of the vectors."""
        own, topic = self._terms[number], self._topics[number]
        found = []
        for product, other in near:
            terms = self._terms[other]
            shares = sum([own[term] * terms[term] for term in own.keys() & terms.keys()])
            likeness = product + shares // 2
            if topic == self._topics[other]:
                likeness += SAME_TOPIC
            if likeness >= LIKELY:
                found.append((-likeness, -other))
        found.sort()
        related: list[Likeness] = []
        for negated, other in found:
            if len(related) == MOST or (related and -negated < SURE):
                break
            named = _named(own, self._terms[-other])
            if named and (-negated >= ALONE or len(named) > 1 or len(words_in(named[0])) > 1):
                related.append(Likeness(-other, named))
        return related


def _named(own: dict[str, int], terms: dict[str, int]) -> tuple[str, ...]:
    """Return the shared terms to name: those that tell most of both, by the products of their
    shares. A phrase or a tag comes before words that tell as much. What is said in words that are
    mostly told already is not said again, and what tells too little not at all."""
    shared = []
    for term in own.keys() & terms.keys():
        product = own[term] * terms[term]
        if product >= TELLING:
            shared.append((-product * min(len(words_in(term)), 2), term))
    named: list[str] = []
    told: set[str] = set()
    for _, term in sorted(shared):
        words = words_in(term)
        if len(words & told) * 2 < len(words):
            told |= words
            named.append(term)
            if len(named) == SHARED:
                break
    return tuple(named)
