"""`broadsheet retag`: other tags for a paper."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("paper")
@click.option("--add", "-a", multiple=True, metavar="TAG", help="A tag to add.")
@click.option("--drop", "-d", multiple=True, metavar="TAG", help="A tag to take away.")
@click.option("--content", "root", type=click.Path(path_type=Path, file_okay=False),
              default=Path("content"), show_default=True, help="The content folder.")  # fmt: skip
def retag(paper: str, add: tuple[str, ...], drop: tuple[str, ...], root: Path) -> None:
    """Add tags to PAPER, or take some away.

    PAPER is its id, its address, its arXiv id, or its title. Nothing else of the page changes but
    the line `updated:`, which tells followers.
    """
    from .. import curate
    from ..curate.folder import Folder
    from ..fetch import Clock

    if not add and not drop:
        raise click.UsageError("expected --add, --drop, or both")
    folder = Folder(root)
    place = folder.find(paper)
    today = Clock().now().date().isoformat()
    change = curate.retag(folder.state([place.date]), place, add=add, drop=drop, updated=today)
    folder.carry_out(change)
    click.echo(change.said)
    unknown = [tag for tag in add if tag not in folder.vocabulary.tag_by_slug]
    for tag in unknown:
        click.echo(f"{tag} is not in tags.yml; add it there, so that it has a name", err=True)
