"""`broadsheet ping`: notify the WebSub hub of the feeds that have changed."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..counts import counted
from ..errors import SettingsError
from .settings import at_address, pelican_settings, settings_option
from .terminal import echo


@click.command()
@settings_option
@click.option("--siteurl", metavar="URL", help="Where the site is read, instead of SITEURL.")
@click.option("--output", "-o", type=click.Path(path_type=Path, file_okay=False),
              help="Where the built site is, instead of OUTPUT_PATH.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Name every feed, changed or not.")
@click.option("--dry-run", is_flag=True, help="Only say which feeds would be named.")
def ping(
    path: Path, siteurl: str | None, output: Path | None, everything: bool, dry_run: bool
) -> None:
    """Tell the hub (BROADSHEET_HUB) which feeds have changed since the last time.

    Run it when the new site is in place, not before: the hub fetches the feeds at once.
    """
    import httpx

    from ..feeds import websub
    from ..fetch.wire import Wire
    from ..io.files import write_whole
    from ..io.settings import of_pelican

    settings = of_pelican(pelican_settings(path, at_address(siteurl)))
    if settings.hub is None:
        raise SettingsError("BROADSHEET_HUB is empty; expected a WebSub hub's address")
    if not settings.url:
        raise SettingsError("SITEURL is empty; a hub needs whole addresses, with https://")
    record = settings.cache / "pinged.json"
    now = websub.current(output or settings.output)
    before = {} if everything or not record.is_file() else _read(record)
    names = websub.changed(now, before)
    if not dry_run and names:
        with httpx.Client(timeout=30, transport=Wire(whole=60, proxies=True)) as client:
            websub.ping(settings.hub, [f"{settings.url}/{name}" for name in names], client=client)
        write_whole(record, json.dumps(now, indent=0, sort_keys=True).encode())
    for name in names if dry_run else ():
        echo(name)
    echo(f"{len(names)} of {counted(len(now), 'feed')} changed" + (", not told" if dry_run else ""))


def _read(record: Path) -> dict[str, str]:
    """Return the fingerprints of the feeds that the hub was last notified of; {} where the file is
    damaged, so that it is notified of all again."""
    from ..io.files import read_regular

    try:
        fingerprints = json.loads(read_regular(record))
    except (OSError, ValueError, RecursionError):
        return {}
    return fingerprints if isinstance(fingerprints, dict) else {}
