"""The writer: renders the targets whose dependencies changed, writes each file whole, and removes
files that left the plan.

An interrupted build leaves every file either old or new, and the next build completes it by the
output folder's lists (`inventory`): a file is listed before it is written, files that left the plan
are removed before their partition is recorded without them, and a record counts only beside the
list that carries its stamp.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from ..io.parallel import map_jobs
from .claims import Claims, refuse_nested, two_pages
from .inventory import Inventory, hashed, walk, with_folders
from .jobs import RenderJob, RenderResult, StalePartition, jobs_of, stale_partition
from .manifest import Manifest
from .output import OutputFolder, is_temporary
from .plan import File, Partition, Target, data_fingerprint
from .records import NO_RECORD, KeptPartition, Outline, PartitionRecord, TargetRecord, Written
from .spent import Spent
from .survey import Survey, missing_of, size_of, survey

_MOST_PENDING = 20_000  # targets planned ahead, at about 2 kB each
_MOST_WEIGHT = 16_000  # of these: processes that render keep what may be asked for again, and end
_WORTH_SHARING = 300  # milliseconds of rendering; a process takes 50 to start
_READ_BEFORE_FORK = 3  # inputs; if there are more, jobs that share inputs share a process instead
_TOGETHER = 32  # files that are listed and written at a time
_REMOVED = "gone"  # key of the list of files being removed


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did to the output folder, in counts of files."""

    written: int
    unchanged: int
    removed: int

    @property
    def files(self) -> int:
        """The count of files that the site has."""
        return self.written + self.unchanged


