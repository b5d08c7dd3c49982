"""`broadsheet init`: make a new digest."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import BroadsheetError
from ..io import bundled
from ..io.files import write_whole


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a new digest in FOLDER: settings, topics, tags, pages and an example listing.

    Nothing that is there already is overwritten.
    """
    wanted = {"pelicanconf.py": bundled.settings().encode(), **bundled.files()}
    existing = {name: _bytes(folder / name) for name in sorted(wanted)}
    other = [name for name, data in existing.items() if data not in (None, wanted[name])]
    if other or None not in existing.values():
        raise BroadsheetError(
            "already exists; expected an empty or new folder",
            file=str(folder / [*other, *existing][0]),
        )
    for name, data in wanted.items():
        if existing[name] is None:  # others are left of an init that was cut off
            write_whole(folder / name, data, error=BroadsheetError)
    click.echo(f"{folder} holds a new digest. Next:")
    click.echo(f"  cd {folder}")
    click.echo("  broadsheet import     # seeds/ into content/")
    click.echo("  broadsheet build      # content/ into output/")
    click.echo("  broadsheet serve      # look at it")


def _bytes(path: Path) -> bytes | None:
    """Return a file's bytes; None where there is no file. Raises BroadsheetError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BroadsheetError(f"can't be read: {error.strerror}", file=str(path)) from error
