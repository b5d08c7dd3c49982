"""The cache folder: what makes the next build quick. Anything in it may be missing, damaged or old;
then it counts as not there, and is made again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from .files import write_whole

FORMAT = 2
FOLDER = ".broadsheet"
"""What the cache folder is called unless BROADSHEET_CACHE says otherwise; it is beside content/."""


@cache
def code_digest() -> str:
    """A hash of Broadsheet's own code, on which all that is kept depends."""
    package = Path(__file__).parent
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
            shutil.rmtree(folder, ignore_errors=True)

    def get(self, key: str, stamp: str) -> bytes | None:
        """The value kept under a key, if it was made of the same."""
        body = _load(self._folder / key)
        head, _, value = (body or b"").partition(b"\n")
        return value if body is not None and head == stamp.encode() else None

    def put(self, key: str, stamp: str, value: bytes) -> None:
        """Keep a value in place of what was. Raises SiteError where the disk refuses."""
        _save(self._folder / key, stamp.encode() + b"\n" + value)

    def names(self) -> list[str]:
        """The keys under which something is kept, sorted."""
        if not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir() if path.name[0] != ".")

    def drop(self, key: str) -> None:
        """Keep nothing under a key."""
        (self._folder / key).unlink(missing_ok=True)


def save(path: Path, data: dict[str, Any]) -> None:
    """Write a cache file whole, with its checksum. Raises SiteError where the disk refuses."""
    _save(path, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def load(path: Path) -> dict[str, Any] | None:
    """Read a cache file; None where it is missing, damaged or of another format."""
    body = _load(path)
    if body is None:
        return None
    data = json.loads(body)
    return data if isinstance(data, dict) else None


def _save(path: Path, body: bytes) -> None:
    write_whole(path, _head(body) + b"\n" + body, sync=False)


def _load(path: Path) -> bytes | None:
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    head, _, body = raw.partition(b"\n")
    return body if head == _head(body) else None


def _head(body: bytes) -> bytes:
    checksum = hashlib.blake2b(body, digest_size=12).hexdigest()
    return f"broadsheet {FORMAT} {checksum}".encode()
