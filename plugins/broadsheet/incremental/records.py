"""Records: what is kept of a partition that was written, as values. Pure.

`PartitionRecord` has them target by target. `KeptPartition` has them as they are kept: in columns,
so that the record of a partition in which a few targets changed is made without looking at the
others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, pairwise, starmap
from typing import NamedTuple, TypeVar

import msgspec

_Row = TypeVar("_Row")


class Written(NamedTuple):
    """A rendered file: its path, the fingerprint of its bytes, and their count."""

    path: str
    fingerprint: str
    size: int


class TargetRecord(msgspec.Struct, frozen=True, array_like=True):
    """A target as it was last rendered: paths, fingerprints and sizes of its files are columns."""

    dependencies: dict[str, str]
    paths: tuple[str, ...]
    fingerprints: tuple[str, ...]
    sizes: tuple[int, ...]

    def __post_init__(self) -> None:
        """Raise ValueError for columns of different lengths."""
        if not len(self.paths) == len(self.fingerprints) == len(self.sizes):
            raise ValueError("expected a fingerprint and a size for each path")

    @staticmethod
    def of(dependencies: Mapping[str, str], files: Sequence[Written]) -> TargetRecord:
        """Return the record of a target that rendered these files."""
        return TargetRecord(
            dict(dependencies),
            tuple(file.path for file in files),
            tuple(file.fingerprint for file in files),
            tuple(file.size for file in files),
        )


class Outline(msgspec.Struct, frozen=True):
    """A partition as it was last written, without its targets. `stamp` is the fingerprint of its
    files (`stamp_of`), `count` how many they are."""

    dependencies: dict[str, str]
    stamp: str
    count: int


class RecordedFiles(msgspec.Struct, frozen=True, array_like=True):
    """The files of a partition, in the order of its targets."""

    paths: list[str]
    sizes: list[int]


class PartitionRecord(
    msgspec.Struct, frozen=True, rename={"dependencies": "parts", "targets": "groups"}
):
    """A partition as it was last written. `stamp` is the fingerprint of its files (`stamp_of`)."""

    dependencies: dict[str, str]
    targets: dict[str, TargetRecord]
    stamp: str = ""  # an earlier format has none

    @staticmethod
    def of(dependencies: Mapping[str, str], targets: Mapping[str, TargetRecord]) -> PartitionRecord:
        """Return the record of a partition, with its stamp."""
        return PartitionRecord(dict(dependencies), dict(targets), stamp_of(targets))

    def paths(self) -> list[str]:
        """Return the paths of all its files."""
        return [path for target in self.targets.values() for path in target.paths]

    def sizes(self) -> list[int]:
        """Return the sizes of all its files, in the order of `paths`."""
        return [size for target in self.targets.values() for size in target.sizes]

    def fingerprints(self) -> dict[str, str]:
        """Return the fingerprints of all its files, by path."""
        return {
            path: fingerprint
            for target in self.targets.values()
            for path, fingerprint in zip(target.paths, target.fingerprints, strict=True)
        }


NO_RECORD = PartitionRecord({}, {})
"""The record of a partition that was never written."""


def stamp_of(targets: Mapping[str, TargetRecord]) -> str:
    """Return a hash of the paths and bytes of the targets' files, independent of their order."""
    return _stamp(
        pair
        for target in targets.values()
        for pair in zip(target.paths, target.fingerprints, strict=True)
    )


