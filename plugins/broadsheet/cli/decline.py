"""`broadsheet decline`: decline papers that wait, and published ones."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import curator_option, perform, root_option


@click.command()
@click.argument("papers", metavar="PAPER...", nargs=-1, required=True)
@click.option("--why", metavar="TEXT",
              help="What readers of a published paper's old address are told.")  # fmt: skip
@curator_option
@root_option
def decline(papers: tuple[str, ...], why: str | None, curator: str | None, root: Path) -> None:
    """Take each PAPER out of what waits, or out of the digest. No import brings it back.

    PAPER is its id, its address, its arXiv id, its title, or the title's start. A published paper's
    address stays, tells readers why, and leads to its day. Where one can't be declined, none is.
    """
    from ..curate import Decline

    perform(root, [Decline(paper, why) for paper in papers], curator=curator)
