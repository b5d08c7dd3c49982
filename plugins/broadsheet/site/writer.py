"""Carrying out a plan: rendering what changed, writing each file whole, removing what is gone.

The only module that writes to the output folder. A build that is cut off leaves every file either
old or new; the journal tells the next build what was begun, and that build completes it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import SiteError
from .manifest import GroupRecord, Manifest, SectionRecord, Written
from .plan import File, Section, data_digest

_TEMPORARY = ".broadsheet-new"


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did to the output folder, in files."""

    written: int
    unchanged: int
    removed: int

    @property
    def files(self) -> int:
        """How many files the site has."""
        return self.written + self.unchanged


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the build lock of a cache folder. Raises SiteError where another build holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("a+")
    except OSError as error:
        raise SiteError(f"can't be written: {error.strerror}", file=str(folder)) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            owner = handle.read().strip()
            raise SiteError(
                f"another build is running{f' (process {owner})' if owner else ''}; "
                "expected to be the only one, try again when it is done",
                file=str(folder / "lock"),
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


class Writer:
    """Brings an output folder in line with a plan."""

    def __init__(self, output: Path, manifest: Manifest, *, fresh: bool = False) -> None:
        self._output = output
        self._manifest = manifest
        self._fresh = fresh
        self._folders: set[str] = set()
        self._claimed: set[str] = set()
        self._begun: set[str] = set()
        self._written = self._unchanged = self._removed = 0

    def carry_out(
        self, sections: Iterable[Section], done: Callable[[], None] = lambda: None
    ) -> Result:
        """Write what differs, section by section; `done` is called after each.

        Raises SiteError for two outputs with one path, and where the disk refuses.
        """
        before = self._manifest.keys()
        self._begun = self._manifest.begin()
        try:
            vanished: list[str] = []
            keys = []
            for section in sections:
                keys.append(section.key)
                vanished.extend(self._section(section))
                done()
            gone = [key for key in before if key not in keys]
            for key in gone:
                record = self._manifest.section(key)
                vanished.extend(one.path for one in record.files()) if record else None
            self._remove({*vanished, *self._begun} - self._claimed)
            for key in gone:
                self._manifest.forget(key)
        except BaseException:
            self._manifest.abandon()
            raise
        self._manifest.finish()
        return Result(self._written, self._unchanged, self._removed)

    def _section(self, section: Section) -> list[str]:
        """Bring one section in line; gives the paths that it no longer has."""
        old = self._manifest.section(section.key) or SectionRecord()
        if not self._fresh and old.parts == section.parts and self._stands(old.files()):
            for one in old.files():
                self._claim(one.path)
                self._unchanged += 1
            return []
        hashes = {one.path: one.digest for one in old.files()}
        groups: dict[str, GroupRecord] = {}
        for group in section.groups():
            known = old.groups.get(group.key)
            if (
                not self._fresh
                and known is not None
                and known.parts == group.parts
                and self._stands(known.files)
            ):
                groups[group.key] = known
                for one in known.files:
                    self._claim(one.path)
                    self._unchanged += 1
                continue
            files = []
            for file in group.render():
                self._claim(file.path)
                files.append(self._file(file, hashes.get(file.path)))
            groups[group.key] = GroupRecord(parts=group.parts, files=tuple(files))
        self._manifest.keep(section.key, SectionRecord(parts=section.parts, groups=groups))
        return list(hashes)

    def _claim(self, path: str) -> None:
        if path in self._claimed or path.startswith("/") or ".." in path.split("/"):
            raise SiteError(
                "two pages would be written to this address; expected one "
                "(does a static page have the name of a part of the site?)",
                file=path,
            )
        self._claimed.add(path)

    def _stands(self, files: Iterable[Written]) -> bool:
        """Whether files are in the output folder, of the size they had, and no build that was cut
        off has begun to write them anew."""
        root = f"{self._output}/"
        if self._begun:
            files = list(files)
            if not self._begun.isdisjoint(one.path for one in files):
                return False
        try:
            return all(os.stat(root + one.path).st_size == one.size for one in files)  # noqa: PTH116
        except OSError:
            return False

    def _file(self, file: File, known: str | None) -> Written:
        digest = data_digest(file.data)
        record = Written(file.path, digest, len(file.data))
        if (known == digest and not self._fresh and self._stands([record])) or self._same(file):
            self._unchanged += 1
            return record
        self._write(file)
        self._written += 1
        return record

    def _same(self, file: File) -> bool:
        """Whether the very bytes are there already, whoever put them there."""
        target = f"{self._output}/{file.path}"
        try:
            if os.stat(target).st_size != len(file.data):  # noqa: PTH116
                return False
            with open(target, "rb") as there:  # noqa: PTH123
                return there.read() == file.data
        except OSError:
            return False

    def _write(self, file: File) -> None:
        target = f"{self._output}/{file.path}"
        folder = os.path.dirname(target)  # noqa: PTH120
        try:
            if folder not in self._folders:
                _make(folder)
                self._folders.add(folder)
            self._manifest.note(file.path)
            temporary = f"{self._output}/{_TEMPORARY}"
            with open(temporary, "wb") as new:  # noqa: PTH123
                new.write(file.data)
            os.replace(temporary, target)  # noqa: PTH105
        except OSError as error:
            raise SiteError(f"can't be written: {error.strerror}", file=target) from error

    def _remove(self, paths: Iterable[str]) -> None:
        (self._output / _TEMPORARY).unlink(missing_ok=True)
        for path in sorted(paths):
            target = self._output / path
            try:
                target.unlink()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise SiteError(f"can't be removed: {error.strerror}", file=str(target)) from error
            self._removed += 1
            self._prune(target.parent)

    def _prune(self, folder: Path) -> None:
        """Remove folders that a removed file left empty."""
        while folder != self._output and self._output in folder.parents:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _make(folder: str) -> None:
    """Make a folder, and those above it where they are missing: one call for most."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
