"""Months and days of the archive, as read from content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..papers import Paper
from .ledger_summary import LedgerSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPaper:
    """A paper with its location: its day, its topic, and the page and line of its section.

    `listed` is when the capture was taken that first listed it (ISO 8601 with a time zone), less a
    second for each paper before it, so that a day's papers have an order; None where unknown.
    """

    paper: Paper
    date: date
    topic: str
    path: str
    line: int
    listed: str | None = None


def leading(placed: PublishedPaper) -> tuple[bool, int]:
    """Return what papers are sorted by where some lead: pinned ones first, then the most voted."""
    return not placed.paper.pinned, -(placed.paper.upvotes or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day's papers, by topic in the topics' order, with its ledger's summary.

    `intros` are pairs of a topic and the Markdown before its papers. `missing` are the
    ids of papers that the ledger published and no page holds; `declined` counts those that it
    declined, `drafts` those that it published and a page holds as drafts, which are not among the
    papers. Days with one fingerprint are equal.
    """

    date: date
    papers: tuple[PublishedPaper, ...]
    intros: tuple[tuple[str, str], ...] = ()
    ledger_summary: LedgerSummary | None = None
    missing: tuple[str, ...] = ()
    declined: int = 0
    drafts: int = 0
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month's days, oldest first."""

    key: str  # 2025-08
    days: tuple[Day, ...]


def day_fingerprint(hashed: str, topics: Iterable[str]) -> str:
    """Return a day's fingerprint: of the hash of its files and of its topics in order. Cached
    indexes (related papers, search) number a month's papers, so the order counts."""
    return hashlib.blake2b("\0".join((hashed, *topics)).encode(), digest_size=16).hexdigest()