class Writer:
    """Brings an output folder in line with a plan.

    `jobs` is how many processes may render. `read` reads an input, by a key of `Target.reads`, and
    keeps it in memory. Targets in `warm_up`, by partition, are rendered even if unchanged, which
    fills the caches of this process; their files are written only if they differ. `surveyed`
    returns the result of `survey`, if that runs elsewhere already. `fresh` trusts no record.
    """

    def __init__(
        self,
        output: Path,
        manifest: Manifest,
        *,
        fresh: bool = False,
        jobs: int = 1,
        read: Callable[[str], object] = lambda key: None,
        warm_up: Mapping[str, Collection[str]] = MappingProxyType({}),
        surveyed: Callable[[], Survey] | None = None,
    ) -> None:
        self._output = output
        self._manifest = manifest
        self._fresh = fresh
        self._jobs = jobs
        self._read = read
        self._warm_up = warm_up
        self._surveyed = surveyed or partial(survey, output, manifest)
        self._survey = Survey()
        self._inventory = Inventory(output)
        self._folder = OutputFolder(output, self._replaceable)
        self._listed: set[str] | None = None  # hashes of all files that builds wrote, once needed
        self._wrote: Callable[[Sequence[str]], None] = lambda paths: None
        self._claims = Claims(self._inventory, manifest)  # paths of the plan's files
        self._former: dict[str, list[str]] = {}  # files that stale partitions had
        # Recorded once files are removed
        self._rendered: list[tuple[StalePartition, KeptPartition]] = []
        self._begun = self._replaced = False
        self._written = self._unchanged = self._removed = 0
        self.spent: dict[str, Spent] = {}
        """What rendering took so far, by kind of target."""
        self.lacking: list[tuple[str, str]] = []
        """The files rendered so far that lack something, each with what."""

    def carry_out(
        self,
        partitions: Iterable[Partition],
        done: Callable[[], None] = lambda: None,
        wrote: Callable[[Sequence[str]], None] = lambda paths: None,
    ) -> Result:
        """Render and write what changed, partition by partition; call `done` after each, and
        `wrote` with the paths of files as they are written.

        Raises SiteError for two files with one path, and where the disk refuses.
        """
        self._wrote = wrote
        before = self._manifest.partitions()
        self._survey = Survey(interrupted=True) if self._fresh else self._surveyed()
        if self._survey.interrupted:
            self._take_over(before)
        keys = set()
        pending: list[StalePartition] = []
        count = weight = 0
        for partition in partitions:
            keys.add(partition.key)
            flush = partition.flush_at is not None and count >= partition.flush_at
            many = count > _MOST_PENDING or weight > _MOST_WEIGHT
            if pending and (flush or many or self._jobs == 1):
                self._render(pending, done)
                pending, count, weight = [], 0, 0
            stale = self._examine(partition)
            if stale is None:
                done()
            else:
                pending.append(stale)
                count += stale.left
                weight += sum(target.weight for target in stale.targets)
        self._render(pending, done)
        self._finish({*before, *self._inventory.partitions()} - keys)
        return Result(self._written, self._unchanged, self._removed)

    def _take_over(self, before: Sequence[str]) -> None:
        """List all recorded files where the output folder's lists are missing or damaged: an output
        of the previous format, or one restored without its lists."""
        for key in {*before, *self._inventory.partitions()}:
            if self._inventory.is_damaged(key):
                self._begin()
                self._inventory.renew(key, self._manifest.written(key))
        begun = self._manifest.begun_before()
        if begun:
            self._begin()
            self._inventory.note(_REMOVED, begun)

    def _begin(self) -> None:
        """Mark the output folder as being changed, before the first change."""
        if not self._begun:
            self._begun = True
            self._inventory.begin()

    def _finish(self, vanished: Collection[str]) -> None:
        """Remove the files that left the plan, then record the partitions that had them."""
        for key in vanished:
            self._former[key] = self._recorded(key).paths()
        self._claims.judge()
        if self._replaced:
            refuse_nested(set(self._claims.all()))
        former = chain.from_iterable(self._former.values())
        free = set(self._claims.free(former, settled=not self._survey.interrupted))
        gone: set[str] = set()
        for key, paths in self._former.items():
            unclaimed = free.intersection(paths)
            if key in self._survey.outlines:
                gone.update(unclaimed)
            elif unclaimed:
                listed = self._inventory.hashes(key)
                gone.update(path for path in unclaimed if hashed(path) in listed)
        if self._survey.interrupted:
            gone.update(self._strays())
        if gone or vanished or self._rendered:
            self._begin()
        if gone:
            self._inventory.note(_REMOVED, with_folders(gone))
            self._removed += self._folder.remove(gone)
        for stale, record in self._rendered:
            self._settle(stale, record)
        for key in {*vanished, _REMOVED}:
            self._manifest.forget(key)
            self._inventory.forget(key)
        self._manifest.finish()
        if self._begun or self._survey.interrupted:
            self._inventory.finish()
        if self._survey.turns:
            self._manifest.keep_turns(self._survey.turns)

    def _strays(self) -> Iterator[str]:
        """Yield the listed files in the output folder that the plan lacks, and listed folders that
        are empty ("papers/x/")."""
        listed = self._all_listed()
        for path in self._claims.free(walk(self._output)):
            if is_temporary(path) or hashed(path) in listed:
                yield path

    def _all_listed(self) -> set[str]:
        keys = self._inventory.partitions()
        return {hash for key in keys for hash in self._inventory.hashes(key)}

    def _examine(self, partition: Partition) -> StalePartition | None:
        """Return what is to be done for a partition; None if it is unchanged."""
        warm_up = self._warm_up.get(partition.key, ())
        settled = not self._fresh and partition.key not in self._survey.unsettled
        outline = self._survey.outlines.get(partition.key)
        if (
            settled
            and not self._survey.interrupted
            and not warm_up
            and not self._survey.missing.get(partition.key)
            and outline is not None
        ):
            if outline.dependencies == partition.dependencies:
                self._claims.keep(partition.key)
                self._unchanged += outline.count
                return None
            amended = self._amended(partition, outline)
            if amended is not None:
                return amended
        old = self._recorded(partition.key)
        paths = old.paths()
        missing = self._missing(partition.key, old)
        if settled and not warm_up and not missing and old.dependencies == partition.dependencies:
            self._keep(paths)
            return None
        return self._stale(partition, old, missing, partition.targets())

    def _stale(
        self,
        partition: Partition,
        old: PartitionRecord,
        missing: frozenset[str],
        targets: Iterable[Target],
        rest: KeptPartition | None = None,
    ) -> StalePartition:
        """Return what is to be done for a partition, given what is recorded of all its targets but
        the `rest`."""
        self._begin()
        again = self._warm_up.get(partition.key, ())
        stale = stale_partition(
            partition, {} if self._fresh else old.targets, missing, again, targets
        )
        self._keep(list(stale.paths))
        self._former[partition.key] = old.paths()
        return replace(stale, known=old.fingerprints(), rest=rest)

    def _amended(self, partition: Partition, outline: Outline) -> StalePartition | None:
        """Return what is to be done for a partition of which it is known what changed since it was
        recorded. Nothing else of it is looked at."""
        changes = partition.changes()
        if changes is None or changes.since != outline.dependencies:
            return None
        columns = self._manifest.columns(partition.key)
        if columns is None:
            return None
        old = PartitionRecord({}, columns.some(changes.keys))
        rest = columns.without(changes.keys)
        self._claims.keep(partition.key, rest.files.paths)
        self._unchanged += len(rest.files.paths)
        missing = missing_of(self._output, old.paths(), old.sizes())
        return self._stale(partition, old, missing, changes.targets(), rest)

    def _recorded(self, key: str) -> PartitionRecord:
        """Return a partition's record. Where there is none that is trusted, its files are none's
        until they are looked for in the output folder."""
        record = self._manifest.partition(key)
        if record is None and key in self._survey.outlines:  # damaged behind its outline
            self._survey = replace(self._survey, interrupted=True)
        return record or NO_RECORD

    def _missing(self, key: str, record: PartitionRecord) -> frozenset[str]:
        """Return those of a partition's recorded files that are missing or may hold other bytes."""
        paths = record.paths()
        if key in self._survey.asked:
            missing = self._survey.missing.get(key, frozenset())
        else:
            missing = missing_of(self._output, paths, record.sizes())
        doubted = self._survey.doubted
        return missing | doubted.intersection(paths) if doubted else missing

    def _keep(self, paths: Sequence[str]) -> None:
        self._claims.take_known(paths)
        self._unchanged += len(paths)

    def _render(self, pending: Sequence[StalePartition], done: Callable[[], None]) -> None:
        """Render the targets of stale partitions, and record each partition when it is complete."""
        for stale in pending:
            if not stale.targets:
                self._record(stale, done)
        for job, result in self._run(pending):
            stale = job.stale
            rows = zip(job.targets, result.files, result.seconds, strict=True)
            for target, files, seconds in rows:
                spent = self.spent.get(target.kind, Spent())
                self.spent[target.kind] = spent.and_one(len(files), seconds)
                stale.records[target.key] = TargetRecord.of(target.dependencies, files)
                self._unchanged += len(files)
            self.lacking += result.lacking
            self._written += len(result.written)
            self._unchanged -= len(result.written)
            if result.written:
                self._wrote(result.written)
            stale.left -= len(job.targets)
            if not stale.left:
                self._record(stale, done)

    def _record(self, stale: StalePartition, done: Callable[[], None]) -> None:
        """Record a rendered partition: at once if it lost no file, else once these are removed."""
        record = stale.record()
        key = stale.partition.key
        whole = stale.known.keys() <= stale.paths
        if whole and self._survey.interrupted:
            listed = set(map(hashed, with_folders(record.files.paths)))
            whole = self._inventory.hashes(key) <= listed
        if whole:
            self._settle(stale, record)
        else:
            self._rendered.append((stale, record))
        done()

    def _settle(self, stale: StalePartition, record: KeptPartition) -> None:
        key, stamp = stale.partition.key, record.outline.stamp
        self._manifest.keep_columns(key, record)
        had, has = stale.known.keys(), stale.paths
        if stale.rest is None or not self._inventory.amend(key, stamp, had - has, has - had):
            self._inventory.settle(key, stamp, record.files.paths)

    def _run(self, pending: Sequence[StalePartition]) -> Iterator[tuple[RenderJob, RenderResult]]:
        """Yield jobs with their results, run here or by several processes."""
        jobs = list(jobs_of(pending, self._jobs))
        if self._jobs == 1 or sum(job.weight for job in jobs) < _WORTH_SHARING:
            for job in jobs:
                yield job, self._run_job(job)
            return
        inputs = {key for job in jobs for target in job.targets for key in target.reads}
        few = len(inputs) <= _READ_BEFORE_FORK
        if few:
            for key in sorted(inputs):
                self._read(key)  # once, and not in each process
            jobs.sort(key=lambda job: job.weight, reverse=True)
        for job, result in map_jobs(jobs, self._run_job, self._jobs, together=not few):
            for files in result.files:
                for file in files:
                    self._claims.take(file.path, job.stale.known)
            self._replaced = self._replaced or result.replaced
            yield job, result

    def _run_job(self, job: RenderJob) -> RenderResult:
        """Render targets, and write the files that differ, some at a time: each time these are
        listed and the clock is read, which costs as much as a small page."""
        rendered, lacking = [], []
        seconds = [0.0] * len(job.targets)
        written: list[str] = []
        differing: list[File] = []
        began = time.process_time()
        for number, target in enumerate(job.targets):
            records = []
            for file in target.render():
                self._claims.take(file.path, job.stale.known)
                record = Written(file.path, data_fingerprint(file.data), len(file.data))
                if not self._is_written(file, record, job.stale.known.get(file.path)):
                    differing.append(file)
                records.append(record)
                if file.lacks:
                    lacking.append((file.path, file.lacks))
            rendered.append(tuple(records))
            following = job.targets[number + 1].kind if number + 1 < len(job.targets) else None
            if following != target.kind or len(differing) >= _TOGETHER:
                paths = [file.path for file in differing]
                self._inventory.note(job.stale.partition.key, with_folders(paths))
                for file in differing:
                    self._write(file)
                written.extend(paths)
                differing.clear()
                ended = time.process_time()
                seconds[number] = ended - began
                began = ended
        self._replaced = self._replaced or self._folder.replaced
        done = tuple(rendered), tuple(seconds), tuple(written)
        return RenderResult(*done, self._folder.replaced, tuple(lacking))

    def _write(self, file: File) -> None:
        self._folder.put(file)

    def _is_written(self, file: File, record: Written, known: str | None) -> bool:
        """Return whether the output folder has a file with these bytes; `known` is the fingerprint
        of what was written there last."""
        if (
            known == record.fingerprint
            and not self._fresh
            and file.path not in self._survey.doubted
            and size_of(f"{self._output}/{file.path}") == record.size
        ):
            return True
        return self._folder.has(file)

    def _replaceable(self, path: str) -> bool:
        """Return whether a file that stands in another's way is of an earlier build."""
        if path in self._claims:
            raise two_pages(path)
        if self._listed is None:
            self._listed = self._all_listed()
        return hashed(path) in self._listed
