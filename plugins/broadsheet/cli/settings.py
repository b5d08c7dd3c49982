"""Pelican's settings for commands that run no build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import SettingsError


def pelican_settings(path: Path, siteurl: str | None = None) -> dict[str, Any]:
    """The settings of a file, as Pelican reads them. Raises SettingsError."""
    from pelican.settings import read_settings

    if not path.is_file():
        raise SettingsError("no such file; expected the site's settings here", file=str(path))
    overrides = {} if siteurl is None else {"SITEURL": siteurl}
    try:
        found: dict[str, Any] = read_settings(str(path), override=overrides)
    except Exception as error:  # the settings file is a program: anything may go wrong in it
        raise SettingsError(f"can't be read: {error}", file=str(path)) from error
    return found
