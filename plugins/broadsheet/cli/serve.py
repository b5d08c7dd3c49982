"""`broadsheet serve`: the site on this machine, rebuilt and shown anew whenever a file changes."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import SettingsError
from .build import run
from .days import DAY
from .editing import credited
from .settings import at_address, pelican_settings, settings_option
from .terminal import echo

if TYPE_CHECKING:
    from .dev_server import DevServer


@click.command()
@settings_option
@click.option("--until", type=DAY, metavar="DAY",
              help="Show days up to this one, instead of today.")  # fmt: skip
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--edit", "editing", is_flag=True,
              help="Have controls on the pages that change content/, for you alone.")  # fmt: skip
@click.option("--curator", envvar="BROADSHEET_CURATOR", metavar="NAME",
              help="Who is credited, with --edit (or set BROADSHEET_CURATOR).")  # fmt: skip
def serve(path: Path, port: int, until: date | None, editing: bool, curator: str | None) -> None:
    """Build the site, show it on this machine, and rebuild whenever a file changes.

    Open pages reload by themselves. Stop with Ctrl-C. With --edit, papers are picked, declined,
    moved, retagged, annotated and corrected in the browser, at an address with a key that is
    printed; the files that are built are the same.
    """
    from .dev_server import DevServer

    settings = pelican_settings(path, at_address(""))
    root = path.absolute().parent
    watched = {root / "seeds", path.absolute(), Path(settings["PATH"]), Path(settings["THEME"])}
    existing = [watched_path for watched_path in watched if watched_path.exists()]
    site, key = None, ""
    if editing:
        from ..editor import EditedSite

        root_folder, key = Path(settings["PATH"]), secrets.token_urlsafe(24)
        output = Path(settings["OUTPUT_PATH"])
        site = EditedSite(root=root_folder, output=output, curator=credited(curator).name)
    server = DevServer(Path(settings["OUTPUT_PATH"]), port, existing, site, key)
    try:
        succeeded = _build(path, server, until)
        server.begin()
        address = f"http://127.0.0.1:{server.port}/"
        echo(f"The site is at {address} (stop with Ctrl-C)")
        if site is not None:
            echo(f"Edit it at {address}__edit/open?key={key} (keep this address to yourself)")
        if succeeded:
            _build(path, server, until, warm_up=True)
        for _ in server.changes():
            if _build(path, server, until):
                server.built()
    except KeyboardInterrupt:
        echo()  # the terminal shows ^C at the line's beginning
    finally:
        server.close()


def _build(path: Path, server: DevServer, until: date | None, *, warm_up: bool = False) -> bool:
    """Build for this machine, where links begin at the root whatever SITEURL says. Return whether
    the build succeeded; a failure is told in one line, and the pages stay as they were until it is
    mended.

    `warm_up` has in memory what the newest day's pages take before the day is edited: months that
    are read, their words. One process does that, since what others have read goes with them.
    """
    from ..site.request import BuildRequest

    request = BuildRequest(
        wrote=server.wrote,
        warm_up=warm_up,
        jobs=1 if warm_up else None,
        until=until,
    )
    try:
        run(path, at_address(""), request)
    except SettingsError as error:
        echo(f"error: {error}", err=True)
        return False
    except SystemExit:  # told already
        return False
    return True
