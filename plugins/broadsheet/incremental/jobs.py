"""Jobs: the targets to be rendered, cut into pieces for several processes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .manifest import TargetRecord, Written
from .plan import Partition, Target

_JOBS_EACH = 24  # for a process, so that none waits long for the last


@dataclass(slots=True)
class StalePartition:
    """A partition of which something is to be rendered."""

    partition: Partition
    known: Mapping[str, str]  # fingerprints of the files it had, by path
    records: dict[str, TargetRecord]  # of its unchanged targets, in the end of all
    targets: Sequence[Target]  # those to be rendered
    left: int  # the count of those that still are


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
