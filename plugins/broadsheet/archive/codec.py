"""Parsed days as JSON, so that a build need not parse again what an earlier build parsed."""

from __future__ import annotations

from ..io.cache import decode, encode
from .model import Day


def packed(day: Day) -> bytes | None:
    """Return a day as JSON; None if it would not come back equal, as one with odd values of a
    curator's own may not."""
    data = encode(day)
    return data if data is not None and decode(data, Day) == day else None


def unpacked(data: bytes) -> Day:
    """Return the day that `packed` encoded. Raises one of io.cache.MALFORMED."""
    return decode(data, Day)
