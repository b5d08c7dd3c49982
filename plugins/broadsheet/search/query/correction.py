"""Spelling correction: the written form that a word which is nowhere probably means.

A word of common words run together is taken apart ("diffusionmodels"). Else candidates are forms
within an edit distance, where swapped neighbours are one edit (optimal string alignment: Damerau,
"A technique for computer detection and correction of spelling errors", 1964). A form with another
prefix is none: "unlearning" doesn't mean learning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from ..analysis.folding import LONGEST
from ..index.spelling import COMMON, COMMON_WORDS, list_of

SHORTEST = 4
"""The least letters of a word that is corrected."""
_SHORT = 5
"""Words of so many letters may differ by one edit, longer ones by two."""
_PREFIX = 2
"""Two edits in so many first letters are another prefix: un-, in-, re-, de-."""
Spellings = Callable[[str], Sequence[tuple[str, int]]]


def nearest(word: str, spellings: Spellings, *, is_there: bool) -> str | None:
    """Return the form that a folded word most probably means, or None.

    `spellings` returns the forms of a list (see spelling.py), with the bit length of their
    occurrences: first those with the word's first letter, then, if none is near, common ones. One
    that begins with the word is best (it may be unfinished: "transf"), then the nearest, then one
    with the same first letter, then the commonest, then by the alphabet. Where the word itself
    `is_there`, if rarely, only a common form one edit away is meant.
    """
    most = 1 if is_there or len(word) <= _SHORT else 2
    letters = _letters(word)
    for name in (COMMON_WORDS,) if is_there else (list_of(word), COMMON_WORDS):
        best: tuple[int, bool, int, str] | None = None
        for form, code in spellings(name):
            begins = not is_there and form.startswith(word)
            if form == word or (not begins and abs(len(form) - len(word)) > most):
                continue
            if not begins and (letters ^ _letters(form)).bit_count() > 2 * most:
                continue
            if is_there and code < COMMON:
                continue
            distance = 0 if begins else edits(word, form, most)
            if begins or (distance <= most and not _has_other_prefix(word, form, distance)):
                found = (distance, form[0] != word[0], -code, form)
                if best is None or found < best:
                    best = found
        if best is not None:
            return best[3]
    return None


def _has_other_prefix(ours: str, theirs: str, distance: int) -> bool:
    """Return whether two words differ by a prefix alone, which negates or turns what they mean."""
    short, long = sorted((ours, theirs), key=len)
    if long == f"a{short}":
        return True
    return distance == _PREFIX and long[_PREFIX:] in (short, short[_PREFIX:])


def taken_apart(word: str, spellings: Spellings, *, misspelt: bool = False) -> str | None:
    """Return the common words that a folded word was run together of, with hyphens between them;
    None where it is of no such words, or longer than words are. The longest words come first. If
    `misspelt`, the first or the last word may be, by an edit ("difusionmodels")."""
    if len(word) > LONGEST:
        return None
    forms = {form for form, _ in spellings(COMMON_WORDS)}
    rest: list[str | None] = [None] * len(word) + [""]
    for start in range(len(word) - 1, -1, -1):
        for end in range(len(word), start, -1):
            behind = rest[end]
            if behind is not None and word[start:end] in forms and (start or behind):
                rest[start] = f"{word[start:end]}-{behind}".removesuffix("-")
                break
    for end in range(SHORTEST, len(word) - SHORTEST + 1) if misspelt else ():
        first, last = word[:end], word[end:]
        known = rest[end] if end > SHORTEST else None
        meant = nearest(first, spellings, is_there=True) if known else None
        if meant:
            return f"{meant}-{known}"
        known = first if first in forms and len(last) > SHORTEST else None
        meant = nearest(last, spellings, is_there=True) if known else None
        if meant:
            return f"{known}-{meant}"
    return rest[0]


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
