"""Read the content folder: its months, days and files, and its lock.

Only this module and `transaction`, which edits the folder, touch content/. The files' formats are
in `pages`, `ledger` and `topics`.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .. import days
from ..errors import ContentError, SiteError, shown
from ..io import files, locks, symlinks
from ..normal_forms import normal

LEDGER = "day.yml"
WAITING = "waiting.md"
INTAKE = "intake.yml"
STAGING = ".staging"
"""The folder below content/ in which `transaction` stages edits."""

_YEAR = re.compile(r"[0-9]{4}\Z")
_TWO = re.compile(r"[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A content file: its path below content/, with slashes, and its bytes."""

    path: str
    data: bytes

    def text(self, *, with_mark: bool = False) -> str:
        """Decode the file as UTF-8; a byte-order mark is kept only `with_mark`.

        Raises ContentError for bytes that are not UTF-8.
        """
        try:
            return self.data.decode("utf-8" if with_mark else "utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            raise ContentError(
                f"this is not valid UTF-8: found the byte 0x{self.data[error.start]:02x}; "
                "expected the file to be saved as UTF-8",
                file=self.path,
                line=line,
            ) from None


@dataclass(frozen=True, slots=True)
class DaySources:
    """A day's files: its pages, sorted by file name, its ledger, and the file of the papers that
    wait, which are not published, where it was asked for. `others` are the paths of ignored files.
    """

    date: date
    pages: tuple[SourceFile, ...]
    ledger: SourceFile | None
    others: tuple[str, ...] = ()
    waiting: SourceFile | None = None

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """The day's pages and ledger: what is published."""
        return self.pages if self.ledger is None else (*self.pages, self.ledger)

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """All of the day's files: `sources`, and the file of what waits."""
        return self.sources if self.waiting is None else (*self.sources, self.waiting)

    def fingerprint(self, *, waiting: bool = False) -> str:
        """Return a hash of the names and bytes of the day's pages and ledger, and of what waits if
        asked (SHA-256, which processors accelerate: a build hashes the whole archive)."""
        total = hashlib.sha256()
        for source in self.files if waiting else self.sources:
            total.update(f"{source.path}\0{len(source.data)}\0".encode())
            total.update(source.data)
        return total.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class MonthStat:
    """What the system says of a month's files, as a hash, and the newest of their times, in
    nanoseconds."""

    fingerprint: str
    newest: int


def day_folder(day: date) -> str:
    """Return a day's folder below content/, "2025/08/07"."""
    return day.isoformat().replace("-", "/")


def waiting_path(day: date) -> str:
    """Return the path below content/ of the file of a day's waiting papers."""
    return f"{day_folder(day)}/{WAITING}"


def is_waiting(path: str) -> bool:
    """Return whether a path is that of a file of waiting papers."""
    return path.endswith(f"/{WAITING}")


def months(root: Path) -> list[str]:
    """Return the months that have folders ("2025-08"), oldest first."""
    return [
        f"{year}-{month}"
        for year in _folders(root, "", _YEAR)
        for month in _folders(root, year, _TWO)
    ]


def read_month(root: Path, month: str, *, waiting: bool = False) -> list[DaySources]:
    """Read the days of a month ("2025-08") that have files, oldest first. What waits, which can be
    much more than what is published, is read only if asked for.

    Raises ContentError for a folder that is not a valid date, such as 2025/02/31, or an implausible
    one (`days`), for names that are not UTF-8 or differ by case alone, for links that lead out of
    the content folder, and for files that can't be read.
    """
    year, number = month.split("-")
    return [
        day
        for name in _folders(root, f"{year}/{number}", _TWO)
        if (day := read_folder(root, f"{year}/{number}/{name}", waiting=waiting)).files
    ]


def month_stat(root: Path, month: str) -> MonthStat | None:
    """Return what the system says of a month's files, none of which is read: it says the same as
    long as no file is added, removed, written or touched. None where that is not sure: there is a
    link, or the system keeps no time of a file's last change (Windows keeps that of its creation).

    Raises ContentError as `read_month` does for folders.
    """
    if os.name == "nt":
        return None
    total = hashlib.sha256()
    newest = 0
    for folder in day_folders(root, month):
        rows = []
        try:
            with os.scandir(f"{root}/{folder}") as entries:
                for entry in entries:
                    one = entry.stat(follow_symlinks=False)
                    if stat.S_ISLNK(one.st_mode):
                        return None
                    rows.append((entry.name, one.st_mode, one.st_size, one.st_ino, one.st_dev,
                                 one.st_mtime_ns, one.st_ctime_ns))  # fmt: skip
        except OSError as error:
            raise _unreadable(folder, error) from error
        rows.sort()
        newest = max(newest, *(max(row[-2:]) for row in rows)) if rows else newest
        total.update(f"{folder}{rows!r}".encode("ascii", "backslashreplace"))
    return MonthStat(total.hexdigest()[:32], newest)


def day_folders(root: Path, month: str) -> list[str]:
    """Return the folders of a month's days ("2025/08/07"), oldest first. Raises ContentError for
    links."""
    year, number = month.split("-")
    return [f"{year}/{number}/{name}" for name in _folders(root, f"{year}/{number}", _TWO)]


