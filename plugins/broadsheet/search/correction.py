"""Spelling correction: the written form that a word which is nowhere probably means.

Candidates are forms within an edit distance, where swapped neighbours are one edit (optimal string
alignment: Damerau, "A technique for computer detection and correction of spelling errors", 1964).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

SHORTEST = 4
"""The least letters of a word that is corrected."""
_SHORT = 5
"""Words of so many letters may differ by one edit, longer ones by two."""
COMMON = 6
"""Bit length of the least number of occurrences of a form that replaces a word which is there."""

Spellings = Callable[[int], Sequence[tuple[str, int]]]


def nearest(word: str, spellings: Spellings, *, is_there: bool) -> str | None:
    """Return the form that a folded word most probably means, or None.

    `spellings` returns the forms of so many letters, with the bit length of their occurrences. The
    nearest is best, then one with the same first letter, then the commonest, then by the alphabet.
    Where the word itself `is_there`, if rarely, only a common form one edit away is meant.
    """
    most = 1 if is_there or len(word) <= _SHORT else 2
    letters = _letters(word)
    best: tuple[int, bool, int, str] | None = None
    for length in range(max(1, len(word) - most), len(word) + most + 1):
        for form, code in spellings(length):
            if (letters ^ _letters(form)).bit_count() > 2 * most or form == word:
                continue
            if is_there and code < COMMON:
                continue
            distance = edits(word, form, most)
            if distance <= most:
                found = (distance, form[0] != word[0], -code, form)
                if best is None or found < best:
                    best = found
    return best[3] if best else None


@lru_cache(maxsize=1 << 16)
def _letters(word: str) -> int:
    """Return the letters of a word as a set of bits: an edit changes at most two of them."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def edits(ours: str, theirs: str, most: int) -> int:
    """Return the edit distance of two words, or more than `most` where it is larger."""
    if abs(len(ours) - len(theirs)) > most:
        return most + 1
    before: Iterable[int] = ()
    row = list(range(len(theirs) + 1))
    for place, letter in enumerate(ours, 1):
        older, before, row = list(before), row, [place]
        for other, their in enumerate(theirs, 1):
            cost = min(row[-1] + 1, before[other] + 1, before[other - 1] + (letter != their))
            if (
                place > 1 and other > 1
                and letter == theirs[other - 2] and ours[place - 2] == their
            ):  # fmt: skip
                cost = min(cost, older[other - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return row[-1]
