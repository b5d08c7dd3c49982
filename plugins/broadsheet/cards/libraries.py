"""The libraries and fonts that cards are drawn with: whether they are there, and which ones."""

from __future__ import annotations

from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from ..errors import SettingsError

NAMES = ("pillow", "isal", "fonttools", "fontpkg-noto-serif", "fontpkg-inter")
"""Their names, those of the extra `cards`."""


def versions(level: str) -> tuple[str, ...]:
    """Return the versions of all of them. Raises SettingsError where one is not installed; `level`
    is what the setting says."""
    found = []
    for name in NAMES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError as error:
            raise SettingsError(
                f"BROADSHEET_CARDS = {level!r}: {name} is not installed; expected what draws "
                f'cards: pip install "broadsheet[cards]" (docs/cards.md)'
            ) from error
    return tuple(found)


def file(package: str, name: str) -> Path:
    """Return a file of a package of fonts, which is not run for that."""
    spec = find_spec(package)
    assert spec is not None  # `versions` has been asked before
    assert spec.origin is not None
    return Path(spec.origin).parent / name
