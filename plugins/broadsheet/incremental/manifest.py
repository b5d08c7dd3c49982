"""The manifest: what earlier builds wrote, in the cache folder, a file with a checksum a partition.

A file has three parts, each JSON with a checksum, of which a build with nothing to do reads the
first: the outline (what the partition depended on, and its stamp), the paths and sizes of its
files, and its targets. A part that is missing, damaged, of another shape, or names files outside
the output folder counts as none; where it is needed, everything of the partition is rendered again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from ..io.cache import MALFORMED, decode, load, load_older, load_part, remove, save, save_parts
from .inventory import FOLDER

_JOURNAL = "journal"  # of an earlier format, which kept no lists in the output folder


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
        outline, files = self.outline(key), self.files(key)
        targets = self._part(key, _TARGETS, _Targets)
        if outline is None or files is None or targets is None:
            return None
        return _whole(outline, files, targets)

    def outline(self, key: str) -> Outline | None:
        """Return what a partition depended on; None without a trusted record of that. Reads no more
        of the record."""
        return self._part(key, _OUTLINE, Outline)

    def files(self, key: str) -> RecordedFiles | None:
        """Return the files of a partition; None without a trusted record of them."""
        files = self._part(key, _FILES, RecordedFiles)
        if files is None or len(files.paths) != len(files.sizes) or not _inside(files.paths):
            return None
        return files

    def _part(self, key: str, number: int, kind: type[_Part]) -> _Part | None:
        data = load_part(self._folder / f"{key}.json", number)
        try:
            return None if data is None else decode(data, kind)
        except MALFORMED:
            return None

    def keep(self, key: str, record: PartitionRecord) -> None:
        """Record a partition, in place of what was recorded. Raises SiteError where the disk
        refuses."""
        paths, sizes = record.paths(), record.sizes()
        parts = (
            Outline(record.dependencies, record.stamp, len(paths)),
            RecordedFiles(paths, sizes),
            {key: (one.dependencies, one.fingerprints) for key, one in record.targets.items()},
        )
        save_parts(self._folder / f"{key}.json", list(map(msgspec.json.encode, parts)))

    def forget(self, key: str) -> None:
        """Remove a partition's record. Raises SiteError where the disk refuses."""
        remove(self._folder / f"{key}.json")

    def written(self, key: str) -> dict[str, str]:
        """Return the fingerprints of a partition's files by path, from a record of this format or
        of earlier ones; empty without one."""
        path = self._folder / f"{key}.json"
        record = (
            self.partition(key)
            or _trusted(load(path, PartitionRecord))
            or _trusted(load_older(path, PartitionRecord))
        )
        return record.fingerprints() if record else {}

    def turns(self) -> dict[str, str]:
        """Return at which partition each kind of look at the output goes on; empty if unknown."""
        return load(self._folder / _TURNS, dict[str, str]) or {}

    def keep_turns(self, turns: Mapping[str, str]) -> None:
        """Record where the next build's looks go on. Raises SiteError where the disk refuses."""
        save(self._folder / _TURNS, dict(turns))

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


_OUTLINE, _FILES, _TARGETS = range(3)
_TURNS = "turns"
_Targets = dict[str, tuple[dict[str, str], tuple[str, ...]]]
_Part = TypeVar("_Part")


def _whole(outline: Outline, files: RecordedFiles, targets: _Targets) -> PartitionRecord | None:
    """Return a record of its outline, files and targets; None where they contradict each other."""
    count = sum(len(fingerprints) for _, fingerprints in targets.values())
    if not count == outline.count == len(files.paths):
        return None
    paths, sizes = iter(files.paths), iter(files.sizes)
    made = {
        key: TargetRecord(
            dependencies,
            tuple(islice(paths, len(fingerprints))),
            fingerprints,
            tuple(islice(sizes, len(fingerprints))),
        )
        for key, (dependencies, fingerprints) in targets.items()
    }
    return PartitionRecord(outline.dependencies, made, outline.stamp)


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
