"""Summaries of months: counts, fingerprints and ids, which pages over all months are made of.

A summary depends on its month's content alone, and is cached as JSON.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..urls import MonthPages
from . import people
from .day_reader import fingerprint_of
from .model import Day, Month


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySummary:
    """A day without its papers. `fingerprint` and `missing` are the day's own; `words` is the
    fingerprint of its papers' ids, titles, abstracts, tags, authors and topics; `ever` counts the
    papers that it has or had by its ledger, moved and removed ones included. `topics` and `tags`
    are pairs of slug and count."""

    iso: str
    fingerprint: str
    count: int
    topics: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    words: str = ""
    ever: int = 0
    tags: tuple[tuple[str, int], ...] = ()


STEP = 30
"""The papers by which the settled part of a topic or a tag grows while its month is open."""
FEW = 300
"""In the days of a month up to so many papers, everything is settled at once, unless they come many
a day."""
MANY = 50
"""A day of so many papers is one of many: those after it would change most pages of the month."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The papers of a topic or a tag in a month up to a day: what its page of the month shows while
    the month is open, so that not every day changes it. Fewer than `STEP` stand after it."""

    iso: str
    count: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TermSummary:
    """A topic's or tag's papers in one month: their count, the fingerprint of their rows, the
    counts of the other tags that they have, most frequent first, and what is settled of them."""

    count: int
    fingerprint: str
    beside: Mapping[str, int]
    settled: Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A month without its papers. `curators` and `submitters` are pairs of a name and the count of
    papers credited to it, `people` a fingerprint of whom they name."""

    key: str  # 2025-08
    fingerprint: str
    days: tuple[DaySummary, ...]
    topics: dict[str, TermSummary]
    tags: dict[str, TermSummary]
    ids: tuple[str, ...]
    curators: tuple[tuple[str, int], ...] = ()
    submitters: tuple[tuple[str, int], ...] = ()
    people: str = ""

    @property
    def count(self) -> int:
        """The count of its papers."""
        return sum(day.count for day in self.days)

    def term(self, kind: str, slug: str) -> TermSummary:
        """Return the summary of a "topic" or a "tag". Raises KeyError if no paper has it."""
        return (self.topics if kind == "topic" else self.tags)[slug]

    @property
    def words(self) -> str:
        """The fingerprint of its papers' ids, titles, abstracts and tags, apart from votes and
        notes."""
        return ",".join(f"{day.iso} {day.words}" for day in self.days)

    def pages(self) -> MonthPages:
        """Return the pages that the month has, for the registry of addresses."""
        return MonthPages(
            self.key,
            {date.fromisoformat(day.iso): [slug for slug, _ in day.topics] for day in self.days},
            self.ids,
            self.topics,
            self.tags,
        )


def summarise(month: Month) -> Summary:
    """Return a month's summary."""
    topics: dict[str, _TermCounter] = {}
    tags: dict[str, _TermCounter] = {}
    total = 0
    for day in month.days:
        iso = day.date.isoformat()
        total += len(day.papers)
        touched: dict[_TermCounter, None] = {}
        for placed in day.papers:
            paper = placed.paper
            row = f"{paper.id}\0{placed.date}\0{placed.topic}\0{paper!r}\n".encode()
            row = hashlib.blake2b(row, digest_size=16).digest()  # it counts for several terms
            topic = topics.setdefault(placed.topic, _TermCounter())
            topic.add(row, paper.tags)
            touched[topic] = None
            for slug in paper.tags:
                tag = tags.setdefault(slug, _TermCounter())
                tag.add(row, (other for other in paper.tags if other != slug))
                touched[tag] = None
        for term in touched:
            term.end_day(iso, few=total <= FEW and len(day.papers) < MANY)
    papers = [placed.paper for day in month.days for placed in day.papers]
    return Summary(
        key=month.key,
        fingerprint=fingerprint_of((day.date, day.fingerprint) for day in month.days),
        days=tuple(map(_of_day, month.days)),
        topics={slug: term.summary() for slug, term in sorted(topics.items())},
        tags={slug: term.summary() for slug, term in sorted(tags.items())},
        ids=tuple(paper.id for paper in papers),
        curators=_credited(name for paper in papers for name in paper.curators),
        submitters=_credited(paper.submitter for paper in papers),
        people=people.stamp_of(month),
    )


def _of_day(day: Day) -> DaySummary:
    return DaySummary(
        iso=day.date.isoformat(),
        fingerprint=day.fingerprint,
        count=len(day.papers),
        topics=tuple(Counter(placed.topic for placed in day.papers).items()),
        tags=tuple(Counter(tag for one in day.papers for tag in one.paper.tags).items()),
        missing=day.missing,
        words=_words(day),
        ever=len(day.papers)
        + len(day.missing)
        + (day.ledger_summary.declined if day.ledger_summary else 0),
    )


def _credited(names: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(name for name in names if name).items()))


def _words(day: Day) -> str:
    total = hashlib.blake2b(digest_size=8)
    for placed in day.papers:
        paper = placed.paper
        said = (paper.id, paper.title, paper.abstract, paper.tags, paper.authors, placed.topic)
        total.update(f"{said!r}\n".encode())
    return total.hexdigest()


class _TermCounter:
    """Counts a term's papers."""

    __slots__ = ("beside", "count", "hash", "settled")

    def __init__(self) -> None:
        self.count = 0
        self.hash = hashlib.blake2b(digest_size=8)
        self.beside: Counter[str] = Counter()
        self.settled: Settled | None = None

    def add(self, row: bytes, tags: Iterable[str]) -> None:
        self.count += 1
        self.hash.update(row)
        self.beside.update(tags)

    def end_day(self, iso: str, *, few: bool) -> None:
        """Settle a day's papers, where the month has `few`, these are the term's first, or there
        are enough of them."""
        if few or self.settled is None or self.count - self.settled.count >= STEP:
            self.settled = Settled(iso, self.count, self.hash.hexdigest())

    def summary(self) -> TermSummary:
        assert self.settled is not None
        ranked = sorted(self.beside.items(), key=lambda pair: (-pair[1], pair[0]))
        return TermSummary(self.count, self.hash.hexdigest(), dict(ranked[:20]), self.settled)
