"""Files of the output folder: written whole, removed, and what stands in their way.

A file where a folder should be, or the reverse, is replaced if the writer made it; what is the
user's own, or leads elsewhere, is refused by name and stays.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..errors import SiteError
from .inventory import walk
from .plan import File
from .survey import size_of

_TEMPORARY = ".broadsheet-new"
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW


def is_temporary(path: str) -> bool:
    """Whether a file is one that a build which was cut off had not yet put in its place."""
    return path.rpartition("/")[2].startswith(f"{_TEMPORARY}-")


class Disk:
    """An output folder. `replaceable` says whether the file at a path is of an earlier build and
    may make room for another."""

    def __init__(self, output: Path, replaceable: Callable[[str], bool]) -> None:
        self._output = output
        self._replaceable = replaceable
        self._folders: dict[str, bool] = {}  # whether this build made them
        self.replaced = False
        """Whether a file made room for a folder, or the reverse."""

    def has(self, file: File) -> bool:
        """Whether the very bytes are there already, whoever put them there."""
        if self._folders.get(file.path.rpartition("/")[0]):
            return False  # this build has made the folder
        target = f"{self._output}/{file.path}"
        if size_of(target) != len(file.data):
            return False
        try:
            handle = os.open(target, _READ)
            with open(handle, "rb", buffering=0) as there:  # noqa: PTH123
                return there.read() == file.data
        except OSError:
            return False

    def put(self, file: File) -> None:
        """Write a file whole, in place of what was. Raises SiteError where the disk refuses."""
        self._folder(file.path.rpartition("/")[0])
        target = f"{self._output}/{file.path}"
        # In the file's own folder: to rename across folders takes a lock of the whole file
        # system, on which processes would wait for each other.
        temporary = f"{os.path.dirname(target)}/{_TEMPORARY}-{os.getpid()}"  # noqa: PTH120
        try:
            try:
                # A file object would cost as much again as the writing.
                handle = os.open(temporary, _WRITE, 0o666)
                try:
                    left = memoryview(file.data)
                    while left:
                        left = left[os.write(handle, left) :]
                finally:
                    os.close(handle)
                self._move(temporary, file.path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise SiteError(f"can't be written: {error.strerror}", file=target) from error

    def remove(self, paths: Iterable[str]) -> int:
        """Remove files, and folders that are left empty or are named ("papers/x/") and empty; gives
        how many files there were. What stands behind a link is not ours and stays. Raises SiteError
        where the disk refuses."""
        removed = 0
        for path in sorted(paths):
            target = self._output / path
            if any(one.is_symlink() for one in self._above(target)):
                continue
            if path.endswith("/"):
                self._prune(target)
                continue
            try:
                target.unlink()
                removed += not is_temporary(path)
            except (FileNotFoundError, NotADirectoryError):
                pass
            except OSError as error:
                if target.is_dir():
                    continue
                raise SiteError(f"can't be removed: {error.strerror}", file=str(target)) from error
            self._prune(target.parent)
        return removed

    def _above(self, path: Path) -> Iterator[Path]:
        """The folders between a path and the output folder."""
        for folder in path.parents:
            if folder == self._output:
                return
            yield folder

    def _move(self, temporary: str, path: str) -> None:
        target = f"{self._output}/{path}"
        try:
            os.replace(temporary, target)  # noqa: PTH105
        except IsADirectoryError:
            for one in (f"{path}/{below}" for below in walk(Path(target))):
                if not (one.endswith("/") or is_temporary(one) or self._replaceable(one)):
                    raise SiteError(
                        "stands where the site has a file; expected nothing of your own there",
                        file=f"{self._output}/{one}",
                    ) from None
            shutil.rmtree(target)
            self.replaced = True
            self._folders.clear()
            os.replace(temporary, target)  # noqa: PTH105

    def _folder(self, path: str) -> bool:
        """Have a folder, and those above it. Gives whether this build has made it."""
        made = self._folders.get(path)
        if made is None:
            try:
                made = self._made(path)
            except OSError as error:
                where = f"{self._output}/{path}"
                raise SiteError(f"can't be written: {error.strerror}", file=where) from error
            self._folders[path] = made
        return made

    def _made(self, path: str) -> bool:
        target = f"{self._output}/{path}"
        if not path:
            os.makedirs(target, exist_ok=True)  # noqa: PTH103
            return False
        self._folder(path.rpartition("/")[0])
        try:
            os.mkdir(target)  # noqa: PTH102
        except FileExistsError:
            if stat.S_ISDIR(os.lstat(target).st_mode):
                return False
        else:
            return True
        if os.path.isdir(target):  # noqa: PTH112
            raise SiteError("is a link; expected a folder of the site's own", file=target)
        if not self._replaceable(path):
            raise SiteError(
                "stands where the site has a folder; expected nothing of your own there",
                file=target,
            )
        Path(target).unlink()
        self.replaced = True
        os.mkdir(target)  # noqa: PTH102
        return True

    def _prune(self, folder: Path) -> None:
        """Remove folders that a removed file left empty."""
        while folder != self._output and self._output in folder.parents:
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError:
                return
            folder = folder.parent
