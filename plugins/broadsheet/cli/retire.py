"""`broadsheet retire`: take a paper out of the digest."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import carry_out


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
                raise ContentError(f"{shown(paper)} is already retired") from None
            return curate.retire_gone(folder.state([day]), day, paper, why=why)
        return curate.retire(folder.state([location.date]), location, why=why)

    click.echo(carry_out(folder, change))
