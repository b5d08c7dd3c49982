"""Edit the digest: choose, add, move, retag, annotate, reword and decline papers; and compare two
states of it.

The core is pure: texts in, a `Change` out. `papers.operations` is what front ends call.
`changes.folder` reads and writes the content folder, `changes.edit_history` keeps the last edits,
`versions.git` runs git. May import content, archive, importer, subscriptions, topics and what lies
below.
"""

from __future__ import annotations

from .bulk.sentences import sentences
from .bulk.upgrade import upgrade
from .changes.change import Change, ContentState
from .papers.add import Adding, KnownPaperError, add_all, held
from .papers.desk import Curator
from .papers.explain import explain
from .papers.operations import (
    Annotate,
    Decline,
    DoneOperation,
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
from .versions.diff import Changes, compare
from .versions.pr_comment import markdown
from .vocabularies.rename import merge, rename

__all__ = [
    "Adding",
    "Annotate",
    "Change",
    "Changes",
    "ContentState",
    "Curator",
    "Decline",
    "DoneOperation",
    "KnownPaperError",
    "Move",
    "Operation",
    "Outcome",
    "Pick",
    "Retag",
    "ReviseNote",
    "Reword",
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
