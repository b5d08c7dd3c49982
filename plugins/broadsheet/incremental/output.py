"""The output folder: writes files whole, removes them, and replaces what stands in their way.

A file where a folder belongs, or the reverse, is replaced if the writer made it. A file of the
user's own, or a link, stays and is refused by name.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..errors import SiteError
from ..io.files import READ, WRITE, move
from .inventory import walk
from .plan import File
from .survey import size_of

_TEMPORARY = ".broadsheet-new"
_LONGEST_NAME = 255  # bytes
_LONGEST = 3000


def is_temporary(path: str) -> bool:
    """Return whether a path is of a temporary file, which an interrupted build leaves."""
    return path.rpartition("/")[2].startswith(f"{_TEMPORARY}-")


def _is_too_long(path: str) -> bool:
    """Return whether no file can have a path, which a forged record names all the same."""
    names = path.encode("utf-8", "surrogatepass").split(b"/")
    return len(path) > _LONGEST or max(map(len, names)) > _LONGEST_NAME


class OutputFolder:
    """An output folder. `replaceable` says whether an earlier build wrote the file at a path, so
    that it may be replaced by a folder or the reverse."""

    def __init__(self, output: Path, replaceable: Callable[[str], bool]) -> None:
        self._output = output
        self._replaceable = replaceable
        self._folders: dict[str, bool] = {}  # whether this build created them
        self.replaced = False
        """Whether a file was replaced by a folder, or the reverse."""

    def has(self, file: File) -> bool:
        """Return whether a file with these bytes is there."""
        if self._created(file.path.rpartition("/")[0]):
            return False
        target = f"{self._output}/{file.path}"
        if size_of(target) != len(file.data):
            return False
        try:
            handle = os.open(target, READ)
            with open(handle, "rb", buffering=0) as existing:  # noqa: PTH123
                return existing.read() == file.data
        except OSError:
            return False

    def _created(self, path: str) -> bool:
        """Return whether this build created a folder, or will: it created one of its parents, and
        not yet this one. Most files of a first build stand in a folder of their own, and need not
        be looked for."""
        created = self._folders.get(path)
        while created is None and path:
            path = path.rpartition("/")[0]
            created = self._folders.get(path)
        return bool(created)

    def put(self, file: File) -> None:
        """Write a file whole, in place of what was there. Raises SiteError where the disk
        refuses."""
        self._folder(file.path.rpartition("/")[0])
        target = f"{self._output}/{file.path}"
        # In the file's own folder: a rename across folders takes a lock of the whole file system,
        # for which processes would wait on each other.
        temporary = f"{os.path.dirname(target)}/{_TEMPORARY}-{os.getpid()}"  # noqa: PTH120
        try:
            try:
                # A file object would double the cost of the write.
                handle = os.open(temporary, WRITE, 0o666)
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
        """Remove files, and folders that are left empty or are named ("papers/x/") and empty;
        return the count of files removed. Nothing below a link is touched. Raises SiteError where
        the disk refuses."""
        removed = 0
        for path in sorted(paths):
            target = self._output / path
            if _is_too_long(path) or any(folder.is_symlink() for folder in self._parents(target)):
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

    def _parents(self, path: Path) -> Iterator[Path]:
        """Yield the folders between a path and the output folder."""
        for folder in path.parents:
            if folder == self._output:
                return
            yield folder

    def _move(self, temporary: str, path: str) -> None:
        target = f"{self._output}/{path}"
        try:
            move(temporary, target)
        except (IsADirectoryError, PermissionError):  # Windows says the second
            if not os.path.isdir(target):  # noqa: PTH112
                raise
            for child in (f"{path}/{below}" for below in walk(Path(target))):
                if not (child.endswith("/") or is_temporary(child) or self._replaceable(child)):
                    raise SiteError(
                        "stands where the site has a file; expected nothing of your own there",
                        file=f"{self._output}/{child}",
                    ) from None
            shutil.rmtree(target)
            self.replaced = True
            self._folders.clear()
            move(temporary, target)

    def _folder(self, path: str) -> bool:
        """Create a folder and its parents where needed; return whether this build created it."""
        created = self._folders.get(path)
        if created is None:
            try:
                created = self._create(path)
            except OSError as error:
                where = f"{self._output}/{path}"
                raise SiteError(f"can't be written: {error.strerror}", file=where) from error
            self._folders[path] = created
        return created

    def _create(self, path: str) -> bool:
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
        """Remove a folder if it is empty, and its parents likewise."""
        while folder != self._output and self._output in folder.parents:
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError:
                return
            folder = folder.parent
