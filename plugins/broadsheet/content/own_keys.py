"""content/keys.yml: the keys of its own that a digest's blocks and front matter have. Pure.

    keys: [venue, year]

Without the file, a key that Broadsheet doesn't know is warned of unless it begins with `x-`.
"""

from __future__ import annotations

from ..errors import ContentError, shown
from .pages import block

FILE = "keys.yml"
PREFIX = "x-"
"""Begins a key of a digest's own that needs no declaration."""


def parse(text: str, *, file: str = FILE) -> frozenset[str]:
    """Return the declared keys. Raises ContentError, with file and line."""
    try:
        values = block.parse(text.removeprefix("\ufeff").replace("\r\n", "\n"))
        keys = values.pop("keys", None)
        if values or not isinstance(keys, list) or not all(isinstance(one, str) for one in keys):
            found = shown(next(iter(values))) if values else shown(keys)
            raise ContentError(f"found {found}; expected only `keys: [one, two]`", line=1)
    except ContentError as error:
        error.at(file)
        raise
    return frozenset(keys)
