"""Running a digest's settings file, as Pelican does, without leaving anything beside it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def read(path: Path, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the settings of a file as Pelican reads them, with `overrides`. The file is a program:
    raises whatever it raises.

    Python keeps no compiled copy beside the file, which would be a folder that nobody asked for in
    the digest, and would stand for a file that is edited twice within a second.
    """
    from pelican.settings import read_settings

    kept = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        return dict(read_settings(str(path), override=dict(overrides or {})))
    finally:
        sys.dont_write_bytecode = kept
