"""The cache folder: what makes the next build quick. Anything in it may be missing, damaged, old or
planted; then it counts as not there, and is made again.

All that is kept is data (JSON or text), never code and nothing that makes code when it is read. A
file's checksum covers its own name, so that one file in another's place is damaged, too.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ..errors import SiteError
from .files import write_whole

FORMAT = 3
FOLDER = ".broadsheet"
"""What the cache folder is called unless BROADSHEET_CACHE says otherwise; it is beside content/."""

FOLDERS = ("days", "items", "known", "months", "search", "site", "templates")
"""The folders in it that hold what this module writes."""

ODD = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
"""What reading a value of another form raises."""

_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK

_Value = TypeVar("_Value")


@cache
def code_fingerprint() -> str:
    """A hash of Broadsheet's own code, on which all that is kept depends."""
    package = Path(__file__).parent.parent
    total = hashlib.blake2b(digest_size=12)
    for path in sorted(package.rglob("*.py")):
        total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


class Store:
    """Values kept under a key, each with a stamp of all that it was made of.

    A `fresh` store begins empty. Several processes of one build may use it at once.
    """

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self._folder = folder
        if fresh:
            for name in self.names():
                self.drop(name)

    def get(self, key: str, stamp: str) -> bytes | None:
        """The value kept under a key, if it was made of the same."""
        body = _load(self._folder / key)
        head, _, value = (body or b"").partition(b"\n")
        return value if body is not None and head == stamp.encode() else None

    def read(self, key: str, stamp: str, form: Callable[[bytes], _Value]) -> _Value | None:
        """The same in another form; a value that can't be brought into it counts as not there."""
        value = self.get(key, stamp)
        try:
            return None if value is None else form(value)
        except ODD:
            return None

    def put(self, key: str, stamp: str, value: bytes) -> None:
        """Keep a value in place of what was. Raises SiteError where the disk refuses."""
        _save(self._folder / key, stamp.encode() + b"\n" + value)

    def names(self) -> list[str]:
        """The keys under which something is kept, sorted."""
        return sorted(name for name in _listed(self._folder) if name[0] != ".")

    def drop(self, key: str) -> None:
        """Keep nothing under a key. Raises SiteError where the disk refuses."""
        remove(self._folder / key)


def save(path: Path, data: dict[str, Any]) -> None:
    """Write a cache file whole, with its checksum. Raises SiteError where the disk refuses."""
    _save(path, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def load(path: Path) -> dict[str, Any] | None:
    """Read a cache file; None where it is missing, damaged or of another format."""
    return _plain(_load(path))


def load_older(path: Path) -> dict[str, Any] | None:
    """Read a cache file of the format before this one, whose checksum didn't cover its name."""
    head, _, body = (_bytes(path) or b"").partition(b"\n")
    known = f"broadsheet 2 {hashlib.blake2b(body, digest_size=12).hexdigest()}"
    return _plain(body) if head == known.encode() else None


def remove(path: Path) -> None:
    """Have nothing at a path of the cache, whatever is there; nothing that a link leads to is
    touched. Raises SiteError where the disk refuses."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise SiteError(f"can't be removed: {error.strerror}", file=str(path)) from error


def sweep(folder: Path) -> None:
    """Remove what a killed write has left, and links: what is kept is read and written in place.
    Raises SiteError where the disk refuses.

    For a build, which has all but `known` alone; an import that loses a part writes it again.
    """
    for name in FOLDERS:
        kept = folder / name
        if kept.is_symlink() or (kept.exists() and not kept.is_dir()):
            remove(kept)
        for path in _within(kept):
            if path.is_symlink() or _is_part(path.name):
                remove(path)


def _within(folder: Path) -> Iterator[Path]:
    """What is in a folder of the cache, and in the folders in it."""
    for name in _listed(folder):
        yield folder / name
        for below in _listed(folder / name):
            yield folder / name / below


def _is_part(name: str) -> bool:
    return name.startswith(".") and name.endswith(".part")


def _listed(folder: Path) -> list[str]:
    try:
        return [] if folder.is_symlink() else os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []


def _save(path: Path, body: bytes) -> None:
    whole = _head(path, body) + b"\n" + body
    if path.parent.is_symlink():
        remove(path.parent)
    try:
        write_whole(path, whole, sync=False)
    except SiteError:
        # Something else stands where the file or its folder should, or a sweep took the part.
        if path.is_dir():
            remove(path)
        elif path.parent.exists() and not path.parent.is_dir():
            remove(path.parent)
        write_whole(path, whole, sync=False)


def _load(path: Path) -> bytes | None:
    head, _, body = (_bytes(path) or b"").partition(b"\n")
    return body if head == _head(path, body) else None


def _bytes(path: Path) -> bytes | None:
    """What a file holds; None where there is no such file. Neither follows a link nor waits."""
    try:
        handle = os.open(path, _READ)
    except OSError:
        return None
    try:
        with open(handle, "rb", buffering=0) as file:  # noqa: PTH123
            return file.readall() if stat.S_ISREG(os.fstat(handle).st_mode) else None
    except OSError:
        return None


def _plain(body: bytes | None) -> dict[str, Any] | None:
    try:
        data = json.loads(body) if body is not None else None
    except ODD:
        return None
    return data if isinstance(data, dict) else None


def _head(path: Path, body: bytes) -> bytes:
    total = hashlib.blake2b(f"{path.parent.name}/{path.name}\n".encode(), digest_size=12)
    total.update(body)
    return f"broadsheet {FORMAT} {total.hexdigest()}".encode()
