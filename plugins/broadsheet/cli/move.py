"""`broadsheet move` and `broadsheet retire`: a paper to another place, or out of the digest."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from .editing import edited


@click.command()
@click.argument("paper")
@click.option("--topic", metavar="TOPIC", help="The topic to move it to.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="The day to move it to.")  # fmt: skip
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def move(paper: str, topic: str | None, day: datetime | None, root: Path) -> None:
    """Move PAPER to another topic, another day, or both.

    PAPER is its id, its address, its arXiv id, or its title. Its section moves as it stands,
    but for the line `updated:`, which tells followers; its address stays.
    """
    from .. import curate
    from ..curate.folder import Folder
    from ..fetch import Clock

    if topic is None and day is None:
        raise click.UsageError("expected --topic, --date, or both")
    folder = Folder(root)
    today = Clock().now().date().isoformat()

    def change() -> curate.Change:
        location = folder.find(paper)
        to = day.date() if day else location.date
        state = folder.state([location.date, to])
        return curate.move(state, location, topic=topic, day=to, updated=today)

    click.echo(edited(folder, change))


@click.command()
@click.argument("paper")
@click.option("--why", metavar="TEXT", help="What readers of its old address are told.")
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def retire(paper: str, why: str | None, root: Path) -> None:
    """Take PAPER out of the digest for good.

    No import brings it back. Its address stays, tells readers why, and leads to its day.
    """
    from .. import curate
    from ..content.ledger import DECLINED, PUBLISHED
    from ..curate.folder import Folder
    from ..errors import ContentError, shown

    folder = Folder(root)

    def change() -> curate.Change:
        try:
            location = folder.find(paper)
        except ContentError:
            day = folder.status_day(paper, PUBLISHED)
            if day is None:
                if folder.status_day(paper, DECLINED) is None:
                    raise
                raise ContentError(f"{shown(paper)} is taken out of the digest already") from None
            return curate.retire_gone(folder.state([day]), day, paper, why=why)
        return curate.retire(folder.state([location.date]), location, why=why)

    click.echo(edited(folder, change))
