"""`broadsheet decline`: decline papers that wait, and published ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..counts import counted
from .days import DAY
from .editing import carried_out, curator_option, perform, root_option
from .terminal import echo


@click.command()
@click.argument("papers", metavar="[PAPER...]", nargs=-1)
@click.option("--why", metavar="TEXT",
              help="What readers of a published paper's old address are told.")  # fmt: skip
@click.option("--before", type=DAY, metavar="DATE",
              help="All papers that wait on days before this one, without a PAPER.")  # fmt: skip
@curator_option
@root_option
def decline(
    papers: tuple[str, ...],
    why: str | None,
    before: date | None,
    curator: str | None,
    root: Path,
) -> None:
    """Decline papers that wait, or published ones.

    No import brings them back. PAPER is its id, its address, its arXiv id, its title, or the
    title's start. A published paper's address stays, tells readers why, and leads to its day. Where
    one can't be declined, none is.
    """
    from ..curate import Decline
    from ..curate.changes.folder import Folder

    if bool(papers) == bool(before):
        raise click.UsageError("expected PAPERs, or --before alone")
    if before is None:
        perform(root, [Decline(paper, why) for paper in papers], curator=curator)
        return
    waiting = Folder(root).waiting_before(before)
    if waiting:
        carried_out(root, [Decline(key) for key in waiting], curator=curator)
    echo(f"{counted(len(waiting), 'paper')} declined that waited")
