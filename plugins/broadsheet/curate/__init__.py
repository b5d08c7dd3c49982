"""Curating: adding, moving, retagging, annotating and taking out papers, and telling what a
change means.

The core is pure: texts in, a `Change` out. `folder` reads and writes the content folder, `git`
asks git.
"""

from __future__ import annotations

from .add import add
from .change import Change, State
from .diff import Changes, compare
from .explain import explain
from .move import move, retire, retire_gone
from .note import note
from .pr_comment import markdown
from .rename import rename
from .retag import retag
from .upgrade import upgrade

__all__ = [
    "Change",
    "Changes",
    "State",
    "add",
    "compare",
    "explain",
    "markdown",
    "move",
    "note",
    "rename",
    "retag",
    "retire",
    "retire_gone",
    "upgrade",
]
