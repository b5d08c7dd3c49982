"""Edit the digest: add, move, retag, annotate and retire papers; and compare two states of it.

The core is pure: texts in, a `Change` out. `folder` reads and writes the content folder, `git`
runs git. May import content, archive, importer, subscriptions, topics and what lies below.
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
