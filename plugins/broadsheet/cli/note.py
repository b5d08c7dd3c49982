"""`broadsheet note`: add a note to a paper, or replace or remove one."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import curator_option, perform, root_option


@click.command()
@click.argument("paper")
@click.argument("text", required=False)
@click.option("--edit", "edited", type=click.IntRange(1), metavar="N",
              help="Put TEXT in place of the paper's Nth note.")  # fmt: skip
@click.option("--drop", "dropped", type=click.IntRange(1), metavar="N",
              help="Remove the paper's Nth note.")  # fmt: skip
@curator_option
@root_option
def note(
    paper: str,
    text: str | None,
    edited: int | None,
    dropped: int | None,
    curator: str | None,
    root: Path,
) -> None:
    """Add a note, in Markdown, to PAPER; or replace or remove one of its notes.

    PAPER is its id, its address, its arXiv id, its title, or the title's start. Several curators
    may write on one paper: each note is credited to its own. Followers are told by the line
    `updated:`.
    """
    from ..curate import Annotate, Operation, ReviseNote

    operation: Operation
    if dropped is not None:
        if text is not None or edited is not None:
            raise click.UsageError("expected --drop N alone, without a TEXT")
        operation = ReviseNote(paper, dropped)
    elif text is None:
        raise click.UsageError("expected a TEXT, or --drop N")
    elif edited is not None:
        operation = ReviseNote(paper, edited, text)
    else:
        operation = Annotate(paper, text)
    perform(root, [operation], curator=curator)
