"""What papers are about: a vector each, the terms that tell most, with shares, and a topic.

A paper's vector is the sum of its words' vectors, each times what the word is worth, at a length of
`LENGTH`. All is whole numbers, so that it is the same on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from math import sqrt

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from ..papers import Paper
from ..search.analysis.terms import text_terms
from ..search.analysis.words import term_of
from ..text.plain import plain
from .terms import TAG
from .word_vectors import SIZE, load, stranger
from .words import MOST_WORDS, ONCE, TITLE, said

LENGTH = 255
"""The length of a paper's vector, and of its terms' shares (the root of the sum of squares)."""
MOST_TERMS = 24
"""The most terms of a paper that are kept: those of the largest shares."""
_LEAST_SHARE = 8


class Profiles(Struct, frozen=True):
    """Some papers, oldest first: their vectors, one after another, a signed byte a number; the
    terms of each (words; phrases, which are two words; tags, after a "#") with their shares; and
    the topic of each."""

    vectors: bytes
    terms: list[dict[str, int]]
    topics: list[str]

    def is_of(self, papers: int) -> bool:
        """Return whether these can be so many papers."""
        lengths = (len(self.terms), len(self.topics), len(self.vectors))
        return lengths == (papers, papers, papers * SIZE)

    @staticmethod
    def of(papers: Iterable[tuple[str, Paper]]) -> Profiles:
        """Return the profiles of papers, each given with its topic."""
        model = load()
        numbers, lengths = model.numbers, model.lengths
        vectors: list[NDArray[np.float32]] = []
        profiles = Profiles(b"", [], [])
        for topic, paper in papers:
            title, abstract = text_terms(plain(paper.title)), text_terms(plain(paper.abstract))
            counts = Counter(abstract)
            strong = said(title, counts)
            rows = [
                numbers[word]
                for word, times in islice(counts.items(), MOST_WORDS)
                if times == 1 and word in numbers and word not in strong
            ]
            worths = [ONCE] * len(rows)
            shares = {}
            strange = []
            for word, worth in strong.items():
                row = numbers.get(word)
                if row is not None:
                    rows.append(row)
                    worths.append(worth)
                    shares[word] = worth * lengths[row]
                else:
                    strange.append(worth * stranger(word))
                    shares[word] = worth * model.strange
            vector = np.array(worths, np.float32) @ model.floats.take(rows, 0)
            for other in strange:
                vector += other
            vectors.append(vector)
            profiles.terms.append(_terms(paper, title, abstract, shares))
            profiles.topics.append(topic)
        if not vectors:
            return profiles
        sums = np.array(vectors, np.float64)
        squares = (sums * sums).sum(1, keepdims=True)  # whole numbers below 2**53: exact
        exact = sums * (LENGTH / np.sqrt(np.maximum(squares, 1)))
        rounded = np.clip(np.rint(exact), -127, 127).astype(np.int8)
        return replace(profiles, vectors=rounded.tobytes())

    @staticmethod
    def joined(profiles: Iterable[Profiles]) -> Profiles:
        """Return the papers of several, one after another."""
        parts = list(profiles)
        return Profiles(
            b"".join(part.vectors for part in parts),
            [terms for part in parts for terms in part.terms],
            [topic for part in parts for topic in part.topics],
        )


def _terms(
    paper: Paper, title: Sequence[str], abstract: Sequence[str], shares: dict[str, int]
) -> dict[str, int]:
    """Return a paper's terms with their shares; `shares` has those of its words. A phrase, of the
    title or said more than once, counts as its words do on average, and so does a tag."""
    pairs = Counter([(a, b) for a, b in pairwise(abstract) if a in shares and b in shares])
    pairs.update([(a, b) for a, b in pairwise(title) if a in shares and b in shares] * 2)
    for (a, b), times in pairs.items():
        if times > 1 and a != b:
            shares[f"{a} {b}"] = (shares[a] + shares[b]) // 2
    for tag in paper.tags:
        shares[TAG + tag] = _tag_share(tag)
    whole = sqrt(sum(share * share for share in shares.values())) or 1.0
    least = whole * _LEAST_SHARE / LENGTH
    told = sorted([(-share, term) for term, share in shares.items() if share >= least])
    return {term: round(LENGTH * -share / whole) for share, term in told[:MOST_TERMS]}


@lru_cache(maxsize=1 << 12)
def _tag_share(tag: str) -> int:
    """Return the share of a tag, as if its words stood in the title."""
    model = load()
    rows = [model.numbers.get(term_of(word) or "") for word in tag.split("-")]
    lengths = [model.strange if row is None else model.lengths[row] for row in rows]
    return TITLE * sum(lengths) // len(lengths)
