"""What becomes of one paper's section when two sides are merged. Pure."""

from __future__ import annotations

from collections.abc import Callable

from . import sections
from .marks import marked

REMOVED, CHANGED, ANOTHER = "took the paper out", "changed it", "another paper of this id"

Tell = Callable[[str], None]
"""Called with a line on what was decided, for the curator."""


def merge(key: str, base: str, ours: str, theirs: str, tell: Tell) -> str:
    """Return the merged section of a paper whose id is `key`; "" where it goes.

    A section is "" where a side has none. One that a side removed and the other changed is a
    conflict, unless only votes changed: who reads one page alone can't tell whether it was moved.
    """
    if ours and theirs:
        return both(base, ours, theirs)
    side = ours or theirs
    if not base or not side:
        return "" if base else side
    if side == base:
        return ""
    if sections.only_counted(base, side):
        tell(f"{key}: taken out by one side; the other side's newer votes go with it")
        return ""
    return removed(ours, theirs)


def both(base: str, ours: str, theirs: str) -> str:
    """Return the merged section of a paper that both sides have."""
    if not base and ours != theirs:
        one, other = sections.paper_of(ours), sections.paper_of(theirs)
        if one is None or other is None or not sections.is_same_paper(one, other):
            return marked(ours, theirs, ours_did=ANOTHER, theirs_did=ANOTHER)
    return sections.merge(base, ours, theirs)


def removed(ours: str, theirs: str) -> str:
    """Return the conflict of a section that one side ("") removed and the other changed."""
    mine, other = (CHANGED if one else REMOVED for one in (ours, theirs))
    return marked(ours, theirs, ours_did=mine, theirs_did=other)
