"""`broadsheet init`: a new digest."""

from __future__ import annotations

from pathlib import Path

import click

from .. import starter
from ..errors import BroadsheetError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a new digest in FOLDER: settings, topics, tags, pages and an example listing.

    Nothing that is there already is overwritten.
    """
    wanted = {"pelicanconf.py": starter.settings().encode(), **starter.files()}
    there = sorted(name for name in wanted if (folder / name).exists())
    if there:
        raise BroadsheetError(
            "this file is there already; expected an empty or new folder",
            file=str(folder / there[0]),
        )
    for name, data in wanted.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    click.echo(f"{folder} holds a new digest. Next:")
    click.echo(f"  cd {folder}")
    click.echo("  broadsheet import     # seeds/ into content/")
    click.echo("  broadsheet build      # content/ into output/")
    click.echo("  broadsheet serve      # look at it")
