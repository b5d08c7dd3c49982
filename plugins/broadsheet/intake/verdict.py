"""Which candidates of one listing are published, and why each of the others waits. Pure.

Rules are matched by the search index of the candidates, so that words mean what they mean on the
search page and in subscriptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..archive.model import Day, PublishedPaper
from ..papers import Paper
from ..render.labels import Labels
from ..search.index.inverted_index import InvertedIndex
from ..search.index.papers import index_of
from ..search.query.matching import matches, numbers
from ..topics import OTHER, Vocabulary
from .model import Intake, Rule


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listed paper that may be published: its topic, and the source of its listing."""

    paper: Paper
    topic: str
    source: str


def verdicts(
    intake: Intake, candidates: Sequence[Candidate], vocabulary: Vocabulary, room: int | None
) -> list[str | None]:
    """Return for each candidate why it waits, None for one that is published.

    `room` is how many more the day takes (None: any number). Where more match, those with most
    votes are published; of equal ones, those listed first.
    """
    if not candidates:
        return []
    index = _index(candidates, vocabulary)
    whys: list[str | None] = [None] * len(candidates)
    if intake.include is not None:
        included = _union(rule_matches(rule, candidates, index) for rule in intake.include)
        for number in numbers(~included & ((1 << len(candidates)) - 1)):
            whys[number] = "no rule of intake.yml includes it"
    for rule in intake.exclude:
        for number in numbers(rule_matches(rule, candidates, index)):
            whys[number] = whys[number] or f"excluded by {rule.label}"
    if room is None:
        return whys
    left = [number for number, why in enumerate(whys) if why is None]
    by_votes = sorted(left, key=lambda number: (-(candidates[number].paper.upvotes or 0), number))
    for number in by_votes[max(room, 0) :]:
        whys[number] = f"over the limit of {intake.limit} a day"
    return whys


def rule_matches(rule: Rule, candidates: Sequence[Candidate], index: InvertedIndex) -> int:
    """Return the candidates that a rule matches, as a bitmap."""
    found = (1 << len(candidates)) - 1
    if rule.queries:
        found = _union(matches(query, index) for query in rule.queries)
    for number, one in enumerate(candidates):
        if not (_of_category(rule, one.paper) and _of_source(rule, one.source)):
            found &= ~(1 << number)
    return found


def _of_category(rule: Rule, paper: Paper) -> bool:
    if not rule.categories:
        return True
    given = {name.lower() for name in paper.categories}
    given |= {name.partition(".")[0] for name in given}
    return any(one.removesuffix(".*") in given for one in rule.categories)


def _of_source(rule: Rule, source: str) -> bool:
    return not rule.sources or source.lower() in rule.sources


def _index(candidates: Sequence[Candidate], vocabulary: Vocabulary) -> InvertedIndex:
    day = date.min  # rules ask for no dates
    known = vocabulary.topic_by_slug
    placed = tuple(
        PublishedPaper(
            paper=one.paper,
            date=day,
            topic=one.topic if one.topic in known else OTHER.slug,
            path="",
            line=0,
        )
        for one in candidates
    )
    return index_of([Day(date=day, papers=placed, fingerprint="")], Labels(vocabulary))


def _union(sets: Iterable[int]) -> int:
    total = 0
    for one in sets:
        total |= one
    return total
