"""The order of a list that two sides changed: keys of papers, rows, notes. Pure.

The result is the same whichever side is called ours: what both sides insert at one place is ordered
by the keys themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

_Value = TypeVar("_Value")


def kept(base: Collection[str], ours: Collection[str], theirs: Collection[str]) -> set[str]:
    """Return the keys that a three-way merge of sets keeps: those of both sides, and those that one
    side added."""
    mine, other, before = set(ours), set(theirs), set(base)
    return (mine & other) | ((mine | other) - before)


def weave(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], keep: Collection[str]
) -> list[str]:
    """Return the keys of `keep`, each of which is in one of the lists, in their merged order.

    An order that one side alone changed wins; where both did, the lists themselves decide. Inserted
    keys stand after the key that they followed.
    """
    wanted = set(keep)
    lists = [_only(one, wanted) for one in (base, ours, theirs)]
    lead = _lead(*lists)
    standing = set(lead)
    runs: dict[str | None, list[list[str]]] = {}
    for one in lists:
        anchor: str | None = None
        run: list[str] = []
        for key in one:
            if key in standing:
                anchor, run = key, []
            elif run:
                run.append(key)
            else:
                run = [key]
                runs.setdefault(anchor, []).append(run)
    order: dict[str, None] = {}
    for anchor in (None, *lead):
        if anchor is not None:
            order[anchor] = None
        for run in sorted(runs.get(anchor, ())):
            order.update(dict.fromkeys(run))
    return list(order)


def three_way(base: _Value, ours: _Value, theirs: _Value) -> tuple[_Value, bool]:
    """Return the value that one side changed, or both alike; else ours, and that they conflict."""
    if ours in (theirs, base):
        return theirs, False
    return ours, theirs != base


def _only(keys: Iterable[str], wanted: set[str]) -> list[str]:
    return list(dict.fromkeys(key for key in keys if key in wanted))


def _lead(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """Return the keys of the base that both sides have too, in the order that wins."""
    common = set(base) & set(ours) & set(theirs)
    before, mine, other = ([key for key in one if key in common] for one in (base, ours, theirs))
    if before == mine:
        return other
    return mine if before == other else min(mine, other)
