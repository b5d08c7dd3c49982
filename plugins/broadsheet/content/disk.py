"""The content folder on disk: finding its days, reading their files, having it alone.

With `transaction`, which edits it, the only module that touches content/. What the files mean is
for `pages`, `ledger` and `topics`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .. import days
from ..errors import ContentError, SiteError, shown
from ..io import files, symlinks

LEDGER = "day.yml"

_YEAR = re.compile(r"[0-9]{4}\Z")
_TWO = re.compile(r"[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of content: its path below content/ with slashes, and its bytes."""

    path: str
    data: bytes

    def text(self, *, with_mark: bool = False) -> str:
        """The file as text, with a byte-order mark only where asked for.

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
    """A day's files: its pages by file name, in order, and its ledger; and the paths of others, of
    which nothing is made."""

    date: date
    pages: tuple[SourceFile, ...]
    ledger: SourceFile | None
    others: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """All of the day's files."""
        return self.pages if self.ledger is None else (*self.pages, self.ledger)

    def fingerprint(self) -> str:
        """A hash of names and bytes of the day's files: the one that most processors have
        circuits for, since a build hashes the whole archive."""
        total = hashlib.sha256()
        for source in self.sources:
            total.update(f"{source.path}\0{len(source.data)}\0".encode())
            total.update(source.data)
        return total.hexdigest()[:32]


def day_folder(day: date) -> str:
    """A day's folder below content/."""
    return day.isoformat().replace("-", "/")


def months(root: Path) -> list[str]:
    """The months that have folders, as "2025-08", oldest first."""
    return [
        f"{year}-{month}"
        for year in _folders(root, "", _YEAR)
        for month in _folders(root, year, _TWO)
    ]


def read_month(root: Path, month: str) -> list[DaySources]:
    """The days of a month ("2025-08") that have files, oldest first.

    Raises ContentError for a folder that names no date, such as 2025/02/31, or none that a digest
    has (`days`), for names that are no UTF-8 or differ by case alone, for links that lead out of
    the content folder, and for what can't be read.
    """
    year, number = month.split("-")
    return [
        day
        for name in _folders(root, f"{year}/{number}", _TWO)
        if (day := _read_folder(root, f"{year}/{number}/{name}")).sources
    ]


def read_days(root: Path) -> Iterator[DaySources]:
    """All days, oldest first."""
    for month in months(root):
        yield from read_month(root, month)


def read_day(root: Path, day: date) -> DaySources:
    """A day's files; none where the day has no folder. Raises ContentError as `read_month` does."""
    folder = day_folder(day)
    try:
        there = (root / folder).is_dir()
    except OSError as error:
        raise _unreadable(folder, error) from error
    if not there:
        return DaySources(day, (), None)
    symlinks.refuse(root, folder)
    return _read_folder(root, folder)


def _folders(root: Path, folder: str, name: re.Pattern[str]) -> list[str]:
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            # Asked for what it leads to, a link in a circle would raise.
            found = [
                (e.name, link)
                for e in entries
                if name.match(e.name) and ((link := e.is_symlink()) or e.is_dir())
            ]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(folder or str(root), error) from error
    for one, link in found:
        if link:
            path = f"{folder}/{one}".lstrip("/")
            symlinks.refuse(root, path)
            raise ContentError(symlinks.FOLDER, file=path)
    return sorted(one for one, _ in found)


def read(root: Path, path: str) -> SourceFile | None:
    """A file by its path below content/; None where there is none. Raises ContentError for one
    that can't be read, or to which a link leads out of the folder."""
    try:
        return SourceFile(path, symlinks.read(root, path))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: str, error: OSError | ValueError) -> ContentError:
    reason = getattr(error, "strerror", None) or error
    return ContentError(f"can't be read: {reason}; expected a file or folder of pages", file=path)


def is_utf8(name: str) -> bool:
    """Whether a file's name is text: Python stands half characters for bytes that are none."""
    return name.isprintable() or not any("\ud800" <= char <= "\udfff" for char in name)


def _refuse_odd_names(folder: str, names: list[str]) -> None:
    """Raise ContentError for names that not every system can hold: no UTF-8, or another's but for
    small and capital letters."""
    seen: dict[str, str] = {}
    for name in names:
        if not is_utf8(name):
            raise ContentError(
                "this file's name is not valid UTF-8; expected a topic's slug and .md",
                file=f"{folder}/{name}",
            )
        other = seen.setdefault(name.lower(), name)
        if other != name:
            raise ContentError(
                f"{shown(name)} and {shown(other)} differ by capital letters alone, which some "
                "systems can't tell apart; expected one of them",
                file=f"{folder}/{name}",
            )


def _read_folder(root: Path, folder: str) -> DaySources:
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
    ledger = None
    full = f"{root}/{folder}"
    at = folder
    try:
        with os.scandir(full) as entries:
            names = sorted(
                (e.name, link) for e in entries if (link := e.is_symlink()) or e.is_file()
            )
        others = [f"{folder}/{name}" for name, _ in names if not _is_ours(name) and name[0] != "."]
        ours = [(name, link) for name, link in names if _is_ours(name)]
        _refuse_odd_names(folder, [name for name, _ in ours])
        sources = []
        for name, link in ours:
            at = f"{folder}/{name}"
            if link:
                symlinks.refuse(root, at)
            with open(f"{full}/{name}", "rb") as file:  # noqa: PTH123  (twice as fast)
                sources.append((name, SourceFile(at, file.read())))
    except OSError as error:
        raise _unreadable(at, error) from error
    for name, source in sources:
        if name == LEDGER:
            ledger = source
        else:
            pages.append(source)
    return DaySources(day, tuple(pages), ledger, tuple(others))


def _is_ours(name: str) -> bool:
    return name == LEDGER or (name.endswith(".md") and name[0] != ".")


@contextmanager
def locked(root: Path, *, error: type[SiteError] = SiteError) -> Iterator[None]:
    """Have a content folder alone while it is changed. Raises `error` where another import or
    edit has it."""
    if not root.is_dir():  # whoever reads it says so
        yield
        return
    with files.file_lock(
        root,
        "another import or edit of this folder is running; expected to be the only one, try again "
        "when it is done",
        error=error,
    ):
        yield


def target(root: Path, path: str) -> Path:
    """The file that a path below `root` names. Raises SiteError where it would leave `root`."""
    found = root / path
    try:
        inside = found.parent.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, a NUL
        inside = False
    if not inside or found.name in ("", ".."):
        raise SiteError("this path leaves the content folder; expected one in it", file=path)
    return found
