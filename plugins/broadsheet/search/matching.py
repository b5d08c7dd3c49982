"""Which papers of an index match a query.

Sets of papers are integers, paper n being bit n: thousands of papers are joined and cut in one
step.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from lunr.token_set import TokenSet

from .clauses import FIELDS, Clause, Presence
from .query import Query, holds_phrase

__all__ = ["FIELDS", "QueryIndex", "accepted", "explain", "matches", "numbers"]


class QueryIndex(Protocol):
    """What is known of some papers, numbered from 0, oldest day first."""

    @property
    def papers(self) -> int:
        """How many there are."""

    @property
    def vocabulary(self) -> Sequence[str]:
        """All terms, sorted."""

    @property
    def days(self) -> Sequence[tuple[date, int]]:
        """The papers' days with how many each has, oldest first."""

    def holders(self, term: str, fields: Sequence[str]) -> int:
        """The papers that hold a term in one of some fields."""

    def facet(self, key: str) -> int:
        """The papers with "topic:<slug>", "tag:<slug>" or "author:<name>"."""

    def texts(self, number: int) -> tuple[str, str]:
        """A paper's title and abstract in plain text."""

    def votes(self, number: int) -> int:
        """A paper's votes."""


def matches(query: Query, index: QueryIndex) -> int:
    """The papers that match."""
    if query.empty:
        return 0
    found = _by_words(query.clauses, index) & _by_filters(query, index)
    if query.votes or query.phrases:
        found = _bits(number for number in numbers(found) if _closely(query, index, number))
    return found


def _by_words(clauses: Sequence[Clause], index: QueryIndex) -> int:
    """As Lunr has it: any optional word will do, unless some are required; those all must be there,
    and none of the prohibited. Where only prohibited ones are named, all others match."""
    everything = (1 << index.papers) - 1
    some, required, prohibited = 0, everything, 0
    for clause in clauses:
        holders = 0
        for term in terms_of(clause, index):
            holders |= index.holders(term, clause.fields)
        if clause.presence is Presence.PROHIBITED:
            prohibited |= holders
        else:
            some |= holders
            if clause.presence is Presence.REQUIRED:
                required &= holders
    if all(clause.presence is Presence.PROHIBITED for clause in clauses):
        some = everything
    return some & required & ~prohibited


def _by_filters(query: Query, index: QueryIndex) -> int:
    found = _within(query.first, query.last, index)
    if query.topics:
        found &= _any(index.facet(f"topic:{topic}") for topic in query.topics)
    for tag in query.tags:
        found &= index.facet(f"tag:{tag}")
    for author in query.authors:
        found &= index.facet(f"author:{author_key(author)}")
    return found


def _within(first: date | None, last: date | None, index: QueryIndex) -> int:
    if first is None and last is None:
        return (1 << index.papers) - 1
    found = start = 0
    for day, count in index.days:
        if (first is None or day >= first) and (last is None or day <= last):
            found |= ((1 << count) - 1) << start
        start += count
    return found


def _closely(query: Query, index: QueryIndex, number: int) -> bool:
    """What the index's terms don't tell: votes and phrases."""
    if query.votes and index.votes(number) < query.votes:
        return False
    if not query.phrases:
        return True
    texts = index.texts(number)
    return all(any(holds_phrase(text, phrase) for text in texts) for phrase in query.phrases)


def terms_of(clause: Clause, index: QueryIndex) -> list[str]:
    """The index's terms that a clause stands for."""
    term = clause.term
    if not clause.edits and "*" not in term:
        return [term]
    if not clause.edits and term.endswith("*") and term.count("*") == 1 and len(term) > 1:
        prefix = term[:-1]
        vocabulary = index.vocabulary
        found = []
        for place in range(bisect_left(vocabulary, prefix), len(vocabulary)):
            if not vocabulary[place].startswith(prefix):
                break
            found.append(vocabulary[place])
        return found
    pattern = (
        TokenSet.from_fuzzy_string(term, clause.edits) if clause.edits
        else TokenSet.from_string(term)
    )  # fmt: skip
    return accepted(pattern, index.vocabulary)


def accepted(pattern: TokenSet, words: Sequence[str]) -> list[str]:
    """The words (sorted) that one of Lunr's token sets accepts: what `TokenSet.intersect` finds,
    without a token set of all words. Words that begin alike are passed over together where the
    pattern allows no such beginning."""
    steps: dict[tuple[frozenset[TokenSet], str], frozenset[TokenSet]] = {}

    def step(nodes: frozenset[TokenSet], letter: str) -> frozenset[TokenSet]:
        key = (nodes, letter)
        found = steps.get(key)
        if found is None:
            found = steps[key] = frozenset(
                node.edges[edge] for node in nodes for edge in {letter, "*"} if edge in node.edges
            )
        return found

    out = []
    path = [frozenset([pattern])]
    before = ""
    place = 0
    while place < len(words):
        word = words[place]
        depth = 0
        for ours, theirs in zip(word, before[: len(path) - 1], strict=False):
            if ours != theirs:
                break
            depth += 1
        del path[depth + 1 :]
        before = word
        place += 1
        for letter in word[depth:]:
            after = step(path[-1], letter)
            if not after:
                dead = word[: len(path)]
                place = bisect_left(words, dead + "\U0010ffff", place)
                break
            path.append(after)
        else:
            if word and any(node.final for node in path[-1]):
                out.append(word)
    return out


def explain(query: Query, index: QueryIndex, number: int) -> list[str]:
    """Why a paper matches, one reason a line: "learning: title, abstract"."""
    reasons = []
    for clause in query.clauses:
        if clause.presence is Presence.PROHIBITED:
            continue
        for term in terms_of(clause, index):
            where = [name for name in clause.fields if index.holders(term, (name,)) >> number & 1]
            if where:
                reasons.append(f"{term}: {', '.join(where)}")
    reasons += [f'"{phrase}"' for phrase in query.phrases]
    for kind, names in (("topic", query.topics), ("tag", query.tags)):
        reasons += [
            f"{kind} {name}" for name in names if index.facet(f"{kind}:{name}") >> number & 1
        ]
    reasons += [f"author {name}" for name in query.authors]
    if query.votes:
        reasons.append(f"{index.votes(number)} votes")
    return list(dict.fromkeys(reasons))


def numbers(found: int) -> Iterator[int]:
    """The numbers of a set's papers, smallest first."""
    number = 0
    while found:
        step = (found & -found).bit_length() - 1
        number += step
        yield number
        found >>= step + 1
        number += 1


def author_key(author: str) -> str:
    """A name as it is compared: lower case, one space between its parts."""
    return " ".join(author.lower().split())


def _bits(found: Iterable[int]) -> int:
    total = 0
    for number in found:
        total |= 1 << number
    return total


def _any(sets: Iterable[int]) -> int:
    total = 0
    for one in sets:
        total |= one
    return total
