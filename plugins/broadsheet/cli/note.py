"""`broadsheet note`: add a note to a paper."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import curator_option, perform, root_option


@click.command()
@click.argument("paper")
@click.argument("text")
@curator_option
@root_option
def note(paper: str, text: str, curator: str | None, root: Path) -> None:
    """Add a note, in Markdown, to PAPER.

    PAPER is its id, its address, its arXiv id, its title, or the title's start. Followers are told
    by the line `updated:`.
    """
    from ..curate import Annotate

    perform(root, [Annotate(paper, text)], curator=curator)
