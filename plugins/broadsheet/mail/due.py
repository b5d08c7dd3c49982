"""Which issues are to be sent now."""

from __future__ import annotations

from collections.abc import Collection, Sequence

MOST = {"daily": 7, "weekly": 3}
"""How many missed issues a run catches up on; older ones nobody wants any more."""


def due(kind: str, keys: Sequence[str], opened: Collection[str]) -> list[str]:
    """The keys to send, oldest first: of `keys`, all there are (oldest first), those not yet
    `opened`.

    The first run ever sends the newest issue only. Later ones send all since the first that was
    ever sent, so that a day that comes late, even after its successor, is sent when it comes; but
    at most the last few.
    """
    if not keys:
        return []
    if not opened:
        return [keys[-1]]
    first = min(opened)
    return [key for key in keys if key > first and key not in opened][-MOST[kind] :]
