"""Carrying out a plan: rendering what changed, writing each file whole, removing what is gone.

A build that is cut off leaves every file either old or new. The output folder's own lists
(`inventory`) tell the next build what was begun and what is of our making, and that build completes
it: a file is noted before it is written, what is gone is removed before its section's record says
so, and a record counts only beside the list that has its stamp.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from ..errors import SiteError
from ..io.cache import remove
from ..io.files import file_lock
from ..io.parallel import map_jobs
from .inventory import FOLDER, Inventory, hashed, walk, with_folders
from .manifest import Manifest, PartitionRecord, TargetRecord, Written
from .output import Disk, is_temporary
from .plan import File, Partition, Target, data_fingerprint
from .survey import Survey, size_of, survey

_AT_ONCE = 20_000  # groups that are planned ahead, at about 2 kB each
_WORTH_SHARING = 300  # milliseconds of rendering; processes take 50 to start
_READ_BEFORE = 3  # months, as a day's build reads; a first build has read them all
_GONE = "gone"  # the list of what is being removed
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
    lock = folder / "lock"
    if lock.is_symlink() or (lock.exists() and not lock.is_file()):
        remove(lock)
    with file_lock(
        lock,
        "another build is running{owner}; expected to be the only one, try again when it is done",
    ):
        yield


@dataclass(slots=True)
class _Look:
    """A section that is not as it was."""

    section: Partition
    known: Mapping[str, str]  # hashes of the files it had, by path
    records: dict[str, TargetRecord]  # of the groups that stand as they are, and then of all
    stale: Sequence[Target]  # the groups to be rendered
    left: int  # how many of those still are


@dataclass(frozen=True, slots=True)
class _Job:
    """Groups of one section, to be rendered by one process one after another."""

    look: _Look
    groups: tuple[Target, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a job: the files of each group, and the paths of those that were written."""

    files: tuple[tuple[Written, ...], ...]
    written: tuple[str, ...]
    replaced: bool  # whether something made room for them


