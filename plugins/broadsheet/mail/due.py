"""Which issues are due. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

MOST = {"daily": 7, "weekly": 3}
"""How many missed issues of a kind one run sends; older ones are skipped."""


def due(kind: str, keys: Sequence[str], opened: Collection[str]) -> list[str]:
    """Return the keys of the issues to send, oldest first: those of `keys` (all that exist, oldest
    first) that are not in `opened`.

    The first run sends the newest issue only. Later runs send every issue newer than the first one
    ever opened, so that a day that is published after its successor is still sent; at most the
    newest `MOST[kind]`.
    """
    if not keys:
        return []
    if not opened:
        return [keys[-1]]
    first = min(opened)
    return [key for key in keys if key > first and key not in opened][-MOST[kind] :]
