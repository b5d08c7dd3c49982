"""The inventory: lists in the output folder, a file a partition, of the files that the writer made.

They tell a build which files it may remove, even with no manifest left, and whether the output
folder is the one that the manifest describes. Paths are listed as hashes, so that a published list
reveals no address.

A list begins with a head: the partition's stamp (of all its files and their bytes), the count of
hashes that follow, and a checksum of all this: a damaged hash is noticed wherever hashes are
relied on. Hashes beyond that count form a write-ahead journal: each was appended before its file
was written, so the list of an interrupted build ends with what that build had begun. Those that
were appended together end with a checksum of their own.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from ..errors import SiteError
from ..io.cache import LARGEST, child, remove
from ..io.files import APPEND, PART, READ, move

FOLDER = ".broadsheet-files"
"""The folder of the lists, below the output folder."""

_UNFINISHED = ".unfinished"
_HEAD = re.compile(rb"broadsheet 2 ([0-9a-f]{24}) (\d{9}) ([0-9a-f]{16})\n\Z")
_HEAD_SIZE = 65
_LINE = 17
_HASH = re.compile(rb"[0-9a-f]{16}\Z")
_HASHES = re.compile(rb"(?:[0-9a-f]{16}\n)*\Z")
_NOTED = re.compile(rb"((?:[0-9a-f]{16}\n)+)[+]([0-9a-f]{16})\n")


class InventoryState(NamedTuple):
    """What a list says: the partition's stamp ("" if unreadable) and the hashes of the files begun
    since; `damaged` if it holds anything else."""

    stamp: str
    begun: frozenset[str]
    damaged: bool

    @property
    def settled(self) -> bool:
        """Whether nothing was begun since the partition was finished."""
        return bool(self.stamp) and not self.begun and not self.damaged


class _ListFile(NamedTuple):
    """A list as it was read: its stamp ("" if its head is unreadable), the hashes that its head
    counts (none where these were not asked for), the bytes that follow these, and whether the
    checksum is that of the hashes."""

    stamp: str
    listed: bytes
    begun: bytes
    sound: bool


def hashed(path: str) -> str:
    """Return the hash by which a list names a path."""
    return blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Inventory:
    """The lists of one output folder. Several processes of one build may append to them."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._folder = output / FOLDER

    def partitions(self) -> list[str]:
        """Return the keys of the partitions that have a list, sorted."""
        try:
            names = [] if self._folder.is_symlink() else os.listdir(self._folder)  # noqa: PTH208
        except OSError:
            return []
        return sorted(name for name in names if name[0] != ".")

    @property
    def unfinished(self) -> bool:
        """Whether a build began to change files and did not finish."""
        return (self._folder / _UNFINISHED).exists()

    def state(self, key: str) -> InventoryState:
        """Return what a partition's list says."""
        read = self._read(key, whole=False)
        if not read.stamp:
            return InventoryState("", frozenset(), damaged=True)
        begun = _noted(key, read.begun)
        return InventoryState(read.stamp, frozenset(begun or ()), damaged=begun is None)

    def is_damaged(self, key: str) -> bool:
        """Return whether a partition's list is damaged anywhere, which takes reading it whole."""
        read = self._read(key, whole=True)
        return not read.sound or _noted(key, read.begun) is None

    def hashes(self, key: str) -> set[str]:
        """Return what can be read of the hashes of a partition's list, settled or begun."""
        read = self._read(key, whole=True)
        hashes = read.listed + read.begun
        if _HASHES.match(hashes):
            return set(_lines(hashes))
        return {line.decode() for line in hashes.split(b"\n") if _HASH.match(line)}

    def among(self, key: str, wanted: frozenset[bytes]) -> set[str] | None:
        """Return those of some hashes, as they are written, that are on a partition's list, settled
        or begun; None where it is damaged."""
        read = self._read(key, whole=True)
        begun = _noted(key, read.begun)
        if begun is None or not read.sound:
            return None
        hashes = (read.listed + read.begun).split(b"\n")
        return {line.decode() for line in wanted.intersection(hashes)}

    def begin(self) -> None:
        """Mark the output folder as being changed. Raises SiteError where the disk refuses."""
        try:
            if self._folder.is_symlink() or not self._folder.is_dir():
                remove(self._folder)
                self._folder.mkdir(parents=True)
            self._append(_UNFINISHED, b"")
        except OSError as error:
            raise self._refused(error) from error

    def note(self, key: str, paths: Iterable[str]) -> None:
        """Append files of a partition to its list, before they are written. Raises SiteError where
        the disk refuses."""
        lines = "".join(f"{hashed(path)}\n" for path in paths).encode()
        lines += b"+%s\n" % _checksum(key.encode(), lines).encode() if lines else b""
        try:
            # One system call, so that lines of several processes don't interleave.
            if lines and self._append(key, lines) != len(lines):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise self._refused(error) from error

    def settle(self, key: str, stamp: str, paths: Iterable[str]) -> None:
        """Write a partition's list, when all its files are as its record says. Raises SiteError
        where the disk refuses."""
        self._put_settled(key, stamp, map(hashed, paths))

    def amend(self, key: str, stamp: str, lost: Collection[str], added: Collection[str]) -> bool:
        """Write a partition's list without files that it lost and with those that it got, when all
        of them are as its record says; return whether it was undamaged. Raises SiteError where the
        disk refuses."""
        read = self._read(key, whole=True)
        if not read.sound:
            return False
        lines = read.listed.decode().split("\n")[:-1]
        if lost or added:
            lines = list(set(lines).difference(map(hashed, lost)).union(map(hashed, added)))
        self._put_settled(key, stamp, lines)
        return True

    def _put_settled(self, key: str, stamp: str, hashes: Iterable[str]) -> None:
        lines = sorted(hashes)
        head = f"{stamp} {len(lines):09}"
        check = _checksum(head.encode(), "".join(f"{line}\n" for line in lines).encode())
        self._put(key, [f"broadsheet 2 {head} {check}", *lines])

    def renew(self, key: str, paths: Iterable[str]) -> None:
        """Write a partition's list anew, unsettled: what can be read of it, and files recorded
        elsewhere. Raises SiteError where the disk refuses."""
        self._put(key, sorted(self.hashes(key).union(map(hashed, paths))))

    def _put(self, key: str, lines: Iterable[str]) -> None:
        temporary = child(self._folder, f".{key}{PART}")
        try:
            temporary.unlink(missing_ok=True)
            temporary.write_bytes("\n".join((*lines, "")).encode())
            path = self._folder / key
            if path.is_dir():
                remove(path)
            move(temporary, path)
        except OSError as error:
            raise self._refused(error) from error

    def forget(self, key: str) -> None:
        """Remove a partition's list. Raises SiteError where the disk refuses."""
        remove(child(self._folder, key))

    def finish(self) -> None:
        """Mark the output folder as finished. Raises SiteError where the disk refuses."""
        for path in self._folder.glob(f".*{PART}"):
            remove(path)
        remove(self._folder / _UNFINISHED)
        with suppress(OSError):
            self._folder.rmdir()  # if the site has no files

    def _append(self, key: str, lines: bytes) -> int:
        path = child(self._folder, key)
        try:
            handle = os.open(path, APPEND, 0o644)
        except OSError:
            if not path.is_dir() and not path.is_symlink():
                raise
            remove(path)
            handle = os.open(path, APPEND, 0o644)
        try:
            return os.write(handle, lines) if lines else 0
        finally:
            os.close(handle)

    def _read(self, key: str, *, whole: bool) -> _ListFile:
        """Return a list; its hashes only if it is asked for `whole`."""
        nothing = _ListFile("", b"", b"", sound=False)
        try:
            handle = os.open(child(self._folder, key), READ)
        except OSError:
            return nothing
        try:
            with open(handle, "rb", buffering=0) as file:  # noqa: PTH123
                status = os.fstat(handle)
                if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
                    return nothing
                match = _HEAD.match(file.read(_HEAD_SIZE) or b"")
                if match is None:
                    file.seek(0)
                    return nothing._replace(begun=file.readall() or b"")
                size = _LINE * int(match[2])
                if os.fstat(handle).st_size < _HEAD_SIZE + size:
                    return nothing._replace(begun=file.readall() or b"")
                stamp = match[1].decode()
                if not whole:
                    file.seek(_HEAD_SIZE + size)
                    return _ListFile(stamp, b"", file.readall() or b"", sound=False)
                rest = file.readall() or b""
                listed = rest[:size]
                check = _checksum(match[1] + b" " + match[2], listed)
                return _ListFile(stamp, listed, rest[size:], sound=check == match[3].decode())
        except OSError:
            return nothing

    def _refused(self, error: OSError) -> SiteError:
        return SiteError(f"can't be written: {error.strerror}", file=str(self._folder))


