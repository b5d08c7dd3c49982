"""Carrying out a plan: rendering what changed, writing each file whole, removing what is gone.

The only module that writes to the output folder. A build that is cut off leaves every file either
old or new; the journal tells the next build what was begun, and that build completes it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from ..crew import share_out
from ..errors import SiteError
from ..files import alone
from .manifest import GroupRecord, Manifest, SectionRecord, Written
from .plan import File, Group, Section, data_digest

_TEMPORARY = ".broadsheet-new"
_AT_ONCE = 20_000  # groups that are planned ahead, at about 2 kB each
_WORTH_SHARING = 300  # milliseconds of rendering; processes take 50 to start
_READ_BEFORE = 3  # months, as a day's build reads; a first build has read them all
_JOBS_EACH = 24  # of a process, so that none waits long for the last


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
    with alone(
        folder / "lock",
        "another build is running{owner}; expected to be the only one, try again when it is done",
    ):
        yield


Lost = Mapping[str, frozenset[str]]
"""The files on record, by section, that the output folder hasn't got in the size that they had."""


def lost(output: Path, manifest: Manifest) -> Lost:
    """Look for the files on record in the output folder: a question to the system for each file
    of the site, so that another process may well do it."""
    return {key: _lost(output, manifest.section(key)) for key in manifest.sections()}


def _lost(output: Path, record: SectionRecord | None) -> frozenset[str]:
    if record is None:
        return frozenset()
    root = f"{output}/"
    return frozenset(path for path, size in record.sizes() if _size(root + path) != size)


def _size(target: str) -> int | None:
    """The size of a file in bytes; None where there is none."""
    try:
        return os.stat(target).st_size  # noqa: PTH116
    except OSError:
        return None


@dataclass(slots=True)
class _Look:
    """A section that is not as it was."""

    section: Section
    known: Mapping[str, str]  # hashes of the files it had, by path
    records: dict[str, GroupRecord]  # of the groups that stand as they are, and then of all
    stale: Sequence[Group]  # the groups to be rendered
    left: int  # how many of those still are


