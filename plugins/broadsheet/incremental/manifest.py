"""The manifest: what earlier builds wrote, in the cache folder, a file with a checksum a partition.

A record that is missing, damaged, of another shape, or names files outside the output folder counts
as none, and everything of it is rendered again; no record is trusted in part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..io.cache import load, load_older, remove, save
from .inventory import FOLDER

_JOURNAL = "journal"  # of the previous format, which kept no lists in the output folder


class Written(NamedTuple):
    """A rendered file: its path, the fingerprint of its bytes, and their count."""

    path: str
    fingerprint: str
    size: int


class TargetRecord(msgspec.Struct, frozen=True, array_like=True):
    """A target as it was last rendered. Paths, fingerprints and sizes of its files are columns,
    since a build with nothing to do reads those of the whole site and needs the paths alone."""

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


class PartitionRecord(
    msgspec.Struct, frozen=True, rename={"dependencies": "parts", "targets": "groups"}
):
    """A partition as it was last written. `stamp` is the fingerprint of its files (`stamp_of`)."""

    dependencies: dict[str, str]
    targets: dict[str, TargetRecord]
    stamp: str = ""  # the previous format has none

    @staticmethod
    def of(dependencies: Mapping[str, str], targets: Mapping[str, TargetRecord]) -> PartitionRecord:
        """Return the record of a partition, with its stamp."""
        return PartitionRecord(dict(dependencies), dict(targets), stamp_of(targets))

    def paths(self) -> list[str]:
        """Return the paths of all its files."""
        return [path for target in self.targets.values() for path in target.paths]

    def fingerprints(self) -> dict[str, str]:
        """Return the fingerprints of all its files, by path."""
        return {
            path: fingerprint
            for target in self.targets.values()
            for path, fingerprint in zip(target.paths, target.fingerprints, strict=True)
        }

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Yield all its files as path and size."""
        for target in self.targets.values():
            yield from zip(target.paths, target.sizes, strict=True)


NO_RECORD = PartitionRecord({}, {})
"""The record of a partition that was never written."""


def stamp_of(targets: Mapping[str, TargetRecord]) -> str:
    """Return a hash of the paths and bytes of the targets' files, independent of their order."""
    lines = [
        f"{path} {fingerprint}\n"
        for target in targets.values()
        for path, fingerprint in zip(target.paths, target.fingerprints, strict=True)
    ]
    text = "".join(sorted(lines))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class Manifest:
    """The records of one output folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def partitions(self) -> list[str]:
        """Return the keys of the recorded partitions, whether or not the records are trusted."""
        try:
            return sorted(path.stem for path in self._folder.glob("*.json"))
        except OSError:
            return []

    def partition(self, key: str) -> PartitionRecord | None:
        """Return a partition's record; None without a trusted one."""
        return _trusted(load(self._folder / f"{key}.json", PartitionRecord))

    def keep(self, key: str, record: PartitionRecord) -> None:
        """Record a partition, in place of what was recorded. Raises SiteError where the disk
        refuses."""
        save(self._folder / f"{key}.json", record)

    def forget(self, key: str) -> None:
        """Remove a partition's record. Raises SiteError where the disk refuses."""
        remove(self._folder / f"{key}.json")

    def written(self, key: str) -> dict[str, str]:
        """Return the fingerprints of a partition's files by path, from a record of this format or
        of the previous one; empty without one."""
        path = self._folder / f"{key}.json"
        record = _trusted(load(path, PartitionRecord)) or _trusted(
            load_older(path, PartitionRecord)
        )
        return record.fingerprints() if record else {}

    def begun_before(self) -> list[str]:
        """Return the files that an interrupted build of the previous format had begun to write, by
        its journal."""
        try:
            text = (self._folder / _JOURNAL).read_text("utf-8", "replace")
        except OSError:
            return []
        return [
            path for path in text.split("\n") if path and path.isprintable() and _inside([path])
        ]

    def finish(self) -> None:
        """Remove the journal of the previous format. Raises SiteError where the disk refuses."""
        remove(self._folder / _JOURNAL)


def _trusted(record: PartitionRecord | None) -> PartitionRecord | None:
    return record if record is not None and _inside(record.paths()) else None


def _inside(paths: Sequence[str]) -> bool:
    """Return whether all paths stay below the output folder and outside its lists; a record that
    says otherwise is forged."""
    text = "/" + "/\n/".join(paths) + "/"
    odd = "//", "/../", "/./", "\0", f"\n/{FOLDER}/"
    return not paths or (
        not any(part in text for part in odd) and not text.startswith(f"/{FOLDER}/")
    )
