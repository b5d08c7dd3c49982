"""`broadsheet move`: move a paper to another topic or day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from .days import DAY
from .editing import perform, root_option


@click.command()
@click.argument("paper")
@click.option("--topic", metavar="TOPIC", help="The topic to move it to.")
@click.option("--date", "day", type=DAY, metavar="DATE",
              help="The day to move it to.")  # fmt: skip
@root_option
def move(paper: str, topic: str | None, day: date | None, root: Path) -> None:
    """Move PAPER to another topic, another day, or both.

    PAPER is its id, its address, its arXiv id, its title, or the title's start. Its section moves
    as it stands, but for the line `updated:`, which tells followers; its address stays. A paper
    that waits goes on waiting, for that topic.
    """
    from ..curate import Move

    if topic is None and day is None:
        raise click.UsageError("expected --topic, --date, or both")
    perform(root, [Move(paper, topic, day)])
