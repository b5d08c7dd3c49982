"""Boolean retrieval: which papers of an index match a query, and why.

Sets of papers are bitmaps in integers, paper n being bit n, so that thousands of papers are joined
and intersected in one operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from ..analysis.folding import DERIVED
from ..analysis.phrases import holds_phrase
from ..index.facets import author_key, category_key
from .clauses import Clause, Presence
from .closeness import holds_all
from .expansion import expanded
from .holding import holders
from .language import Query


class QueryIndex(Protocol):
    """What matching asks of an index (`InvertedIndex`). Papers are numbered from 0, oldest day
    first."""

    @property
    def papers(self) -> int:
        """The number of papers."""

    @property
    def vocabulary(self) -> Sequence[str]:
        """All terms, sorted."""

    @property
    def days(self) -> Sequence[tuple[date, int]]:
        """The papers' days with the number of papers of each, oldest first."""

    def holders(self, term: str, fields: Sequence[str]) -> int:
        """Return the papers that hold a term in one of some fields."""

    def facet(self, key: str) -> int:
        """Return the papers with "topic:SLUG", "tag:SLUG", "author:NAME" or "category:NAME"."""

    def facet_keys(self, prefix: str) -> Iterable[str]:
        """Return the keys of facets that begin so."""

    def texts(self, number: int) -> tuple[str, str]:
        """Return a paper's title and abstract in plain text."""

    def votes(self, number: int) -> int:
        """Return a paper's votes."""


def matches(query: Query, index: QueryIndex) -> int:
    """Return the papers that match. An empty query matches none."""
    if query.empty:
        return 0
    papers = by_filters(query, index)
    if query.clauses:
        papers &= _by_words(query.clauses, index)
    for unit in query.units:
        papers &= holders(unit, index)
    for unit in query.unwanted:
        papers &= ~holders(unit, index)
    if query.votes or query.phrases or query.folded_phrases:
        papers = _bits(number for number in numbers(papers) if _by_text(query, index, number))
    return papers


def _by_words(clauses: Sequence[Clause], index: QueryIndex) -> int:
    """Return the papers that match clauses as Lunr matches them.

    Where some clauses are required, all of these must match, else any optional one; no prohibited
    one may. Where all are prohibited, every other paper matches.
    """
    everything = (1 << index.papers) - 1
    some, required, prohibited = 0, everything, 0
    for clause in clauses:
        holders = 0
        for term in expanded(clause, index.vocabulary):
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


def by_filters(query: Query, index: QueryIndex) -> int:
    """Return the papers that pass a query's dates and facets."""
    papers = _within(query.first, query.last, index)
    if query.topics:
        papers &= _union(index.facet(f"topic:{topic}") for topic in query.topics)
    for tag in query.tags:
        papers &= index.facet(f"tag:{tag}")
    for author in query.authors:
        papers &= index.facet(f"author:{author_key(author)}")
    for category in query.categories:
        papers &= index.facet(f"category:{category_key(category)}")
    return papers


def _within(first: date | None, last: date | None, index: QueryIndex) -> int:
    """Return the papers of the days from `first` to `last`, both included, None where open."""
    if first is None and last is None:
        return (1 << index.papers) - 1
    papers = start = 0
    for day, count in index.days:
        if (first is None or day >= first) and (last is None or day <= last):
            papers |= ((1 << count) - 1) << start
        start += count
    return papers


def _by_text(query: Query, index: QueryIndex, number: int) -> bool:
    """Return whether a paper has the votes and phrases asked for, which no term tells."""
    if query.votes and index.votes(number) < query.votes:
        return False
    if not (query.phrases or query.folded_phrases):
        return True
    texts = index.texts(number)
    return holds_all(texts, query.folded_phrases) and all(
        any(holds_phrase(text, phrase) for text in texts) for phrase in query.phrases
    )


def explain(query: Query, index: QueryIndex, number: int) -> list[str]:
    """Return why a paper matches, one reason a line: "learning: title, abstract"."""
    reasons = []
    for clause in query.clauses:
        if clause.presence is Presence.PROHIBITED:
            continue
        for term in expanded(clause, index.vocabulary):
            fields = [name for name in clause.fields if index.holders(term, (name,)) >> number & 1]
            if fields:
                reasons.append(f"{term}: {', '.join(fields)}")
    for unit in query.units:
        for term in unit.boosts:
            fields = [name for name in unit.fields if index.holders(term, (name,)) >> number & 1]
            if fields:
                reasons.append(f"{term.removesuffix(DERIVED)}: {', '.join(fields)}")
    reasons += [f'"{phrase}"' for phrase in (*query.phrases, *query.folded_phrases)]
    for kind, slugs in (("topic", query.topics), ("tag", query.tags)):
        reasons += [
            f"{kind} {slug}" for slug in slugs if index.facet(f"{kind}:{slug}") >> number & 1
        ]
    reasons += [f"author {name}" for name in query.authors]
    reasons += [f"category {name}" for name in query.categories]
    if query.votes:
        reasons.append(f"{index.votes(number)} votes")
    return list(dict.fromkeys(reasons))


def numbers(papers: int) -> Iterator[int]:
    """Yield the numbers of a set's papers, smallest first."""
    number = 0
    while papers:
        step = (papers & -papers).bit_length() - 1
        number += step
        yield number
        papers >>= step + 1
        number += 1


def _bits(numbers: Iterable[int]) -> int:
    papers = 0
    for number in numbers:
        papers |= 1 << number
    return papers


def _union(sets: Iterable[int]) -> int:
    papers = 0
    for members in sets:
        papers |= members
    return papers
