"""Some days' papers as an index that queries are matched on, made on the spot."""

from __future__ import annotations

from collections.abc import Sequence

from .. import search
from ..archive.model import Day
from ..render.labels import Labels
from ..text.plain import plain
from .index_files import document
from .month_index import MonthIndex


def index_of(days: Sequence[Day], names: Labels) -> MonthIndex:
    """The papers of some days (oldest first), numbered in their order."""
    placed = [one for day in days for one in day.papers]

    def texts(number: int) -> tuple[str, str]:
        paper = placed[number].paper
        return plain(paper.title), plain(paper.abstract)

    return MonthIndex(
        search.digest_month([document(one, names) for one in placed]),
        [(day.date, len(day.papers)) for day in days],
        texts,
        lambda number: placed[number].paper.upvotes or 0,
    )
