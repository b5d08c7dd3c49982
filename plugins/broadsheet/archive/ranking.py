"""What trends: a paper's score, and the best of some days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from heapq import nsmallest

from .briefs import Brief

SHOWN = 30  # papers of each span


NOTE = 10  # votes that a curator's note is worth


def score(paper: Brief, newest: date, span: int) -> float:
    """A paper's score among those of the last `span` days (see FORMULA)."""
    age = (newest - date.fromisoformat(paper.iso)).days
    return float((1 + (paper.upvotes or 0) + NOTE * paper.notes) * 0.5 ** (age / (span / 2)))


def ranked(papers: Sequence[Brief], newest: date, span: int) -> list[Brief]:
    """The best papers of the last `span` days, the best first."""
    first = (newest - timedelta(span - 1)).isoformat()
    found = (
        (-score(one, newest, span), place, one)
        for place, one in enumerate(papers)
        if one.iso >= first
    )
    return [one for _, _, one in nsmallest(SHOWN, found, key=lambda row: row[:2])]
