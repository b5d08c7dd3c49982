"""How a run of letters falls into TeX's command names and single letters.

A listing that drops backslashes glues commands to what follows and to what stood before:
`n\\varepsilon` arrives as `nvarepsilon`. `split` finds the names again, where a run is that rather
than a word of prose.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .commands import (
    ARROWS,
    FRAGMENTS,
    FUNCTIONS,
    GREEK,
    MARKS,
    NAMES,
    OPERATORS,
    PARTNERS,
    SURE,
)

LONGEST = max(map(len, NAMES))
GLUABLE = frozenset(n for n in SURE - FRAGMENTS - FUNCTIONS if len(n) > 2)
_ARROW = "|".join(sorted((a for a in ARROWS if "arrow" in a), key=len, reverse=True))
ARROW = re.compile(_ARROW)
PAIRING = frozenset(["in", "to", "ge", "le", "ll", "gg", "ne", "sim", "ni"])
_WORDS = frozenset({
    "age", "ale", "all", "ill", "ell", "egg", "one", "pin", "sin", "bin", "win", "kin", "tin",
    "fin", "gin", "din", "ene", "Age", "Ale", "All", "Ill", "Ell", "Egg", "One", "Pin", "Sin",
    "Bin", "Win", "Kin", "Tin", "Fin", "Gin", "Din", "Jin", "Lin", "Min", "Qin", "Xin", "Yin",
    "Zin", "Ani", "Uni", "uni", "nne", "Une",
})  # fmt: skip
_LEFT, _RIGHT = tuple(PARTNERS), tuple(PARTNERS.values())


@lru_cache(maxsize=1 << 16)
def split(run: str) -> tuple[str, ...] | None:
    """Return `run` as names and letters, the reading with the fewest leftover letters; None for a
    word.

    Leftover letters come one by one. At most two may stand together, or four capitals: more than
    that are a word.
    """
    if len(run) == 1 or run in NAMES:
        return (run,)
    if len(run) > 40:
        return None
    best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    for end in range(1, len(run) + 1):
        letters, count, pieces = best[end - 1]
        found = (letters + 1, count + 1, (*pieces, run[end - 1]))
        for start in range(max(0, end - LONGEST), end - 1):
            if run[start:end] in NAMES:
                letters, count, pieces = best[start]
                found = min(found, (letters, count + 1, (*pieces, run[start:end])))
        best.append(found)
    pieces = best[-1][2]
    if all(len(piece) == 1 for piece in pieces):
        return None
    leftover = "".join(piece if len(piece) == 1 else " " for piece in pieces)
    for letters_run in leftover.split():
        if len(letters_run) > 2 and not (letters_run.isupper() and len(letters_run) <= 4):
            return None
    return pieces


@lru_cache(maxsize=1 << 16)
def certain(run: str) -> tuple[str, ...] | None:
    """Return as `split`, where the run can't be prose wherever it stands."""
    pieces = split(run)
    if pieces is not None and len(run) > 1:
        if run in NAMES:
            return pieces if run in SURE else None
        if any(p in GLUABLE for p in pieces) or _product(pieces) or _greek(pieces):
            return pieces
    found = ARROW.search(run)
    if found and len(run) > len(found.group()):
        before, arrow, after = run[: found.start()], found.group(), run[found.end() :]
        return tuple(p for p in (before, arrow, after) if p)
    return None


def _product(pieces: tuple[str, ...]) -> bool:
    """Return whether letters stand around one operator, as in `HtimesW`, `kneq`, `xinX`."""
    names = [p for p in pieces if len(p) > 1]
    if len(names) != 1 or len(pieces) > 3:
        return False
    name, first, last = names[0], pieces[0], pieces[-1]
    if name == "times":
        return True
    if len(first) > 1:  # hatA, barX
        return first in MARKS and len(pieces) == 2 and last.isupper()
    return first.lower() not in "aeiou" and name in FRAGMENTS & OPERATORS - {"odot", "mp", "perp"}


def _greek(pieces: tuple[str, ...]) -> bool:
    """Return whether a Greek letter stands before capitals or another: `muP`, `Deltatheta`."""
    if pieces[0] not in GREEK:
        return False
    rest = "".join(pieces[1:])
    if all(p in GREEK for p in pieces):
        return len(rest) > 3 and pieces[0] != "Pi"
    return (
        all(len(p) == 1 for p in pieces[1:])
        and rest.isupper()
        and (pieces[0].islower() or (pieces[0] == "Delta" and len(rest) == 1))
    )


@lru_cache(maxsize=1 << 16)
def pairing(run: str) -> tuple[str, ...] | None:
    """Read `nge`, `Xsim`, `pin`, `xinX`: letters with an operator, if what follows says so."""
    pieces = split(run)
    if pieces is None or len(pieces) < 2 or len(pieces[0]) > 1 or pieces[1] not in PAIRING:
        return None
    if len(pieces) == 3 and pieces[1] in ("in", "to") and pieces[2].isupper():
        return pieces
    return pieces if len(pieces) == 2 and run not in _WORDS else None


@lru_cache(maxsize=1 << 16)
def inert(run: str) -> bool:
    """Return whether a run is prose and nothing else, so that no formula starts in it."""
    if len(run) == 1 or run in NAMES or certain(run) is not None:
        return False
    if run.startswith(_LEFT) or run.endswith(_RIGHT):
        return False
    return split(run) is None or (run[1:].islower() and pairing(run) is None)


@lru_cache(maxsize=1 << 16)
def telling(run: str) -> bool:
    """Return whether a run may prove a formula, or be part of a proof: no text without one holds
    any."""
    if run in NAMES:
        return run in SURE or run in GREEK or run in ("sim", "pm", "approx", "times")
    return certain(run) is not None or run.endswith(_RIGHT) or run.startswith(_LEFT)