def _checksum(head: bytes, hashes: bytes) -> str:
    return blake2b(head + b"\n" + hashes, digest_size=8).hexdigest()


def _lines(hashes: bytes) -> list[str]:
    return hashes.decode().split("\n")[:-1]


def _noted(key: str, journal: bytes) -> list[str] | None:
    """Return the hashes of a partition's journal; None where it is damaged anywhere."""
    found: list[str] = []
    at = 0
    while (noted := _NOTED.match(journal, at)) is not None:
        if _checksum(key.encode(), noted[1]) != noted[2].decode():
            return None
        found += _lines(noted[1])
        at = noted.end()
    return found if at == len(journal) else None


def with_folders(paths: Iterable[str]) -> list[str]:
    """Return paths of files and of all folders above them ("papers/x/"), each once."""
    result: dict[str, None] = {}
    for path in paths:
        result[path] = None
        parent = path.rpartition("/")[0]
        while parent and f"{parent}/" not in result:
            result[f"{parent}/"] = None
            parent = parent.rpartition("/")[0]
    return list(result)


def walk(output: Path) -> Iterator[str]:
    """Yield the paths of all files in the output folder, except the lists, and of empty folders
    ("papers/x/"). Follows no link and skips unreadable folders."""
    todo = [""]
    while todo:
        folder = todo.pop()
        try:
            with os.scandir(output / folder) as entries:
                children = list(entries)
        except OSError:
            continue
        if not children and folder:
            yield folder
        for entry in children:
            path = folder + entry.name
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif path != FOLDER:
                todo.append(f"{path}/")