class Writer:
    """Brings an output folder in line with a plan. `jobs` is how many processes may render, `read`
    reads a month and keeps it at hand. Groups in `again`, by section, are rendered even where they
    stand as they are; what is the same is still not written. `looked` gives what `survey` finds,
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
        looked: Callable[[], Survey] | None = None,
    ) -> None:
        self._output = output
        self._manifest = manifest
        self._fresh = fresh
        self._jobs = jobs
        self._read = read
        self._again = again
        self._looked = looked or partial(survey, output, manifest)
        self._found = Survey()
        self._inventory = Inventory(output)
        self._disk = Disk(output, self._replaceable)
        self._owned: set[str] | None = None  # hashes of all files of our making, when first asked
        self._tell: Callable[[Sequence[str]], None] = lambda paths: None
        self._claimed: set[str] = set()
        self._gone: dict[str, list[str]] = {}  # the files that sections had, which may be no more
        self._finished: list[tuple[str, PartitionRecord]] = []  # but for what is to be removed
        self._begun = self._replaced = False
        self._written = self._unchanged = self._removed = 0

    def carry_out(
        self,
        sections: Iterable[Partition],
        done: Callable[[], None] = lambda: None,
        wrote: Callable[[Sequence[str]], None] = lambda paths: None,
    ) -> Result:
        """Write what differs, section by section; `done` is called after each, and `wrote` with
        the paths of files as they are written.

        Raises SiteError for two outputs with one path, and where the disk refuses.
        """
        self._tell = wrote
        before = self._manifest.sections()
        self._found = Survey(cut_off=True) if self._fresh else self._looked()
        if self._found.cut_off:
            self._take_over(before)
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
        self._finish({*before, *self._inventory.sections()} - keys)
        return Result(self._written, self._unchanged, self._removed)

    def _take_over(self, before: Sequence[str]) -> None:
        """Have lists of all that is on record, where the output folder has none that is whole: as
        of a build before there were lists, or of an output folder that was restored without."""
        for key in {*before, *self._inventory.sections()}:
            if self._inventory.state(key).damaged:
                self._begin()
                self._inventory.renew(key, self._manifest.written(key))
        begun = self._manifest.begun_before()
        if begun:
            self._begin()
            self._inventory.note(_GONE, begun)

    def _begin(self) -> None:
        """Before anything is changed, say so."""
        if not self._begun:
            self._begun = True
            self._inventory.begin()

    def _finish(self, vanished: Collection[str]) -> None:
        """Remove what is gone, and put on record what waited for that."""
        for key in vanished:
            record = self._manifest.section(key)
            self._gone[key] = record.paths() if record else []
        if self._replaced:
            _refuse_nested(self._claimed)
        gone: set[str] = set()
        for key, paths in self._gone.items():
            left = [path for path in paths if path not in self._claimed]
            if left:
                listed = self._inventory.hashes(key)
                gone.update(path for path in left if hashed(path) in listed)
        if self._found.cut_off:
            gone.update(self._strays())
        if gone or vanished or self._finished:
            self._begin()
        if gone:
            self._inventory.note(_GONE, with_folders(gone))
            self._removed += self._disk.remove(gone)
        for key, record in self._finished:
            self._settle(key, record)
        for key in {*vanished, _GONE}:
            self._manifest.forget(key)
            self._inventory.forget(key)
        self._manifest.finish()
        if self._begun or self._found.cut_off:
            self._inventory.finish()

    def _strays(self) -> Iterator[str]:
        """The files of our making in the output folder that the plan does not hold, and folders
        that were made for such and are empty ("papers/x/")."""
        owned = {one for key in self._inventory.sections() for one in self._inventory.hashes(key)}
        for path in walk(self._output):
            if path not in self._claimed and (is_temporary(path) or hashed(path) in owned):
                yield path

    def _look(self, section: Partition) -> _Look | None:
        """What is to be done for a section; None where it stands as it is."""
        old = self._manifest.section(section.key) or PartitionRecord()
        again = self._again.get(section.key, ())
        paths = old.paths()
        away = self._missing(section.key, paths)
        settled = not self._fresh and section.key not in self._found.unsettled
        if settled and not again and old.parts == section.parts and not away:
            self._keep(paths)
            return None
        self._begin()
        records: dict[str, TargetRecord] = {}
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
        self._gone[section.key] = paths
        return _Look(section, old.digests(), records, stale, len(stale))

    def _missing(self, key: str, paths: Sequence[str]) -> frozenset[str]:
        """Of a section's files on record those that are not there, or may hold other bytes."""
        away = self._found.away.get(key, frozenset())
        return away | self._found.doubted.intersection(paths) if self._found.doubted else away

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
                look.records[group.key] = TargetRecord.of(group.parts, files)
                self._unchanged += len(files)
            self._written += len(made.written)
            self._unchanged -= len(made.written)
            if made.written:
                self._tell(made.written)
            look.left -= len(job.groups)
            if not look.left:
                self._record(look, done)

    def _record(self, look: _Look, done: Callable[[], None]) -> None:
        record = PartitionRecord.of(look.section.parts, look.records)
        key = look.section.key
        paths = record.paths()
        whole = look.known.keys() <= set(paths)
        if whole and self._found.cut_off:
            whole = self._inventory.hashes(key) <= set(map(hashed, with_folders(paths)))
        if whole:
            self._settle(key, record)
        else:
            self._finished.append((key, record))
        done()

    def _settle(self, key: str, record: PartitionRecord) -> None:
        self._manifest.keep(key, record)
        self._inventory.settle(key, record.stamp, record.paths())

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
        for job, made in map_jobs(jobs, self._do, self._jobs, together=not few):
            for files in made.files:
                for one in files:
                    self._claim(one.path)
            self._replaced = self._replaced or made.replaced
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
                record = Written(file.path, data_fingerprint(file.data), len(file.data))
                if not self._is_there(file, record, job.look.known.get(file.path)):
                    differing.append(file)
                records.append(record)
            self._inventory.note(
                job.look.section.key, with_folders([file.path for file in differing])
            )
            for file in differing:
                self._write(file)
            written.extend(file.path for file in differing)
            made.append(tuple(records))
        self._replaced = self._replaced or self._disk.replaced
        return _Done(tuple(made), tuple(written), self._disk.replaced)

    def _write(self, file: File) -> None:
        self._disk.put(file)

    def _claim(self, path: str) -> None:
        names = path.split("/")
        if path in self._claimed or path.startswith("/") or ".." in names or names[0] == FOLDER:
            raise _two_pages(path)
        self._claimed.add(path)

    def _is_there(self, file: File, record: Written, known: str | None) -> bool:
        """Whether the output folder has a file as it is; `known` is the hash of what was written
        there last."""
        if (
            known == record.digest
            and not self._fresh
            and file.path not in self._found.doubted
            and size_of(f"{self._output}/{file.path}") == record.size
        ):
            return True
        return self._disk.has(file)

    def _replaceable(self, path: str) -> bool:
        """Whether a file that stands in the way of another is of an earlier build."""
        if path in self._claimed:
            raise _two_pages(path)
        if self._owned is None:
            keys = self._inventory.sections()
            self._owned = {one for key in keys for one in self._inventory.hashes(key)}
        return hashed(path) in self._owned


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
        taken: list[Target] = []
        weight = 0
        for group in look.stale:
            taken.append(group)
            weight += group.weight
            if weight >= enough:
                yield _Job(look, tuple(taken), weight)
                taken, weight = [], 0
        if taken:
            yield _Job(look, tuple(taken), weight)


def _refuse_nested(paths: Collection[str]) -> None:
    """Raise SiteError where one of the files stands where another needs a folder."""
    for path in sorted(paths):
        above = path
        while "/" in above:
            above = above.rpartition("/")[0]
            if above in paths:
                raise _two_pages(above)
