"""`broadsheet note`: a curator's note on a paper."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("paper")
@click.argument("text")
@click.option("--curator", metavar="NAME", help="Who is credited with it.")
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def note(paper: str, text: str, curator: str | None, root: Path) -> None:
    """Add a note, in Markdown, to PAPER.

    PAPER is its id, its address, its arXiv id, or its title. Followers are told by the line
    `updated:`.
    """
    from .. import curate
    from ..curate.folder import Folder
    from ..fetch import Clock

    folder = Folder(root)
    with folder.locked():
        place = folder.find(paper)
        today = Clock().now().date().isoformat()
        state = folder.state([place.date])
        change = curate.note(state, place, text, curator=curator, updated=today)
        folder.carry_out(change)
    click.echo(change.said)
