"""Files that come from folders as they are: the theme's, and those that content links to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import rcssmin
import rjsmin

from ..errors import SiteError
from ..incremental.plan import File, Target

_SHORTEN = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}


def read(folder: Path, prefix: str) -> tuple[File, ...]:
    """The files below a folder, hidden ones aside, as output files under `prefix`."""
    if not folder.is_dir():
        return ()
    files = []
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "__")) for part in below.parts):
            files.append(File(prefix + below.as_posix(), _bytes(path)))
    return tuple(files)


def read_theme(folder: Path) -> tuple[File, ...]:
    """A theme's static files as output files under theme/, scripts and stylesheets without comments
    and spare white space. What comes from elsewhere (below vendor/) stays as it is."""
    return tuple(map(_shortened, read(folder, "theme/")))


def _shortened(file: File) -> File:
    shorten = _SHORTEN.get(Path(file.path).suffix)
    if shorten is None or "/vendor/" in file.path:
        return file
    return File(file.path, shorten(file.data) + b"\n")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SiteError(f"can't be read: {error.strerror}", file=str(path)) from error


def version(files: Iterable[File]) -> str:
    """A short hash of files, for addresses that change when any of them does."""
    return _hash(files, 4)


def _hash(files: Iterable[File], size: int) -> str:
    total = hashlib.blake2b(digest_size=size)
    for file in files:
        total.update(f"{file.path}\0{len(file.data)}\0".encode())
        total.update(file.data)
    return total.hexdigest()


def group(key: str, files: tuple[File, ...]) -> Target:
    """Files as a group of the plan."""
    return Target(key, {"content": _hash(files, 12)}, lambda: files)
