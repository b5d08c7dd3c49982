"""Edit the digest: choose, add, move, retag, annotate, reword and decline papers; and compare two
states of it.

The core is pure: texts in, a `Change` out. `operations` is what front ends call. `folder` reads and
writes the content folder, `edit_history` keeps the last edits, `git` runs git. May import content,
archive, importer, subscriptions, topics and what lies below.
"""

from __future__ import annotations

from .add import Adding, KnownPaperError, add_all, held
from .change import Change, State
from .desk import Curator
from .diff import Changes, compare
from .explain import explain
from .operations import (
    Annotate,
    Decline,
    Done,
    Move,
    Operation,
    Outcome,
    Pick,
    Retag,
    ReviseNote,
    Reword,
    Summarize,
    apply,
    planned,
    undo,
)
from .pr_comment import markdown
from .rename import merge, rename
from .sentences import sentences
from .upgrade import upgrade

__all__ = [
    "Adding",
    "Annotate",
    "Change",
    "Changes",
    "Curator",
    "Decline",
    "Done",
    "KnownPaperError",
    "Move",
    "Operation",
    "Outcome",
    "Pick",
    "Retag",
    "ReviseNote",
    "Reword",
    "State",
    "Summarize",
    "add_all",
    "apply",
    "compare",
    "explain",
    "held",
    "markdown",
    "merge",
    "planned",
    "rename",
    "sentences",
    "undo",
    "upgrade",
]
