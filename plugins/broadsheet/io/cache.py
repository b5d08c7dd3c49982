"""The cache folder, which makes the next build quick. A file in it that is missing, damaged,
outdated or forged counts as absent, and its value is computed anew.

A value is data (JSON, text or numbers), never code and nothing that makes code when it is read. It
is read by its type: a file with a right checksum whose value has another shape counts as absent,
too. A file's checksum covers its own name, so that one file in another's place is damaged.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache, partial
from io import FileIO
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..errors import SiteError
from .files import PART, READ, write_whole

FORMAT = 3
FOLDER = ".broadsheet"
"""The name of the cache folder unless BROADSHEET_CACHE says otherwise; it stands beside
content/."""

FOLDERS = (
    "days", "edits", "items", "known", "months", "people", "search", "site", "stat",
    "templates",
    "vocabulary",
)  # fmt: skip
"""The folders in it whose files this module writes."""

MALFORMED = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError,
    msgspec.MsgspecError,
)  # fmt: skip
"""The exceptions that decoding a value of another shape raises."""

_Value = TypeVar("_Value")


@cache
def code_fingerprint() -> str:
    """Return a hash of Broadsheet's own code, on which every cached value depends."""
    package = Path(__file__).parent.parent
    total = hashlib.blake2b(digest_size=12)
    for name, path in sorted(_modules(str(package), "")):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  (every command waits for it)
            total.update(f"{name}\0".encode() + file.readall())
    return total.hexdigest()


def _modules(folder: str, within: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of each module below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path, f"{within}{entry.name}/")
            elif entry.name.endswith(".py"):
                yield f"{within}{entry.name}", entry.path


def encode(value: object) -> bytes | None:
    """Return a value as JSON; None if JSON can't hold it (a lone surrogate, an object without a
    JSON form)."""
    try:
        return msgspec.json.encode(value)
    except (UnicodeEncodeError, TypeError, OverflowError, RecursionError):
        return None


def decode(data: bytes, kind: type[_Value]) -> _Value:
    """Decode JSON as a value of a type: a msgspec.Struct, a dataclass, or a collection of such.

    Raises one of MALFORMED for anything else.
    """
    form: Any = kind  # which mypy does not know to be hashable
    value: _Value = _decoder(form).decode(data)
    return value


