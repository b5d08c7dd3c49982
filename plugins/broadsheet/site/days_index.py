"""Some days' papers as an index that queries are matched on, made on the spot."""

from __future__ import annotations

from collections.abc import Sequence

from .. import search
from .archive import Day
from .month_index import MonthIndex
from .search_index import document
from .show.papers import Names
from .wording import plain


def index_of(days: Sequence[Day], names: Names) -> MonthIndex:
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
