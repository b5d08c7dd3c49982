"""The archive as values: days and months read from content, and what a whole site needs to know of
each month without reading it again.

A `Month` holds its papers and is big; a `Summary` is small, depends on the month's content alone,
and is what pages that look over all months (archive, topics, tags) are made of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..papers import Paper
from .ledger_summary import LedgerSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A paper where it stands: its day, topic, and the page and line of its section."""

    paper: Paper
    date: date
    topic: str
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day's papers, topic after topic in the topics' order, and what its ledger says: what came
    in, and which papers it published that no page holds (`missing`). `digest` is a hash of its
    files and of the order of its topics: days with one digest are equal."""

    date: date
    papers: tuple[Placed, ...]
    intros: tuple[tuple[str, str], ...] = ()  # Markdown before a topic's papers, by topic
    intake: LedgerSummary | None = None
    missing: tuple[str, ...] = ()
    declined: int = 0  # papers that its ledger says were
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month's days, oldest first."""

    key: str  # 2025-08
    days: tuple[Day, ...]


def _day_digest(hashed: str, topics: Iterable[str]) -> str:
    """A day's hash: of its files, and of its topics in their order. Papers are known by their
    places in a month, in the kept indexes of related papers and of search, so the order counts."""
    return hashlib.blake2b("\0".join((hashed, *topics)).encode(), digest_size=16).hexdigest()
