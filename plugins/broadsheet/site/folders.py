"""Checks of the folders that builds and edits write to: none may hold files of somebody else's, or
files that git tracks.

A build trusts its cache, and publishes what its output folder holds; a pull request that adds files
to either could change both.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from ..content.disk import STAGING
from ..errors import SiteError, shown
from ..incremental.inventory import Inventory
from ..incremental.manifest import Manifest
from ..incremental.plan import data_fingerprint
from ..io.files import read_regular
from ..io.tracking import tracked


class SiteFolders(Protocol):
    """The folders of a site: its settings have them."""

    @property
    def content(self) -> Path:
        """What it is made of."""

    @property
    def output(self) -> Path:
        """Where it goes."""

    @property
    def theme(self) -> Path:
        """Its templates and static files."""

    @property
    def cache(self) -> Path:
        """What makes the next build quick."""


def refuse(places: SiteFolders, manifest: Manifest) -> None:
    """Raise SiteError if the output or the cache must not be written to."""
    refuse_cache(places)
    output = places.output
    _refuse_near(output, "OUTPUT_PATH", _own(places) | {"the cache": places.cache})
    if output.exists() and not output.is_dir():
        raise SiteError("is a file; expected a folder for the site", file=str(output))
    other = _first(output)
    if other is not None and not _is_site(output, manifest):
        raise SiteError(
            f"holds {shown(other)} and is no site that Broadsheet built; expected such a site, an "
            "empty folder or a new one",
            file=str(output),
        )
    staging = places.content / STAGING
    for folder in (output, staging):
        for message in tracked(folder):
            raise SiteError(message, file=str(folder))


def refuse_cache(places: SiteFolders) -> None:
    """Raise SiteError if the cache must be neither read nor written."""
    cache = places.cache
    _refuse_near(cache, "BROADSHEET_CACHE", _own(places))
    if cache.exists() and not cache.is_dir():
        raise SiteError("is a file; expected a folder for the cache", file=str(cache))
    for message in tracked(cache, submodule=True):
        raise SiteError(message, file=str(cache))


def _own(places: SiteFolders) -> dict[str, Path]:
    return {"the content": places.content, "the theme": places.theme}


def _refuse_near(folder: Path, setting: str, others: dict[str, Path]) -> None:
    place = folder.resolve()
    home = Path(os.path.expanduser("~")).resolve()  # noqa: PTH111
    if place == home or place in home.parents or ".git" in place.parts:
        raise SiteError(f"{setting}: expected a folder of its own", file=str(folder))
    for what, path in others.items():
        other = path.resolve()
        if place == other or place in other.parents or other in place.parents:
            where = "is" if place == other else "holds" if place in other.parents else "is within"
            raise SiteError(
                f"{setting}: {where} {what}; expected a folder of its own", file=str(folder)
            )


def _first(folder: Path) -> str | None:
    """Return the first name in a folder that is not hidden. Raises SiteError."""
    if not folder.is_dir():
        return None
    try:
        with os.scandir(folder) as entries:
            return min((entry.name for entry in entries if entry.name[0] != "."), default=None)
    except OSError as error:
        raise SiteError(f"can't be read: {error.strerror}", file=str(folder)) from error


def _is_site(output: Path, manifest: Manifest) -> bool:
    """Return whether Broadsheet built what a folder holds: it has our lists, or the manifest
    records one of its files with the same bytes."""
    inventory = Inventory(output)
    if any(inventory.state(key).stamp or inventory.hashes(key) for key in inventory.partitions()):
        return True
    return any(_holds(output, manifest.written(key).items()) for key in manifest.partitions())


def _holds(output: Path, files: Iterable[tuple[str, str]]) -> bool:
    for path, digest in files:
        try:
            if data_fingerprint(read_regular(output / path)) == digest:
                return True
        except (OSError, ValueError):
            continue
    return False
