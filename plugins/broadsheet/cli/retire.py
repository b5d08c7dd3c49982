"""`broadsheet retire`: take a paper out of the digest."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import curator_option, perform, root_option


@click.command()
@click.argument("paper")
@click.option("--why", metavar="TEXT", help="What readers of its old address are told.")
@curator_option
@root_option
def retire(paper: str, why: str | None, curator: str | None, root: Path) -> None:
    """Take a paper out of the digest.

    Its day's ledger calls it declined then. PAPER is its id, its address, its arXiv id, its title,
    or the title's start. No import brings it back. Its address stays, tells readers why, and leads
    to its day.
    """
    from ..curate import Decline

    perform(root, [Decline(paper, why)], curator=curator)
