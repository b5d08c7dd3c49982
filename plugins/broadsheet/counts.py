"""Counts in messages: "1 paper", "2 papers"."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with what it counts: `one` thing, or `many` (by default with an s)."""
    return f"{count} {one if count == 1 else many or one + 's'}"
