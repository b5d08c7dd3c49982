"""The output folder's own lists of the files that the writer has made, a list a section.

They tell a build what may be removed though no record of it is left, and whether the output folder
is the one that a record in the cache speaks of. A path stands there as a hash, so that who reads a
published list learns no address from it.

A list begins with a head: the section's stamp (of all its files and their bytes), and how many
hashes follow. What stands behind these was noted since, each before its file was written: such a
list is not settled, and its end says what a build that was cut off had begun.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from ..errors import SiteError
from ..io.cache import remove
from ..io.files import move

FOLDER = ".broadsheet-files"
"""Where the lists are, below the output folder."""

_UNFINISHED = ".unfinished"
_PART = ".part"
_HEAD = re.compile(rb"broadsheet 1 ([0-9a-f]{24}) (\d{9})\n\Z")
_HEAD_SIZE = 48
_LINE = 17
_HASH = re.compile(rb"[0-9a-f]{16}\Z")
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


class InventoryState(NamedTuple):
    """What a list says: the section's stamp, "" where none can be read, and the hashes of what was
    begun since; `damaged` where there is more that is no hash."""

    stamp: str
    begun: frozenset[str]
    damaged: bool

    @property
    def settled(self) -> bool:
        """Whether nothing was begun since the section was finished."""
        return bool(self.stamp) and not self.begun and not self.damaged


def hashed(path: str) -> str:
    """How a path stands in a list."""
    return blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Inventory:
    """The lists of one output folder. Several processes of one build may note what they begin."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._folder = output / FOLDER

    def sections(self) -> list[str]:
        """The sections that have a list, sorted."""
        try:
            found = [] if self._folder.is_symlink() else os.listdir(self._folder)  # noqa: PTH208
        except OSError:
            return []
        return sorted(name for name in found if name[0] != ".")

    @property
    def unfinished(self) -> bool:
        """Whether a build began to change something, and did not come to its end."""
        return (self._folder / _UNFINISHED).exists()

    def state(self, key: str) -> InventoryState:
        """What a section's list says."""
        head, rest = self._read(key, whole=False)
        if not head:
            return InventoryState("", frozenset(), damaged=True)
        lines = rest.split(b"\n")
        last = lines.pop()
        good = [line.decode() for line in lines if _HASH.match(line)]
        return InventoryState(head, frozenset(good), damaged=bool(last) or len(good) < len(lines))

    def hashes(self, key: str) -> set[str]:
        """All that a section's list names, settled or begun."""
        _, rest = self._read(key, whole=True)
        return {line.decode() for line in rest.split(b"\n") if _HASH.match(line)}

    def begin(self) -> None:
        """Say that something is about to be changed. Raises SiteError where the disk refuses."""
        try:
            if self._folder.is_symlink() or not self._folder.is_dir():
                remove(self._folder)
                self._folder.mkdir(parents=True)
            self._append(_UNFINISHED, b"")
        except OSError as error:
            raise self._refused(error) from error

    def note(self, key: str, paths: Iterable[str]) -> None:
        """Note the files of a section that are about to be written, before they are. Raises
        SiteError where the disk refuses."""
        lines = "".join(f"{hashed(path)}\n" for path in paths).encode()
        try:
            # In one call to the system, so that no line of another process stands within ours.
            if lines and self._append(key, lines) != len(lines):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise self._refused(error) from error

    def settle(self, key: str, stamp: str, paths: Iterable[str]) -> None:
        """Put down a section's list when all its files stand as its record says. Raises SiteError
        where the disk refuses."""
        lines = sorted(map(hashed, paths))
        self._put(key, [f"broadsheet 1 {stamp} {len(lines):09}", *lines])

    def renew(self, key: str, paths: Iterable[str]) -> None:
        """Put down a section's list anew, not settled: what can be read of it, and files that were
        noted elsewhere. Raises SiteError where the disk refuses."""
        self._put(key, sorted(self.hashes(key).union(map(hashed, paths))))

    def _put(self, key: str, lines: Iterable[str]) -> None:
        part = self._folder / f".{key}{_PART}"
        try:
            part.unlink(missing_ok=True)
            part.write_bytes("".join(f"{line}\n" for line in lines).encode())
            if (self._folder / key).is_dir():
                remove(self._folder / key)
            move(part, self._folder / key)
        except OSError as error:
            raise self._refused(error) from error

    def forget(self, key: str) -> None:
        """Have no list of a section. Raises SiteError where the disk refuses."""
        remove(self._folder / key)

    def finish(self) -> None:
        """Say that all is done. Raises SiteError where the disk refuses."""
        for path in self._folder.glob(f".*{_PART}"):
            remove(path)
        remove(self._folder / _UNFINISHED)
        with suppress(OSError):
            self._folder.rmdir()  # of a site without files

    def _append(self, key: str, lines: bytes) -> int:
        path = self._folder / key
        try:
            handle = os.open(path, _APPEND, 0o644)
        except OSError:
            if not path.is_dir() and not path.is_symlink():
                raise
            remove(path)
            handle = os.open(path, _APPEND, 0o644)
        try:
            return os.write(handle, lines) if lines else 0
        finally:
            os.close(handle)

    def _read(self, key: str, *, whole: bool) -> tuple[str, bytes]:
        """A list's stamp ("" where its head can't be read), and what stands behind the head; if not
        `whole`, behind what the head counts."""
        try:
            handle = os.open(self._folder / key, _READ)
        except OSError:
            return "", b""
        try:
            with open(handle, "rb", buffering=0) as file:  # noqa: PTH123
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    return "", b""
                match = _HEAD.match(file.read(_HEAD_SIZE) or b"")
                if match is None:
                    file.seek(0)
                    return "", file.readall() or b""
                stop = _HEAD_SIZE + _LINE * int(match[2])
                if os.fstat(handle).st_size < stop:
                    return "", file.readall() or b""
                if not whole:
                    file.seek(stop)
                return match[1].decode(), file.readall() or b""
        except OSError:
            return "", b""

    def _refused(self, error: OSError) -> SiteError:
        return SiteError(f"can't be written: {error.strerror}", file=str(self._folder))


def with_folders(paths: Iterable[str]) -> list[str]:
    """Paths of files, and those of all folders above them ("papers/x/"), each once."""
    found: dict[str, None] = {}
    for path in paths:
        found[path] = None
        above = path.rpartition("/")[0]
        while above and f"{above}/" not in found:
            found[f"{above}/"] = None
            above = above.rpartition("/")[0]
    return list(found)


def walk(output: Path) -> Iterator[str]:
    """The paths of all that is in the output folder and no folder, but for the lists, and of empty
    folders ("papers/x/"); no link is followed, and folders that may not be read are passed over."""
    todo = [""]
    while todo:
        folder = todo.pop()
        try:
            with os.scandir(output / folder) as entries:
                found = list(entries)
        except OSError:
            continue
        if not found and folder:
            yield folder
        for entry in found:
            path = folder + entry.name
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif path != FOLDER:
                todo.append(f"{path}/")
