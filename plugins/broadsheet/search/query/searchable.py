"""What searching asks of an index: the published one (published.py), or one made of the archive's
statistics (archive_index.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..index.cards import ResultCard
from ..index.codes import Times
from .matching import QueryIndex


class Searchable(QueryIndex, Protocol):
    """An index whose papers can be ranked and shown. Papers are numbered from 0, oldest day first;
    sets of papers are bitmaps."""

    def postings(self, term: str) -> tuple[Sequence[int], Sequence[Times]]:
        """Return the papers that hold a term, ascending, and how often each does in its fields."""

    def identified(self, key: str) -> int:
        """Return the papers with an identifier (a key of identifiers.py)."""

    def spellings(self, name: str) -> Sequence[tuple[str, int]]:
        """Return the written forms of so many letters, each with the bit length of its number of
        occurrences."""

    def card(self, number: int) -> ResultCard:
        """Return what a result shows of a paper."""