@dataclass(frozen=True, slots=True)
class _Job:
    """Groups of one section, to be rendered by one process one after another."""

    look: _Look
    groups: tuple[Group, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a job: the files of each group, and the paths of those that were written."""

    files: tuple[tuple[Written, ...], ...]
    written: tuple[str, ...]


class Writer:
    """Brings an output folder in line with a plan. `jobs` is how many processes may render, `read`
    reads a month and keeps it at hand. Groups in `again`, by section, are rendered even where they
    stand as they are; what is the same is still not written. `looked` gives what `lost` finds,
    where somebody looks already."""

    def __init__(
        self,
        output: Path,
        manifest: Manifest,
        *,
        fresh: bool = False,
        jobs: int = 1,
        read: Callable[[str], object] = lambda key: None,
        again: Mapping[str, Collection[str]] = MappingProxyType({}),
        looked: Callable[[], Lost] | None = None,
    ) -> None:
        self._output = output
        self._manifest = manifest
        self._fresh = fresh
        self._jobs = jobs
        self._read = read
        self._again = again
        self._looked = looked or partial(lost, output, manifest)
        self._away: Lost = {}
        self._tell: Callable[[Sequence[str]], None] = lambda paths: None
        self._folders: dict[str, bool] = {}  # whether this build made them
        self._claimed: set[str] = set()
        self._begun: set[str] = set()
        self._gone: list[str] = []
        self._written = self._unchanged = self._removed = 0

    def carry_out(
        self,
        sections: Iterable[Section],
        done: Callable[[], None] = lambda: None,
        wrote: Callable[[Sequence[str]], None] = lambda paths: None,
    ) -> Result:
        """Write what differs, section by section; `done` is called after each, and `wrote` with
        the paths of files as they are written.

        Raises SiteError for two outputs with one path, and where the disk refuses.
        """
        self._tell = wrote
        before = self._manifest.sections()
        self._begun = self._manifest.begin()
        self._away = {} if self._fresh else self._looked()
        try:
            keys = set()
            looks: list[_Look] = []
            groups = 0
            for section in sections:
                keys.add(section.key)
                late = section.after is not None and groups >= section.after
                if looks and (late or groups > _AT_ONCE or self._jobs == 1):
                    self._render(looks, done)
                    looks, groups = [], 0
                look = self._look(section)
                if look is None:
                    done()
                else:
                    looks.append(look)
                    groups += look.left
            self._render(looks, done)
            gone = [key for key in before if key not in keys]
            for key in gone:
                record = self._manifest.section(key)
                self._gone.extend(record.paths() if record else ())
            self._remove({*self._gone, *self._begun} - self._claimed)
            for key in gone:
                self._manifest.forget(key)
        except BaseException:
            self._manifest.abandon()
            raise
        self._manifest.finish()
        return Result(self._written, self._unchanged, self._removed)

    def _look(self, section: Section) -> _Look | None:
        """What is to be done for a section; None where it stands as it is."""
        old = self._manifest.section(section.key) or SectionRecord()
        again = self._again.get(section.key, ())
        paths = old.paths()
        away = self._missing(section.key, paths)
        if not self._fresh and not again and old.parts == section.parts and not away:
            self._keep(paths)
            return None
        records: dict[str, GroupRecord] = {}
        stale = []
        for group in section.groups():
            known = old.groups.get(group.key)
            if (
                not self._fresh
                and group.key not in again
                and known is not None
                and known.parts == group.parts
                and away.isdisjoint(known.paths)
            ):
                records[group.key] = known
                self._keep(known.paths)
            else:
                stale.append(group)
        self._gone.extend(paths)
        return _Look(section, old.digests(), records, stale, len(stale))

    def _missing(self, key: str, paths: Sequence[str]) -> frozenset[str]:
        """Of a section's files on record those that are not there, or that a build which was cut
        off has begun to write anew."""
        begun = self._begun.intersection(paths) if self._begun else frozenset()
        return self._away.get(key, frozenset()) | begun

    def _keep(self, paths: Sequence[str]) -> None:
        if not self._claimed.isdisjoint(paths):
            raise _two_pages(next(path for path in paths if path in self._claimed))
        self._claimed.update(paths)
        self._unchanged += len(paths)

    def _render(self, looks: Sequence[_Look], done: Callable[[], None]) -> None:
        """Render what sections lack, and put each on record when nothing of it is left."""
        for look in looks:
            if not look.stale:
                self._record(look, done)
        for job, made in self._done(looks):
            look = job.look
            for group, files in zip(job.groups, made.files, strict=True):
                look.records[group.key] = GroupRecord.of(group.parts, files)
                self._unchanged += len(files)
            self._written += len(made.written)
            self._unchanged -= len(made.written)
            if made.written:
                self._tell(made.written)
            look.left -= len(job.groups)
            if not look.left:
                self._record(look, done)

    def _record(self, look: _Look, done: Callable[[], None]) -> None:
        record = SectionRecord(parts=look.section.parts, groups=look.records)
        self._manifest.keep(look.section.key, record)
        done()

    def _done(self, looks: Sequence[_Look]) -> Iterator[tuple[_Job, _Done]]:
        """Jobs with what came of them, done here or by several processes."""
        jobs = list(_jobs(looks, self._jobs))
        if self._jobs == 1 or sum(job.weight for job in jobs) < _WORTH_SHARING:
            for job in jobs:
                yield job, self._do(job)
            return
        months = {key for job in jobs for group in job.groups for key in group.reads}
        few = len(months) <= _READ_BEFORE
        if few:
            for key in sorted(months):
                self._read(key)  # once, and not in each process
            jobs.sort(key=lambda job: job.weight, reverse=True)
        for job, made in share_out(jobs, self._do, self._jobs, together=not few):
            for files in made.files:
                for one in files:
                    self._claim(one.path)
            yield job, made

    def _do(self, job: _Job) -> _Done:
        """Render groups, and write what differs."""
        made = []
        written: list[str] = []
        for group in job.groups:
            records = []
            differing = []
            for file in group.render():
                self._claim(file.path)
                record = Written(file.path, data_digest(file.data), len(file.data))
                if not self._is_there(file, record, job.look.known.get(file.path)):
                    differing.append(file)
                records.append(record)
            self._note(differing)
            for file in differing:
                self._write(file)
            written.extend(file.path for file in differing)
            made.append(tuple(records))
        return _Done(tuple(made), tuple(written))

    def _claim(self, path: str) -> None:
        if path in self._claimed or path.startswith("/") or ".." in path.split("/"):
            raise _two_pages(path)
        self._claimed.add(path)

    def _is_there(self, file: File, record: Written, known: str | None) -> bool:
        """Whether the output folder has a file as it is; `known` is the hash of what was written
        there last."""
        if (
            known == record.digest
            and not self._fresh
            and file.path not in self._begun
            and _size(f"{self._output}/{file.path}") == record.size
        ):
            return True
        return not self._in_new_folder(file) and self._same(file)

    def _note(self, files: Sequence[File]) -> None:
        """Put into the journal what is about to be written."""
        try:
            self._manifest.note([file.path for file in files])
        except OSError as error:
            raise SiteError(f"the journal can't be written: {error.strerror}") from error

    def _in_new_folder(self, file: File) -> bool:
        """Have a file's folder; gives whether this build has made it, so that nothing is there."""
        folder = os.path.dirname(f"{self._output}/{file.path}")  # noqa: PTH120
        made = self._folders.get(folder)
        if made is None:
            try:
                made = self._folders[folder] = _make(folder)
            except OSError as error:
                raise SiteError(f"can't be written: {error.strerror}", file=folder) from error
        return made

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
        try:
            # In the file's own folder: to rename across folders takes a lock of the whole file
            # system, on which processes would wait for each other.
            temporary = f"{os.path.dirname(target)}/{_TEMPORARY}-{os.getpid()}"  # noqa: PTH120
            # A file object would cost as much again as the writing.
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
            try:
                left = memoryview(file.data)
                while left:
                    left = left[os.write(handle, left) :]
            finally:
                os.close(handle)
            os.replace(temporary, target)  # noqa: PTH105
        except OSError as error:
            raise SiteError(f"can't be written: {error.strerror}", file=target) from error

    def _remove(self, paths: Iterable[str]) -> None:
        for folder in {(self._output / path).parent for path in self._begun}:
            for left in folder.glob(f"{_TEMPORARY}*"):  # by a build that was cut off
                left.unlink()
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


def _two_pages(path: str) -> SiteError:
    return SiteError(
        "two pages would be written to this address; expected one "
        "(does a static page have the name of a part of the site?)",
        file=path,
    )


def _jobs(looks: Sequence[_Look], processes: int) -> Iterator[_Job]:
    """The groups to be rendered, in order, cut into jobs of about the same weight."""
    total = sum(group.weight for look in looks for group in look.stale)
    enough = max(5, total // (processes * _JOBS_EACH))
    for look in looks:
        taken: list[Group] = []
        weight = 0
        for group in look.stale:
            taken.append(group)
            weight += group.weight
            if weight >= enough:
                yield _Job(look, tuple(taken), weight)
                taken, weight = [], 0
        if taken:
            yield _Job(look, tuple(taken), weight)


def _make(folder: str) -> bool:
    """Make a folder, and those above it where they are missing: one call for most. Gives whether
    it wasn't there."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        return False
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    return True
