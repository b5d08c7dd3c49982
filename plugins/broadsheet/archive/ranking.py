"""Ranks papers for the page Trending, by votes, notes and age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from heapq import nsmallest

from .briefs import Brief

SHOWN = 30  # papers of each span
NOTE = 10  # the votes that a curator's note counts as


def score(paper: Brief, newest: date, span: int) -> float:
    """Return a paper's score among those of the last `span` days: votes and notes, halved each half
    span of age."""
    age = (newest - date.fromisoformat(paper.iso)).days
    return float((1 + (paper.upvotes or 0) + NOTE * paper.notes) * 0.5 ** (age / (span / 2)))


def ranked(papers: Sequence[Brief], newest: date, span: int) -> list[Brief]:
    """Return the papers of the last `span` days with the highest scores, highest first."""
    first = (newest - timedelta(span - 1)).isoformat()
    rows = (
        (-score(paper, newest, span), position, paper)
        for position, paper in enumerate(papers)
        if paper.iso >= first
    )
    return [paper for _, _, paper in nsmallest(SHOWN, rows, key=lambda row: row[:2])]
