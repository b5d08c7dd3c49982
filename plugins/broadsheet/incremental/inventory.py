"""The inventory: lists in the output folder, a file a partition, of the files that the writer made.

They tell a build which files it may remove, even with no manifest left, and whether the output
folder is the one that the manifest describes. Paths are listed as hashes, so that a published list
reveals no address.

A list begins with a head: the partition's stamp (of all its files and their bytes) and the count of
hashes that follow. Hashes beyond that count form a write-ahead journal: each was appended before
its file was written, so the list of an interrupted build ends with what that build had begun.
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
_HEAD = re.compile(rb"broadsheet 1 ([0-9a-f]{24}) (\d{9})\n\Z")
_HEAD_SIZE = 48
_LINE = 17
_HASH = re.compile(rb"[0-9a-f]{16}\Z")
_HASHES = re.compile(rb"(?:[0-9a-f]{16}\n)*\Z")


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
        head, _, rest = self._read(key, whole=False)
        if not head:
            return InventoryState("", frozenset(), damaged=True)
        lines = rest.split(b"\n")
        last = lines.pop()
        good = [line.decode() for line in lines if _HASH.match(line)]
        return InventoryState(head, frozenset(good), damaged=bool(last) or len(good) < len(lines))

    def hashes(self, key: str) -> set[str]:
        """Return all hashes of a partition's list, settled or begun."""
        _, listed, begun = self._read(key, whole=True)
        rest = listed + begun
        if _HASHES.match(rest):
            return set(rest.decode().split("\n")[:-1])
        return {line.decode() for line in rest.split(b"\n") if _HASH.match(line)}

    def among(self, key: str, wanted: frozenset[bytes]) -> set[str]:
        """Return those of some hashes, as they are written, that are on a partition's list."""
        _, listed, begun = self._read(key, whole=True)
        return {line.decode() for line in wanted.intersection((listed + begun).split(b"\n"))}

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
        of them are as its record says; return whether it could be read. Raises SiteError where the
        disk refuses."""
        _, listed, _ = self._read(key, whole=True)
        if not listed or not _HASHES.match(listed):
            return False
        lines = listed.decode().split("\n")[:-1]
        if lost or added:
            lines = list(set(lines).difference(map(hashed, lost)).union(map(hashed, added)))
        self._put_settled(key, stamp, lines)
        return True

    def _put_settled(self, key: str, stamp: str, hashes: Iterable[str]) -> None:
        lines = sorted(hashes)
        self._put(key, [f"broadsheet 1 {stamp} {len(lines):09}", *lines])

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

    def _read(self, key: str, *, whole: bool) -> tuple[str, bytes, bytes]:
        """Return a list's stamp ("" if its head is unreadable), the hashes that its head counts
        (unless `whole`, none), and the bytes that follow these."""
        try:
            handle = os.open(child(self._folder, key), READ)
        except OSError:
            return "", b"", b""
        try:
            with open(handle, "rb", buffering=0) as file:  # noqa: PTH123
                status = os.fstat(handle)
                if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
                    return "", b"", b""
                match = _HEAD.match(file.read(_HEAD_SIZE) or b"")
                if match is None:
                    file.seek(0)
                    return "", b"", file.readall() or b""
                size = _LINE * int(match[2])
                if os.fstat(handle).st_size < _HEAD_SIZE + size:
                    return "", b"", file.readall() or b""
                if not whole:
                    file.seek(_HEAD_SIZE + size)
                    return match[1].decode(), b"", file.readall() or b""
                rest = file.readall() or b""
                return match[1].decode(), rest[:size], rest[size:]
        except OSError:
            return "", b"", b""

    def _refused(self, error: OSError) -> SiteError:
        return SiteError(f"can't be written: {error.strerror}", file=str(self._folder))


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