@cache
def _decoder(kind: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def child(folder: Path, name: str) -> Path:
    """Return a file of a folder of the cache. Raises ValueError, one of MALFORMED, for a name that
    leads elsewhere: names are made of what a cache holds, and that may be forged."""
    if "/" in name or "\\" in name or "\0" in name or name in ("", ".", ".."):
        raise ValueError(f"{name!r} is no file of {folder.name}/")
    return folder / name


class Store:
    """A folder of cached values, each under a key and with the fingerprint of what it depends on.

    A `fresh` store begins empty. Several processes of one build may use one at once. All methods
    raise ValueError for a key that is no name of a file (`child`).
    """

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self._folder = folder
        if fresh:
            for name in self.names():
                self.drop(name)

    def get(self, key: str, fingerprint: str) -> bytes | None:
        """Return the bytes kept under a key; None if absent or of another fingerprint."""
        body = load_bytes(child(self._folder, key))
        head, _, value = (body or b"").partition(b"\n")
        return value if body is not None and head == fingerprint.encode() else None

    def read(self, key: str, fingerprint: str, kind: type[_Value]) -> _Value | None:
        """Return the value that `write` kept under a key; None if absent, of another fingerprint,
        or not of this type."""
        return self.read_as(key, fingerprint, partial(decode, kind=kind))

    def read_as(
        self, key: str, fingerprint: str, decode: Callable[[bytes], _Value]
    ) -> _Value | None:
        """Return what `decode` makes of the bytes kept under a key; None if absent, of another
        fingerprint, or where `decode` raises one of MALFORMED."""
        data = self.get(key, fingerprint)
        try:
            return None if data is None else decode(data)
        except MALFORMED:
            return None

    def write(self, key: str, fingerprint: str, value: object) -> None:
        """Keep a value under a key, as JSON; a value that JSON can't hold is not kept. Raises
        SiteError where the disk refuses."""
        data = encode(value)
        if data is not None:
            self.put(key, fingerprint, data)

    def put(self, key: str, fingerprint: str, data: bytes) -> None:
        """Keep bytes under a key, in place of what was there. Raises SiteError where the disk
        refuses."""
        save_bytes(child(self._folder, key), fingerprint.encode() + b"\n" + data)

    def names(self) -> list[str]:
        """Return the keys of the store, sorted."""
        return sorted(name for name in _listed(self._folder) if name[0] != ".")

    def drop(self, key: str) -> None:
        """Remove a key. Raises SiteError where the disk refuses."""
        remove(child(self._folder, key))


def save(path: Path, value: object) -> None:
    """Write a value to a cache file as JSON, whole and with its checksum. Raises SiteError where
    the disk refuses."""
    save_bytes(path, msgspec.json.encode(value))


def load(path: Path, kind: type[_Value]) -> _Value | None:
    """Return the value of a cache file; None if it is missing, damaged or of another type."""
    return _decoded(load_bytes(path), kind)


def load_older(path: Path, kind: type[_Value]) -> _Value | None:
    """Return the value of a cache file of the previous format, whose checksum doesn't cover its
    name; None as `load` does."""
    head, _, body = (_bytes(path) or b"").partition(b"\n")
    known = f"broadsheet 2 {hashlib.blake2b(body, digest_size=12).hexdigest()}"
    return _decoded(body, kind) if head == known.encode() else None


def remove(path: Path) -> None:
    """Remove a file, link or folder of the cache, if it is there; what a link leads to stays.
    Raises SiteError where the disk refuses."""
    try:
        if path.is_dir() and not path.is_symlink():
            import shutil

            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise SiteError(f"can't be removed: {error.strerror}", file=str(path)) from error


def sweep(folder: Path) -> None:
    """Remove links and the temporary files of killed writes from the cache folder. Raises SiteError
    where the disk refuses.

    A build calls it under its lock, which guards all folders but `known` and `edits`; an
    import or edit whose temporary file is removed there writes it again.
    """
    for name in FOLDERS:
        store = folder / name
        if store.is_symlink() or (store.exists() and not store.is_dir()):
            remove(store)
        for path in _within(store):
            if path.is_symlink() or _is_temporary(path.name):
                remove(path)


def _within(folder: Path) -> Iterator[Path]:
    """Yield the paths in a folder of the cache, two levels deep."""
    for name in _listed(folder):
        yield folder / name
        for below in _listed(folder / name):
            yield folder / name / below


def _is_temporary(name: str) -> bool:
    return name.startswith(".") and name.endswith(PART)


def _listed(folder: Path) -> list[str]:
    try:
        return [] if folder.is_symlink() else os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []


def save_bytes(path: Path, body: bytes) -> None:
    """Write bytes to a cache file, whole and with their checksum. Raises SiteError where the disk
    refuses."""
    _put(path, _head(path, body) + b"\n" + body)


def _put(path: Path, whole: bytes) -> None:
    if path.parent.is_symlink():
        remove(path.parent)
    try:
        write_whole(path, whole, sync=False)
    except SiteError:
        # A folder or file stands in the way, or a sweep removed the temporary file.
        if path.is_dir():
            remove(path)
        elif path.parent.exists() and not path.parent.is_dir():
            remove(path.parent)
        write_whole(path, whole, sync=False)


def save_parts(path: Path, parts: Sequence[bytes]) -> None:
    """Write a cache file of parts that can be read one by one: whole, each with its checksum.
    Raises SiteError where the disk refuses."""
    table = b" ".join(b"%d:%s" % (len(part), _checksum(part)) for part in parts)
    _put(path, b"\n".join((_parts_head(path, table), table, b"".join(parts))))


def load_part(path: Path, number: int) -> bytes | None:
    """Return a part of a cache file by its number from 0, reading no other; None if the file is
    missing or has no such part, or what was read is damaged."""
    file = _opened(path)
    if file is None:
        return None
    try:
        with file:
            begun = file.read(_BEGINNING)
            head, _, rest = begun.partition(b"\n")
            table, _, _ = rest.partition(b"\n")
            if head != _parts_head(path, table):
                return None
            rows = [row.split(b":") for row in table.split(b" ")]
            start = len(head) + len(table) + 2 + sum(int(size) for size, _ in rows[:number])
            size, checksum = int(rows[number][0]), rows[number][1]
            if not 0 <= size <= os.fstat(file.fileno()).st_size - start:
                return None
            part = begun[start : start + size]
            if len(part) < size:
                file.seek(start)
                part = file.read(size)
            return part if len(part) == size and _checksum(part) == checksum else None
    except (OSError, *MALFORMED):
        return None


_BEGINNING = 8192
"""Bytes that are read at once: a small first part is among them."""
LARGEST = 1 << 30
"""Bytes of a file at most. A file that was made up may have any number: one with holes takes no
room on a disk, and all of it in memory."""


def _parts_head(path: Path, table: bytes) -> bytes:
    named = f"{path.parent.name}/{path.name}\n".encode()
    return b"broadsheet %d parts %s" % (FORMAT, _checksum(named + table))


def _checksum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest()[:24].encode()


def load_bytes(path: Path) -> bytes | None:
    """Return the bytes of a cache file; None if it is missing or damaged."""
    head, _, body = (_bytes(path) or b"").partition(b"\n")
    return body if head == _head(path, body) else None


def _bytes(path: Path) -> bytes | None:
    """Return the content of a regular file; None if there is none."""
    file = _opened(path)
    if file is None:
        return None
    try:
        with file:
            return file.readall()
    except OSError:
        return None


def _opened(path: Path) -> FileIO | None:
    """Return a regular file of a size that caches have, open to be read; None if there is none.
    Never follows a link and never blocks (on a pipe)."""
    try:
        handle = os.open(path, READ)
    except OSError:
        return None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
        os.close(handle)
        return None
    return FileIO(handle)


def _decoded(body: bytes | None, kind: type[_Value]) -> _Value | None:
    try:
        return None if body is None else decode(body, kind)
    except MALFORMED:
        return None


def _head(path: Path, body: bytes) -> bytes:
    # SHA-256, which processors accelerate: each build reads the outlines of the whole site.
    total = hashlib.sha256(f"{path.parent.name}/{path.name}\n".encode())
    total.update(body)
    return f"broadsheet {FORMAT} {total.hexdigest()[:24]}".encode()
