"""Ranking: the score of papers, as Lunr computes it.

A paper's score is a sum over fields: the dot product of the query's vector, normalised, with the
field's, whose weights are BM25's times the field's boost (fields.py), rounded to thousandths as
lunr.py rounds them. It needs the postings of the query's terms alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor, log, sqrt

from ..analysis.fields import BOOSTS, FIELDS, K1, B
from ..index.codes import Times
from .clauses import Clause, Presence
from .expansion import expanded
from .searchable import Searchable
from .units import Unit


@dataclass(slots=True)
class Vector:
    """A query's vector: the boost of each term in each field, in the order of FIELDS."""

    boosts: tuple[dict[str, float], ...] = field(default_factory=lambda: tuple({} for _ in FIELDS))

    def add(self, term: str, fields: Iterable[str], boost: float) -> None:
        """Add a clause's term: boosts of the same term in the same field add up."""
        for name in fields:
            own = self.boosts[FIELDS.index(name)]
            own[term] = own.get(term, 0.0) + boost

    @property
    def terms(self) -> list[str]:
        """All terms, each once, in order."""
        return sorted(set().union(*self.boosts))


def vector_of(units: Iterable[Unit]) -> Vector:
    """Return the vector of plain words: each term once, at its greatest boost."""
    vector = Vector()
    greatest: dict[tuple[str, tuple[str, ...]], float] = {}
    for unit in units:
        for term, boost in unit.boosts.items():
            key = term, unit.fields
            greatest[key] = max(boost, greatest.get(key, 0.0))
    for (term, fields), boost in greatest.items():
        vector.add(term, fields, boost)
    return vector


def vector_of_clauses(clauses: Iterable[Clause], index: Searchable) -> Vector:
    """Return the vector of a query in Lunr's syntax."""
    vector = Vector()
    for clause in clauses:
        if clause.presence is not Presence.PROHIBITED:
            for term in expanded(clause, index.vocabulary):
                vector.add(term, clause.fields, clause.boost)
    return vector


def weights(times: Iterable[Times], papers: int) -> dict[Times, tuple[float, ...]]:
    """Return what a term weighs in each field, for each of its frequencies, in an index of so many
    papers. `times` are the frequencies in all papers that have it."""
    often = Counter(times)
    holders = sum(count * sum(map(bool, each)) for each, count in often.items())
    rarity = log(1 + abs((papers - holders + 0.5) / (holders + 0.5)))
    return {each: tuple(map(_weight, each, (rarity,) * len(FIELDS), _BOOSTS)) for each in often}


_BOOSTS = tuple(BOOSTS[name] for name in FIELDS)


def _weight(often: int, rarity: float, boost: int) -> float:
    if not often:
        return 0.0
    return round(rarity * ((K1 + 1) * often) / (K1 * (1 - B) + often) * boost, 3)


def scores(vector: Vector, index: Searchable, wanted: int) -> dict[int, float]:
    """Return the scores of some papers (a bitmap), by their numbers."""
    found = {term: index.postings(term) for term in vector.terms}
    known = {term: postings for term, postings in found.items() if postings[0]}
    lengths = [
        sqrt(sum(boost * boost for term, boost in own.items() if term in known)) or 1.0
        for own in vector.boosts
    ]
    # A byte a paper, since bits of a large integer are slow to ask for.
    asked = bytearray(f"{wanted:0{index.papers or 1}b}"[::-1].encode())
    total = dict.fromkeys((place for place, bit in enumerate(asked) if bit == 49), 0.0)
    for term, (papers, times) in known.items():
        shares = [own.get(term, 0.0) / length
                  for own, length in zip(vector.boosts, lengths, strict=True)]  # fmt: skip
        worth = {
            each: sum(share * weight for share, weight in zip(shares, own, strict=True))
            for each, own in weights(times, index.papers).items()
        }
        for paper, each in zip(papers, times, strict=True):
            if asked[paper] == 49:
                total[paper] += worth[each]
    return total


def comparable(score: float) -> int:
    """Return a score as scores are compared: sums in another order are equal."""
    return floor(score * 1e9 + 0.5)


def best_first(found: Mapping[int, float]) -> list[int]:
    """Return papers by their scores, highest first, newer ones first among equals."""
    return sorted(found, key=lambda paper: (-comparable(found[paper]), -paper))


def in_order(papers: Sequence[int], votes: Mapping[int, int]) -> list[int]:
    """Return papers by votes, most first, newer ones first among equals."""
    return sorted(papers, key=lambda paper: (-votes[paper], -paper))
