"""The manifest: what earlier builds wrote, in the cache folder, a file with a checksum a partition.

A file has three parts, each JSON with a checksum, of which a build with nothing to do reads the
first: the outline (what the partition depended on, and its stamp), the paths and sizes of its
files, and its targets. A part that is missing, damaged, of another shape, or names files outside
the output folder counts as none; where it is needed, everything of the partition is rendered again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from ..io.cache import (
    MALFORMED,
    child,
    decode,
    load,
    load_older,
    load_part,
    remove,
    save,
    save_parts,
)  # fmt: skip
from ..io.files import read_text
from .inventory import FOLDER
from .records import (
    KeptPartition,
    Outline,
    PartitionRecord,
    RecordedFiles,
    RecordedTargets,
)

_JOURNAL = "journal"  # of an earlier format, which kept no lists in the output folder


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
        columns = self.columns(key)
        return None if columns is None else columns.record()

    def columns(self, key: str) -> KeptPartition | None:
        """Return a partition's record as it is kept; None without a trusted one."""
        outline, files = self.outline(key), self.files(key)
        targets = self._part(key, _TARGETS, RecordedTargets)
        if outline is None or files is None or targets is None:
            return None
        columns = KeptPartition(outline, files, targets)
        return columns if columns.is_whole else None

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

    def _file(self, key: str) -> Path:
        return child(self._folder, f"{key}.json")

    def _part(self, key: str, number: int, kind: type[_Part]) -> _Part | None:
        data = load_part(self._file(key), number)
        try:
            return None if data is None else decode(data, kind)
        except MALFORMED:
            return None

    def keep(self, key: str, record: PartitionRecord) -> None:
        """Record a partition, in place of what was recorded. Raises SiteError where the disk
        refuses."""
        self.keep_columns(key, KeptPartition.of(record))

    def keep_columns(self, key: str, columns: KeptPartition) -> None:
        """Record a partition as it is kept, in place of what was recorded. Raises SiteError where
        the disk refuses."""
        parts = columns.outline, columns.files, columns.targets
        save_parts(self._file(key), list(map(msgspec.json.encode, parts)))

    def forget(self, key: str) -> None:
        """Remove a partition's record. Raises SiteError where the disk refuses."""
        remove(self._file(key))

    def written(self, key: str) -> dict[str, str]:
        """Return the fingerprints of a partition's files by path, from a record of this format or
        of earlier ones; empty without one."""
        path = self._file(key)
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
            text = read_text(self._folder / _JOURNAL, errors="replace")
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
_Part = TypeVar("_Part")


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
