"""How a run of letters falls into TeX's command names and single letters.

A listing that drops backslashes glues commands to what follows and to what stood before:
`n\\varepsilon` arrives as `nvarepsilon`. `split` finds the names again, where a run is that rather
than a word of prose.
"""

from __future__ import annotations

import re
from functools import lru_cache

from broadsheet.tex.commands import ARROWS, FRAGMENTS, FUNCTIONS, GREEK, NAMES, SURE

LONGEST = max(map(len, NAMES))
GLUABLE = frozenset(n for n in SURE - FRAGMENTS - FUNCTIONS if len(n) > 2)
ARROW = re.compile("|".join(sorted((a for a in ARROWS if "arrow" in a), key=len, reverse=True)))


@lru_cache(maxsize=1 << 16)
def split(run: str) -> tuple[str, ...] | None:
    """`run` as names and letters, the reading with the fewest leftover letters; None for a word.

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
    for letters_run in re.findall(r"[^ ]+", "".join(p if len(p) == 1 else " " for p in pieces)):
        if len(letters_run) > 2 and not (letters_run.isupper() and len(letters_run) <= 4):
            return None
    return pieces


@lru_cache(maxsize=1 << 16)
def certain(run: str) -> tuple[str, ...] | None:
    """As `split`, where the run can't be prose wherever it stands."""
    pieces = split(run)
    if pieces is not None and len(run) > 1:
        if run in NAMES:
            return pieces if run in SURE else None
        if any(p in GLUABLE for p in pieces):
            return pieces
        if pieces[0] in GREEK and pieces[0].islower() and "".join(pieces[1:]).isupper():
            return pieces
    found = ARROW.search(run)
    if found and len(run) > len(found.group()):
        before, arrow, after = run[: found.start()], found.group(), run[found.end() :]
        return tuple(p for p in (before, arrow, after) if p)
    return None