def read_days(root: Path, *, waiting: bool = False) -> Iterator[DaySources]:
    """Yield all days that have files, oldest first, as `read_month` reads them."""
    for month in months(root):
        yield from read_month(root, month, waiting=waiting)


def read_day(root: Path, day: date, *, waiting: bool = False) -> DaySources:
    """Read a day's files as `read_month` does; none where it has no folder."""
    folder = day_folder(day)
    try:
        there = (root / folder).is_dir()
    except OSError as error:
        raise _unreadable(folder, error) from error
    if not there:
        return DaySources(day, (), None)
    symlinks.refuse(root, folder)
    return read_folder(root, folder, waiting=waiting)


def _folders(root: Path, folder: str, name: re.Pattern[str]) -> list[str]:
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            # `is_dir` would raise for a link in a circle.
            folders = [
                (e.name, link)
                for e in entries
                if name.match(e.name) and ((link := e.is_symlink()) or e.is_dir())
            ]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(folder or str(root), error) from error
    for child, link in folders:
        if link:
            path = f"{folder}/{child}".lstrip("/")
            symlinks.refuse(root, path)
            raise ContentError(symlinks.FOLDER, file=path)
    return sorted(child for child, _ in folders)


def read(root: Path, path: str) -> SourceFile | None:
    """Read a file by its path below content/; return None where it doesn't exist. Raises
    ContentError for a file that can't be read or is a link out of the folder."""
    try:
        return SourceFile(path, symlinks.read(root, path))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: str, error: OSError | ValueError) -> ContentError:
    reason = getattr(error, "strerror", None) or error
    return ContentError(f"can't be read: {reason}; expected a file or folder of pages", file=path)


def _refuse_odd_names(folder: str, names: list[str]) -> None:
    """Raise ContentError for names that some file systems can't hold: not UTF-8, or different from
    another by case or the form of accents alone."""
    seen: dict[str, str] = {}
    for name in names:
        if not files.is_utf8(name):
            raise ContentError(
                "this file's name is not valid UTF-8; expected a topic's slug and .md",
                file=f"{folder}/{name}",
            )
        other = seen.setdefault(normal("NFC", name).casefold(), name)
        if other != name:
            what = "capital letters" if name.lower() == other.lower() else "the form of accents"
            raise ContentError(
                f"{shown(name)} and {shown(other)} differ by {what} alone, which some systems "
                "can't tell apart; expected one of them",
                file=f"{folder}/{name}",
            )


def read_folder(root: Path, folder: str, *, waiting: bool = False) -> DaySources:
    """Read the files of a day's folder. Raises ContentError as `read_month` does."""
    try:
        day = date(*map(int, folder.split("/")))
    except ValueError:
        raise ContentError(
            f"this folder is named {folder}, which is not a valid date; expected one such as "
            "2025/08/07",
            file=folder,
        ) from None
    days.refuse_implausible(day, ContentError, file=folder)
    pages = []
    ledger = held = None
    full = f"{root}/{folder}"
    at = folder
    try:
        with os.scandir(full) as entries:
            found = []
            for entry in entries:
                link = entry.is_symlink()
                is_file = link or entry.is_file()
                if not is_file and _is_ours(entry.name) and not entry.is_dir():
                    at = f"{folder}/{entry.name}"  # a named pipe: a build would drop its papers
                    raise ContentError(
                        "this is neither a file nor a folder; expected a file", file=at
                    )
                found.append((entry.name, link, is_file))
        found.sort()
        names = [(name, link) for name, link, is_file in found if is_file]
        others = [f"{folder}/{name}" for name, _, is_file in found
                  if name[0] != "." and not (is_file and _is_ours(name))]  # fmt: skip
        ours = [(name, link) for name, link in names if _is_ours(name)]
        _refuse_odd_names(folder, [name for name, _ in ours])
        sources = []
        for name, link in ours:
            if name == WAITING and not waiting:
                continue
            at = f"{folder}/{name}"
            if link:
                symlinks.refuse(root, at)
            sources.append((name, SourceFile(at, files.read_regular(f"{full}/{name}"))))
    except OSError as error:
        raise _unreadable(at, error) from error
    for name, source in sources:
        if name == LEDGER:
            ledger = source
        elif name == WAITING:
            held = source
        else:
            pages.append(source)
    return DaySources(day, tuple(pages), ledger, tuple(others), held)


def _is_ours(name: str) -> bool:
    return name == LEDGER or (name.endswith(".md") and name[0] != ".")


@contextmanager
def locked(root: Path, *, error: type[SiteError] = SiteError) -> Iterator[None]:
    """Hold the lock of a content folder. Raises `error` where another import or edit holds it."""
    if not root.is_dir():  # reading it raises
        yield
        return
    with locks.file_lock(
        root,
        "another import or edit of this folder is running; expected to be the only one, try again "
        "when it is done",
        error=error,
    ):
        yield


def target(root: Path, path: str) -> Path:
    """Return the file of a path below `root`. Raises SiteError for a path that leaves `root`."""
    file = root / path
    try:
        inside = file.parent.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, a NUL
        inside = False
    if not inside or file.name in ("", ".."):
        raise SiteError("this path leaves the content folder; expected one in it", file=path)
    return file
