"""The content folder on disk: finding its days, reading their files, writing them whole.

The only module that touches content/. What the files mean is for `pages`, `ledger` and `topics`.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import files, inside
from .errors import ContentError, SiteError

LEDGER = "day.yml"

STAGING = ".import"  # where `write_all` prepares its files, below content/

_YEAR = re.compile(r"[0-9]{4}\Z")
_TWO = re.compile(r"[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Source:
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
                f"this is no UTF-8: found the byte 0x{self.data[error.start]:02x}; "
                "expected the file to be saved as UTF-8",
                file=self.path,
                line=line,
            ) from None


@dataclass(frozen=True, slots=True)
class DaySources:
    """A day's files: its pages by file name, in order, and its ledger; and the paths of others, of
    which nothing is made."""

    date: date
    pages: tuple[Source, ...]
    ledger: Source | None
    others: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """All of the day's files."""
        return self.pages if self.ledger is None else (*self.pages, self.ledger)

    def digest(self) -> str:
        """A hash of names and bytes of the day's files: the one that most processors have
        circuits for, since a build hashes the whole archive."""
        total = hashlib.sha256()
        for source in self.sources:
            total.update(f"{source.path}\0{len(source.data)}\0".encode())
            total.update(source.data)
        return total.hexdigest()[:32]


def day_folder(day: date) -> str:
    """A day's folder below content/."""
    return f"{day:%Y/%m/%d}"


def months(root: Path) -> list[str]:
    """The months that have folders, as "2025-08", oldest first."""
    return [
        f"{year}-{month}"
        for year in _folders(root, "", _YEAR)
        for month in _folders(root, year, _TWO)
    ]


def read_month(root: Path, month: str) -> list[DaySources]:
    """The days of a month ("2025-08") that have files, oldest first.

    Raises ContentError for a folder that names no date, such as 2025/02/31, and for a link that
    leads out of the content folder.
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
    """A day's files; none where the day has no folder."""
    if not (root / day_folder(day)).is_dir():
        return DaySources(day, (), None)
    inside.refuse(root, day_folder(day))
    return _read_folder(root, day_folder(day))


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
    for one, link in found:
        if link:
            path = f"{folder}/{one}".lstrip("/")
            inside.refuse(root, path)
            raise ContentError(inside.FOLDER, file=path)
    return sorted(one for one, _ in found)


def _read_folder(root: Path, folder: str) -> DaySources:
    try:
        day = date(*map(int, folder.split("/")))
    except ValueError:
        raise ContentError(
            f"this folder is named {folder}, which is no date; expected one such as 2025/08/07",
            file=folder,
        ) from None
    pages = []
    others = []
    ledger = None
    full = f"{root}/{folder}"
    with os.scandir(full) as entries:
        names = sorted((e.name, link) for e in entries if (link := e.is_symlink()) or e.is_file())
    for name, link in names:
        if name == LEDGER or (name.endswith(".md") and not name.startswith(".")):
            if link:
                inside.refuse(root, f"{folder}/{name}")
            with open(f"{full}/{name}", "rb") as file:  # noqa: PTH123  (twice as fast)
                source = Source(f"{folder}/{name}", file.read())
            if name == LEDGER:
                ledger = source
            else:
                pages.append(source)
        elif not name.startswith("."):
            others.append(f"{folder}/{name}")
    return DaySources(day, tuple(pages), ledger, tuple(others))


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Have a content folder alone while it is changed. Raises SiteError where another import or
    edit has it."""
    if not root.is_dir():  # whoever reads it says so
        yield
        return
    with files.alone(
        root,
        "another import or edit of this folder is running; expected to be the only one, try again "
        "when it is done",
    ):
        yield


def write(root: Path, path: str, text: str) -> None:
    """Write a file below `root`, whole or not at all.

    Raises SiteError where the path would leave `root`, or the disk refuses.
    """
    files.write_whole(_target(root, path), text.encode("utf-8", "surrogatepass"), sync=False)


def remove(root: Path, path: str) -> None:
    """Remove a file below `root`, and its folder where that leaves it empty.

    Raises SiteError as `write` does.
    """
    target = _target(root, path)
    try:
        target.unlink(missing_ok=True)
        if not any(target.parent.iterdir()):
            target.parent.rmdir()
    except OSError as error:
        raise SiteError(f"can't be removed: {error.strerror}", file=str(target)) from error


def write_all(root: Path, writes: Sequence[tuple[str, str]]) -> None:
    """Write files of days, in order, so that after a cut it can be told which were written.

    All are prepared in a folder aside, which git ignores, the last one whole or not at all, and
    then moved into place one by one: once the last is there, what is still there was not written
    (`staged`). Raises SiteError as `write` does.
    """
    folders = {path.rpartition("/")[0] for path, _ in writes}
    for folder in folders:
        _target(root, f"{folder}/{LEDGER}")
    inside.refuse(root, STAGING, error=SiteError)
    staging = root / STAGING
    last = len(writes) - 1
    at = staging
    try:
        staging.mkdir(parents=True, exist_ok=True)
        for left in staging.iterdir():
            left.unlink()
        (staging / ".gitignore").write_text("*\n", "utf-8")
        for n, (path, text) in enumerate(writes):
            at = staging / _flat(path)
            if n == last:
                write(staging, at.name, text)
            else:
                with at.open("w", encoding="utf-8", newline="") as file:
                    file.write(text)
        for folder in folders:
            at = root / folder
            at.mkdir(parents=True, exist_ok=True)
        for path, _ in writes:
            at = root / path
            files.move(staging / _flat(path), at)
    except OSError as error:
        raise SiteError(f"can't be written: {error.strerror}", file=str(at)) from error


def _flat(path: str) -> str:
    """A name in the staging folder for a path such as 2025/08/07/day.yml."""
    return "%".join(path.split("/", 3))


def staged(root: Path) -> list[Source]:
    """The files that a cut `write_all` had prepared and not put into place, ledgers last. Raises
    ContentError for links that lead out of the content folder."""
    for path, wrong in inside.leading_out(root / STAGING):
        raise ContentError(wrong, file=f"{STAGING}/{path}")
    inside.refuse(root, STAGING)
    try:
        names = sorted(os.listdir(root / STAGING))  # noqa: PTH208
    except FileNotFoundError:
        return []
    found = [
        Source("/".join(name.split("%", 3)), (root / STAGING / name).read_bytes())
        for name in names
        if not name.startswith(".")
    ]
    return sorted(found, key=lambda source: source.path.endswith(LEDGER))


def discard_staged(root: Path) -> None:
    """Remove the folder in which `write_all` prepares files, with all that is in it."""
    if (root / STAGING).is_dir():
        shutil.rmtree(root / STAGING)


def _target(root: Path, path: str) -> Path:
    target = root / path
    if not target.parent.resolve().is_relative_to(root.resolve()) or target.name in ("", ".."):
        raise SiteError("this path leaves the content folder; expected one in it", file=path)
    return target
