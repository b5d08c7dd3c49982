"""Which words of a text changed, with the words around them. Pure.

Line breaks alone are no change.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

MOST = 2_000  # words of a text; of a longer one, all that differs counts as one change
AROUND = 3  # words shown before and after a change
_NEAR = 2  # unchanged words between two changes that count as one


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that were replaced, removed ("" is `new`) or added ("" is `old`), and a few unchanged
    words before and after them."""

    old: str
    new: str
    before: str = ""
    after: str = ""


def word_changes(old: str, new: str) -> tuple[WordChange, ...]:
    """Return the changes from one text to another, in the order of the text."""
    was, now = old.split(), new.split()
    return tuple(
        WordChange(
            " ".join(was[a:b]),
            " ".join(now[c:d]),
            " ".join(now[max(0, c - AROUND) : c]),
            " ".join(now[d : d + AROUND]),
        )
        for a, b, c, d in _places(was, now)
    )


def _places(was: list[str], now: list[str]) -> list[tuple[int, int, int, int]]:
    start, end = _shared(was, now)
    middle, other = was[start : len(was) - end], now[start : len(now) - end]
    if not middle and not other:
        return []
    if max(len(middle), len(other)) > MOST:
        return [(start, len(was) - end, start, len(now) - end)]
    found: list[tuple[int, int, int, int]] = []
    for kind, a, b, c, d in SequenceMatcher(None, middle, other, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        place = (start + a, start + b, start + c, start + d)
        if found and place[0] - found[-1][1] <= _NEAR:
            place = (found[-1][0], place[1], found[-1][2], place[3])
            found.pop()
        found.append(place)
    return found


def _shared(was: list[str], now: list[str]) -> tuple[int, int]:
    """Return how many words both begin with, and how many of the rest both end with."""
    shorter = min(len(was), len(now))
    start = 0
    while start < shorter and was[start] == now[start]:
        start += 1
    end = 0
    while end < shorter - start and was[-1 - end] == now[-1 - end]:
        end += 1
    return start, end
