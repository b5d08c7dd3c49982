"""`broadsheet note`: a curator's note on a paper."""

from __future__ import annotations

from pathlib import Path

import click

from .editing import edited


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
    today = Clock().now().date().isoformat()

    def change() -> curate.Change:
        location = folder.find(paper)
        state = folder.state([location.date])
        return curate.note(state, location, text, curator=curator, updated=today)

    click.echo(edited(folder, change))