def _stamp(files: Iterable[tuple[str, str]]) -> str:
    text = "".join(sorted(starmap("{} {}\n".format, files)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class RecordedTargets(msgspec.Struct, frozen=True, array_like=True):
    """The targets of a partition, in columns: keys, the dependencies that each has beside those
    that are `common` to all, counts of files, and the fingerprints of all files."""

    common: dict[str, str]
    keys: list[str]
    own: list[dict[str, str]]
    counts: list[int]
    fingerprints: list[str]


@dataclass(frozen=True, slots=True)
class KeptPartition:
    """A partition's record as it is kept."""

    outline: Outline
    files: RecordedFiles
    targets: RecordedTargets

    @staticmethod
    def of(record: PartitionRecord) -> KeptPartition:
        """Return a record as it is kept."""
        outline = Outline(
            record.dependencies, record.stamp, sum(map(_count, record.targets.values()))
        )
        kept = list(record.targets.values())
        common = dict(kept[0].dependencies) if kept else {}
        for one in kept:
            if not common.items() <= one.dependencies.items():
                common = dict(common.items() & one.dependencies.items())
        common = dict(sorted(common.items()))
        targets = RecordedTargets(
            common,
            list(record.targets),
            [_beside(one, common) for one in kept],
            list(map(_count, kept)),
            [fingerprint for one in kept for fingerprint in one.fingerprints],
        )
        return KeptPartition(outline, RecordedFiles(record.paths(), record.sizes()), targets)

    @property
    def is_whole(self) -> bool:
        """Whether its columns are as long as each other say."""
        rows, counts = self.targets, self.targets.counts
        return (
            len(rows.keys) == len(set(rows.keys)) == len(rows.own) == len(counts)
            and min(counts, default=0) >= 0
            and sum(counts)
            == self.outline.count
            == len(rows.fingerprints)
            == len(self.files.paths)
            == len(self.files.sizes)
        )

    def record(self) -> PartitionRecord:
        """Return it target by target."""
        numbers = range(len(self.targets.keys))
        made = {self.targets.keys[at]: one for at, one in self._some(numbers)}
        return PartitionRecord(self.outline.dependencies, made, self.outline.stamp)

    def some(self, keys: Collection[str]) -> dict[str, TargetRecord]:
        """Return its targets that have some keys."""
        numbers = [at for at, key in enumerate(self.targets.keys) if key in keys]
        return {self.targets.keys[at]: one for at, one in self._some(numbers)}

    def _some(self, numbers: Iterable[int]) -> Iterable[tuple[int, TargetRecord]]:
        rows, files = self.targets, self.files
        bounds = list(pairwise(accumulate(rows.counts, initial=0)))
        for at in numbers:
            start, end = bounds[at]
            yield (
                at,
                TargetRecord(
                    rows.common | rows.own[at],
                    tuple(files.paths[start:end]),
                    tuple(rows.fingerprints[start:end]),
                    tuple(files.sizes[start:end]),
                ),
            )

    def without(self, keys: Collection[str]) -> KeptPartition:
        """Return it without the targets that have some keys. Its outline is that of before."""
        rows, files = self.targets, self.files
        counts = rows.counts
        gone = [key in keys for key in rows.keys]
        lost = [one for one, count in zip(gone, counts, strict=True) for _ in range(count)]
        targets = RecordedTargets(
            rows.common,
            _kept(rows.keys, gone),
            _kept(rows.own, gone),
            _kept(counts, gone),
            _kept(rows.fingerprints, lost),
        )
        kept = RecordedFiles(_kept(files.paths, lost), _kept(files.sizes, lost))
        return KeptPartition(self.outline, kept, targets)

    def with_targets(
        self, dependencies: Mapping[str, str], records: Mapping[str, TargetRecord]
    ) -> KeptPartition:
        """Return it with more targets, as the record of a partition with these dependencies."""
        rows = self.targets
        added = list(records.values())
        if not all(rows.common.items() <= one.dependencies.items() for one in added):
            whole = {**self.record().targets, **records}
            return KeptPartition.of(PartitionRecord.of(dependencies, whole))
        targets = RecordedTargets(
            rows.common,
            [*rows.keys, *records],
            [*rows.own, *(_beside(one, rows.common) for one in added)],
            [*rows.counts, *map(_count, added)],
            [*rows.fingerprints, *(each for one in added for each in one.fingerprints)],
        )
        files = RecordedFiles(
            [*self.files.paths, *(path for one in added for path in one.paths)],
            [*self.files.sizes, *(size for one in added for size in one.sizes)],
        )
        stamp = _stamp(zip(files.paths, targets.fingerprints, strict=True))
        return KeptPartition(Outline(dict(dependencies), stamp, len(files.paths)), files, targets)


def _count(record: TargetRecord) -> int:
    return len(record.paths)


def _beside(record: TargetRecord, common: Mapping[str, str]) -> dict[str, str]:
    """Return the dependencies of a target that are not common to all."""
    return {name: one for name, one in record.dependencies.items() if common.get(name) != one}


def _kept(column: Sequence[_Row], gone: Sequence[bool]) -> list[_Row]:
    return [row for row, lost in zip(column, gone, strict=True) if not lost]
