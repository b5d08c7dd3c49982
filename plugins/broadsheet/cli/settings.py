"""The settings file of a digest, for every command that needs it: the option that names it, and
reading it as Pelican does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ..errors import SettingsError

settings_option = click.option(
    "--settings",
    "-s",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("pelicanconf.py"),
    show_default=True,
    help="The site's settings.",
)


def pelican_settings(path: Path, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The settings of a file, as Pelican reads them, some of them overridden. Raises
    SettingsError."""
    from pelican.settings import read_settings

    if not path.is_file():
        raise SettingsError("no such file; expected the site's settings here", file=str(path))
    try:
        found: dict[str, Any] = read_settings(str(path), override=dict(overrides or {}))
    except (Exception, SystemExit) as error:  # it is a program: anything may go wrong in it
        raise SettingsError(
            f"can't be read: {type(error).__name__}: {error}", file=str(path)
        ) from error
    return found


def at_address(siteurl: str | None) -> dict[str, Any]:
    """The overrides that `--siteurl` asks for."""
    return {} if siteurl is None else {"SITEURL": siteurl}
