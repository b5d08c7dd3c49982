"""Summaries of months: what a whole site needs to know of a month without reading it again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ..urls import MonthPages
from .day_reader import fingerprint_of
from .model import Day, Month


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySummary:
    """A day without its papers. `missing` is as the day's; `words` is a hash of its papers' ids,
    titles, abstracts and tags; `ever` counts the papers that it has or had, as far as its ledger
    tells, those that were moved or taken out too."""

    iso: str
    digest: str
    count: int
    topics: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    words: str = ""
    ever: int = 0


@dataclass(frozen=True, slots=True)
class TermSummary:
    """A topic's or tag's papers in one month: how many, a hash of their rows, and the tags that
    they have (besides itself) with counts, the commonest first."""

    count: int
    digest: str
    beside: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A month without its papers."""

    key: str
    digest: str
    days: tuple[DaySummary, ...]
    topics: dict[str, TermSummary]
    tags: dict[str, TermSummary]
    ids: tuple[str, ...]
    curators: tuple[tuple[str, int], ...] = ()  # who is credited with how many papers
    submitters: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """How many papers the month has."""
        return sum(day.count for day in self.days)

    def term(self, kind: str, slug: str) -> TermSummary:
        """A "topic" or a "tag" of the month. Raises KeyError where no paper has it."""
        return (self.topics if kind == "topic" else self.tags)[slug]

    @property
    def words(self) -> str:
        """A hash of what its papers say, whatever is noted or counted of them."""
        return ",".join(f"{day.iso} {day.words}" for day in self.days)

    def pages(self) -> MonthPages:
        """What pages the month has, for the registry of addresses."""
        return MonthPages(
            self.key,
            {date.fromisoformat(day.iso): [slug for slug, _ in day.topics] for day in self.days},
            self.ids,
            self.topics,
            self.tags,
        )

    def plain(self) -> dict[str, Any]:
        """The summary as plain data, for keeping."""
        return {
            "key": self.key,
            "digest": self.digest,
            "days": [asdict(day) for day in self.days],
            "topics": _plain(self.topics),
            "tags": _plain(self.tags),
            "ids": self.ids,
            "curators": self.curators,
            "submitters": self.submitters,
        }

    @staticmethod
    def of_plain(data: dict[str, Any]) -> Summary:
        """The inverse of `plain`. Raises KeyError, TypeError or ValueError on other data."""
        return Summary(
            key=str(data["key"]),
            digest=str(data["digest"]),
            days=tuple(
                DaySummary(
                    iso=str(one["iso"]),
                    digest=str(one["digest"]),
                    count=int(one["count"]),
                    topics=_pairs(one["topics"]),
                    missing=tuple(map(str, one["missing"])),
                    words=str(one["words"]),
                    ever=int(one["ever"]),
                )
                for one in data["days"]
            ),
            topics={slug: TermSummary(*one) for slug, one in data["topics"].items()},
            tags={slug: TermSummary(*one) for slug, one in data["tags"].items()},
            ids=tuple(map(str, data["ids"])),
            curators=_pairs(data["curators"]),
            submitters=_pairs(data["submitters"]),
        )


def _plain(terms: Mapping[str, TermSummary]) -> dict[str, list[Any]]:
    return {slug: [one.count, one.digest, one.beside] for slug, one in terms.items()}


def _pairs(rows: Iterable[Any]) -> tuple[tuple[str, int], ...]:
    return tuple((str(name), int(count)) for name, count in rows)


def summarise(month: Month) -> Summary:
    """What the site needs to know of a month that it does not read."""
    topics: dict[str, _Term] = {}
    tags: dict[str, _Term] = {}
    for day in month.days:
        for one in day.papers:
            row = f"{one.paper.id}\0{one.date}\0{one.topic}\0{one.paper!r}\n".encode()
            topics.setdefault(one.topic, _Term()).add(row, one.paper.tags)
            for tag in one.paper.tags:
                tags.setdefault(tag, _Term()).add(
                    row, (other for other in one.paper.tags if other != tag)
                )
    return Summary(
        key=month.key,
        digest=fingerprint_of((day.date, day.digest) for day in month.days),
        days=tuple(
            DaySummary(
                iso=day.date.isoformat(),
                digest=day.digest,
                count=len(day.papers),
                topics=tuple(Counter(one.topic for one in day.papers).items()),
                missing=day.missing,
                words=_words(day),
                ever=len(day.papers)
                + len(day.missing)
                + (day.intake.declined if day.intake else 0),
            )
            for day in month.days
        ),
        topics={slug: term.summary() for slug, term in sorted(topics.items())},
        tags={slug: term.summary() for slug, term in sorted(tags.items())},
        ids=tuple(one.paper.id for day in month.days for one in day.papers),
        curators=_credited(one.paper.curator for day in month.days for one in day.papers),
        submitters=_credited(one.paper.submitter for day in month.days for one in day.papers),
    )


def _credited(names: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(name for name in names if name).items()))


def _words(day: Day) -> str:
    total = hashlib.blake2b(digest_size=8)
    for one in day.papers:
        paper = one.paper
        total.update(f"{(paper.id, paper.title, paper.abstract, paper.tags)!r}\n".encode())
    return total.hexdigest()


class _Term:
    """A term's summary while it is counted."""

    __slots__ = ("beside", "count", "hash")

    def __init__(self) -> None:
        self.count = 0
        self.hash = hashlib.blake2b(digest_size=8)
        self.beside: Counter[str] = Counter()

    def add(self, row: bytes, tags: Iterable[str]) -> None:
        self.count += 1
        self.hash.update(row)
        self.beside.update(tags)

    def summary(self) -> TermSummary:
        ranked = sorted(self.beside.items(), key=lambda pair: (-pair[1], pair[0]))
        return TermSummary(self.count, self.hash.hexdigest(), dict(ranked[:20]))
