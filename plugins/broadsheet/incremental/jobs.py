"""Jobs: the targets to be rendered, cut into pieces for several processes. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .plan import Partition, Target
from .records import KeptPartition, PartitionRecord, TargetRecord, Written

_JOBS_EACH = 24  # for a process, so that none waits long for the last


@dataclass(slots=True)
class StalePartition:
    """A partition of which something is to be rendered."""

    partition: Partition
    known: Mapping[str, str]  # fingerprints of the files it had, by path, but for the rest's
    records: dict[str, TargetRecord]  # of its unchanged targets, in the end of all
    targets: Sequence[Target]  # those to be rendered
    left: int  # the count of those that still are
    rest: KeptPartition | None = None  # of targets that were not looked at, and stay

    @property
    def paths(self) -> set[str]:
        """The paths of the files that are recorded so far, but for the rest's."""
        return {path for record in self.records.values() for path in record.paths}

    def record(self) -> KeptPartition:
        """Return its record, once all is rendered."""
        dependencies = self.partition.dependencies
        if self.rest is not None:
            return self.rest.with_targets(dependencies, self.records)
        return KeptPartition.of(PartitionRecord.of(dependencies, self.records))


def stale_partition(
    partition: Partition,
    recorded: Mapping[str, TargetRecord],
    missing: Collection[str],
    again: Collection[str],
    targets: Iterable[Target],
) -> StalePartition:
    """Return what is to be rendered of a partition's `targets`: those that are not as they are
    recorded, those of which files are missing, and those that are wanted again anyhow."""
    records: dict[str, TargetRecord] = {}
    changed = []
    for target in targets:
        known = recorded.get(target.key)
        if (
            known is not None
            and target.key not in again
            and known.dependencies == target.dependencies
            and not any(path in missing for path in known.paths)
        ):
            records[target.key] = known
        else:
            changed.append(target)
    return StalePartition(partition, {}, records, changed, len(changed))


@dataclass(frozen=True, slots=True)
class RenderJob:
    """Targets of one partition, rendered by one process one after another."""

    stale: StalePartition
    targets: tuple[Target, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class RenderResult:
    """What a job did: the files of each target, the processor's time in seconds that they took
    (that of some targets of a kind stands with the last of them), the paths of the files that
    were written, and those that lack something, each with what."""

    files: tuple[tuple[Written, ...], ...]
    seconds: tuple[float, ...]
    written: tuple[str, ...]
    replaced: bool  # whether a file was replaced by a folder, or the reverse
    lacking: tuple[tuple[str, str], ...] = ()


def jobs_of(pending: Sequence[StalePartition], processes: int) -> Iterator[RenderJob]:
    """Yield the targets to be rendered, in order, as jobs of about the same weight."""
    total = sum(target.weight for stale in pending for target in stale.targets)
    enough = max(5, total // (processes * _JOBS_EACH))
    for stale in pending:
        taken: list[Target] = []
        weight = 0
        for target in stale.targets:
            taken.append(target)
            weight += target.weight
            if weight >= enough:
                yield RenderJob(stale, tuple(taken), weight)
                taken, weight = [], 0
        if taken:
            yield RenderJob(stale, tuple(taken), weight)
