"""Static files that are published as they are: the theme's, and those that content links to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import rcssmin
import rjsmin

from ..errors import SiteError
from ..incremental.plan import File, Target
from ..io.files import is_utf8, read_regular
from .bundle import bundled

WORKER = "theme/js/offline-worker.js"
"""The service worker, which is published at the site's root alone."""

CARD, ICON, TOUCH_ICON = (
    f"theme/img/{name}" for name in ("card.png", "favicon.ico", "touch-icon.png")
)
"""Pictures of the theme that pages, feeds and browsers ask for by name."""

_QUOTED = re.compile(
    rb"""(\[[a-z-]+[~|^$*]?=)"([a-z][a-z-]*)"(?=\])|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
)
"""An attribute's value that needs no quotes in a stylesheet, or any other string."""


def _stylesheet(data: bytes) -> bytes:
    minified: bytes = rcssmin.cssmin(data)
    return _QUOTED.sub(lambda it: it[1] + it[2] if it[1] else it[0], minified)


_MINIFIERS = {".js": rjsmin.jsmin, ".css": _stylesheet}
_BUNDLES = tuple(
    f"theme/js/{name}.js" for name in ("search", "search-worker", "search-fresh", "interest-words")
)
"""The scripts that are published with the modules they import in one file."""


_BESIDE = re.compile(rb'((?:\bfrom\s*|\bimport\s*\(?)"\./[\w.-]+\.js)"')
"""An import of a module in the same folder, whose address has no version."""
_MARK = b'"./'
"""What each such import has: looking for it takes a hundredth of the time."""


def read(folder: Path, prefix: str) -> tuple[File, ...]:
    """Return the files below a folder, except hidden ones, as output files under `prefix`.

    Raises SiteError for a file that can't be read, and for a name that is not UTF-8.
    """
    if not folder.is_dir():
        return ()
    files = []
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "__")) for part in below.parts):
            if not is_utf8(below.as_posix()):
                raise SiteError(
                    "this file's name is not UTF-8; expected a name that an address can hold",
                    file=str(path),
                )
            files.append(File(prefix + below.as_posix(), _bytes(path)))
    return tuple(files)


def read_theme(folder: Path) -> tuple[File, ...]:
    """Return a theme's static files as output files under theme/, with its scripts and stylesheets
    minified, and what reads as the search does in bundles. Files below vendor/ stay as they are.

    Raises SiteError as `read` does, and for modules that can't be bundled."""
    return tuple(map(_minified, _bundled(read(folder, "theme/"))))


def _bundled(files: tuple[File, ...]) -> tuple[File, ...]:
    """Return files with bundles in the place of the modules that they hold."""
    sources = {
        file.path: file.data.decode("utf-8", "replace")
        for file in files
        if file.path.endswith(".js")
        and (file.path in _BUNDLES or file.path.startswith("theme/js/search"))
    }
    texts: dict[str, str] = {}
    inner: set[str] = set()
    for entry in sources.keys() & set(_BUNDLES):
        texts[entry], within = bundled(entry, sources)
        inner |= within
    return tuple(
        File(file.path, texts[file.path].encode()) if file.path in texts else file
        for file in files
        if file.path not in inner
    )


@lru_cache(maxsize=128)
def _minified(file: File) -> File:
    minifier = _MINIFIERS.get(Path(file.path).suffix)
    if minifier is None or "/vendor/" in file.path:
        return file
    return File(file.path, minifier(file.data) + b"\n")


def _bytes(path: Path) -> bytes:
    try:
        return read_regular(path)
    except OSError as error:
        raise SiteError(f"can't be read: {error.strerror}", file=str(path)) from error


def version(files: Iterable[File]) -> str:
    """Return a short fingerprint of files, for addresses that change when one of them does."""
    return _fingerprint(files, 4)


def versioned(files: Iterable[File], version: str) -> Iterator[File]:
    """Yield files whose scripts import modules beside them by addresses with a version, so that
    all modules of a page are of one version, and of one address each."""
    query = rb"\1?v=" + version.encode() + b'"'
    for file in files:
        if file.path.endswith(".js") and _MARK in file.data:
            yield File(file.path, _BESIDE.sub(query, file.data))
        else:
            yield file


def _fingerprint(files: Iterable[File], size: int) -> str:
    total = hashlib.blake2b(digest_size=size)
    for file in files:
        total.update(f"{file.path}\0{len(file.data)}\0".encode())
        total.update(file.data)
    return total.hexdigest()


def target(key: str, files: tuple[File, ...]) -> Target:
    """Return files as a target of the plan."""
    return Target(key, {"content": _fingerprint(files, 12)}, lambda: files)
