"""`broadsheet serve`: the site on this machine, rebuilt and shown anew whenever a file changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import click

from ..errors import SettingsError
from .build import run
from .dev_server import DevServer
from .settings import at_address, pelican_settings, settings_option


@click.command()
@settings_option
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(path: Path, port: int) -> None:
    """Build the site, show it on this machine, and rebuild whenever a file changes.

    Open pages reload by themselves. Stop with Ctrl-C.
    """
    settings = pelican_settings(path, at_address(""))
    root = path.absolute().parent
    watched = {root / "seeds", path.absolute(), Path(settings["PATH"]), Path(settings["THEME"])}
    shown = DevServer(Path(settings["OUTPUT_PATH"]), port, [one for one in watched if one.exists()])
    try:
        good = _build(path, shown)
        shown.begin()
        click.echo(f"The site is at http://127.0.0.1:{shown.port}/ (stop with Ctrl-C)")
        if good:
            _build(path, shown, _AGAIN)
        for _ in shown.changes():
            if _build(path, shown):
                shown.built()
    except KeyboardInterrupt:
        click.echo()  # the terminal shows ^C at the line's beginning
    finally:
        shown.close()


# Has at hand what the newest day's pages take, before it is edited: months that are read, their
# words. By one process, since what others have read goes with them.
_AGAIN = MappingProxyType({"BROADSHEET_AGAIN": True, "BROADSHEET_JOBS": 1})


def _build(path: Path, shown: DevServer, more: Mapping[str, object] = MappingProxyType({})) -> bool:
    """Build for this machine: whatever SITEURL says, links begin at the root. Gives whether that
    went well; where not it is told in one line, and the pages stay as they were until it is
    mended."""
    try:
        run(path, {**at_address(""), "BROADSHEET_WROTE": shown.wrote, **more})
    except SettingsError as error:
        click.echo(f"error: {error}", err=True)
        return False
    except SystemExit:  # told already
        return False
    return True
