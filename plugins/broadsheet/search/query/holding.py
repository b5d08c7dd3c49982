"""Which papers hold a unit of plain words, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from .units import Unit, Word


class TermHolders(Protocol):
    """What is asked of an index. Sets of papers are bitmaps in integers."""

    def holders(self, term: str, fields: Sequence[str]) -> int:
        """Return the papers that hold a term in one of some fields."""


def holders(unit: Unit, index: TermHolders, fields: Sequence[str] | None = None) -> int:
    """Return the papers that hold a unit, all of a way in these fields (without: the unit's)."""
    within = unit.fields if fields is None else fields
    found = 0
    for way in unit.ways:
        found |= _all(way, index, within)
    return found


def typed_holders(unit: Unit, index: TermHolders) -> int:
    """Return the papers that hold a unit as it is typed."""
    found = 0
    for way in unit.ways:
        if all(word.typed for word in way):
            found |= _all([Word(word.typed) for word in way], index, unit.fields)
    return found


def word_holders(word: Word, index: TermHolders, fields: Sequence[str]) -> int:
    """Return the papers that hold a word as one of its terms."""
    found = 0
    for term in word.terms:
        found |= index.holders(term, fields)
    return found


def _all(way: Iterable[Word], index: TermHolders, fields: Sequence[str]) -> int:
    found = -1
    for word in way:
        found &= word_holders(word, index, fields)
        if not found:
            return 0
    return found
