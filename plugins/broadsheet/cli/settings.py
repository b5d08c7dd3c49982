"""Shared by the commands that need a digest's settings file: its option, and reading it as Pelican
does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    """Return the settings of a file as Pelican reads them, with `overrides`. Raises SettingsError
    where there is no such file or it fails, for whatever reason: it is a program."""
    return of_pelican(path, {**written(path), **(overrides or {})})


def written(path: Path) -> dict[str, Any]:
    """Return the values that a settings file gives. Raises SettingsError as `pelican_settings`
    does."""
    from ..io import settings_file

    if not path.is_file():
        raise SettingsError("no such file; expected the site's settings here", file=str(path))
    with _naming(path):
        return settings_file.ran(path)


def of_pelican(path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that Pelican makes of the values of a file. Raises SettingsError as
    `pelican_settings` does."""
    from ..io import settings_file

    with _naming(path):
        return settings_file.of_pelican(path, values)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    try:
        yield
    except (Exception, SystemExit) as error:
        raise SettingsError(
            f"can't be read: {type(error).__name__}: {error}", file=str(path)
        ) from error


def at_address(siteurl: str | None) -> dict[str, Any]:
    """Return the overrides for `--siteurl`."""
    return {} if siteurl is None else {"SITEURL": siteurl}
