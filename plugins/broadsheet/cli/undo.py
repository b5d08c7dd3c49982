"""`broadsheet undo`: take the last command's edit back."""

from __future__ import annotations

from pathlib import Path

import click

from ..content.from_here import named_from_here
from .editing import report_settled, root_option, tell_untracked
from .terminal import echo


@click.command()
@root_option
def undo(root: Path) -> None:
    """Take back what the last command changed.

    That is what pick, decline, review, add, edit, move, retag, note, topic, tag, reclassify,
    retire, summarize or upgrade did; run again, it takes back what the one before it changed.
    Imports are not undone; git does that. Nothing that was edited since is overwritten: the command
    then names the file and changes nothing. The last edits are remembered on this machine, beside
    the content folder.
    """
    from .. import curate
    from ..curate.changes.folder import Folder

    outcome = curate.undo(Folder(root))
    report_settled(outcome.settled)
    tell_untracked(root, outcome.created)
    echo(named_from_here(outcome.message, root))
