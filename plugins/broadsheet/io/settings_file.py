"""Running a digest's settings file, as Pelican does, without leaving anything beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_LARGEST = 1_000_000  # bytes: a file with holes takes no room on a disk, and all of it in memory


def ran(path: Path) -> dict[str, Any]:
    """Return the values that a settings file gives, as it writes them. The file is a program:
    raises whatever it raises.

    Python keeps no compiled copy beside the file, which would be a folder that nobody asked for in
    the digest, and would stand for a file that is edited twice within a second.
    """
    kept = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        if path.exists() and not path.is_file():
            raise ImportError("expected a Python file")  # a named pipe would be waited for
        if path.exists() and path.stat().st_size > _LARGEST:
            raise ImportError(f"it has more than {_LARGEST:,} bytes; expected a file of settings")
        spec = spec_from_file_location(path.stem, path)
        if spec is None or spec.loader is None:
            raise ImportError("expected a Python file")
        module = module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = kept
    return {name: getattr(module, name) for name in dir(module) if name.isupper()}


def of_pelican(path: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that Pelican makes of the values of a file, as if it had read it: their
    paths are relative to it. Raises whatever Pelican raises."""
    from pelican.settings import read_settings

    settings = dict(values)
    folder = path.absolute().parent
    for name in _PATHS:
        value = settings.get(name)
        if value is None:
            continue
        place = _place(folder, value)
        if name != "THEME" or os.path.exists(place):  # noqa: PTH110  (it may be a name)
            settings[name] = place
    if settings.get("PLUGIN_PATHS") is not None:
        settings["PLUGIN_PATHS"] = [_place(folder, one) for one in settings["PLUGIN_PATHS"]]
    return dict(read_settings(override=settings))


def _place(folder: Path, path: str) -> str:
    return os.path.abspath(folder / path)  # noqa: PTH100  (links stay)


_PATHS = ("PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH")


def read(path: Path, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the settings of a file as Pelican reads them, with `overrides`. The file is a program:
    raises whatever it raises."""
    return of_pelican(path, {**ran(path), **(overrides or {})})
