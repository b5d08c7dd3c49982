"""What an earlier build wrote: kept in the cache folder, a file a section, each with a checksum.

A record that is missing, damaged, of another format, or names files outside the output folder
counts as none, so that everything of it is rendered again; it is never trusted half.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from ..io.cache import ODD, load, load_older, remove, save
from .inventory import FOLDER

_JOURNAL = "journal"  # of Broadsheet before it had lists in the output folder


class Written(NamedTuple):
    """A file that was written: its path, the hash of its bytes, their count."""

    path: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """A group as it was last rendered: its files' paths, hashes and sizes stand apart, since a
    build with nothing to do reads those of the whole site and asks for the paths alone."""

    parts: Mapping[str, str]
    paths: Sequence[str] = ()
    digests: Sequence[str] = ()
    sizes: Sequence[int] = ()

    @staticmethod
    def of(parts: Mapping[str, str], files: Sequence[Written]) -> TargetRecord:
        """The record of a group's files."""
        return TargetRecord(
            parts,
            tuple(one.path for one in files),
            tuple(one.digest for one in files),
            tuple(one.size for one in files),
        )


@dataclass(frozen=True, slots=True)
class PartitionRecord:
    """A section as it was last written. `stamp` is what `stamp_of` makes of its groups."""

    parts: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, TargetRecord] = field(default_factory=dict)
    stamp: str = ""

    @staticmethod
    def of(parts: Mapping[str, str], groups: Mapping[str, TargetRecord]) -> PartitionRecord:
        """The record of a section, with its stamp."""
        return PartitionRecord(parts, groups, stamp_of(groups))

    def paths(self) -> list[str]:
        """The paths of all its files."""
        return [path for group in self.groups.values() for path in group.paths]

    def digests(self) -> dict[str, str]:
        """The hashes of all its files, by path."""
        return {
            path: digest
            for group in self.groups.values()
            for path, digest in zip(group.paths, group.digests, strict=True)
        }

    def sizes(self) -> Iterator[tuple[str, int]]:
        """All its files by path and size."""
        for group in self.groups.values():
            yield from zip(group.paths, group.sizes, strict=True)


def stamp_of(groups: Mapping[str, TargetRecord]) -> str:
    """A hash of the groups' files and their bytes, in whatever order they were rendered."""
    lines = [
        f"{path} {digest}\n"
        for group in groups.values()
        for path, digest in zip(group.paths, group.digests, strict=True)
    ]
    text = "".join(sorted(lines))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class Manifest:
    """The records of one output folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sections(self) -> list[str]:
        """The sections that are on record, whether or not their records can be trusted."""
        try:
            return sorted(path.stem for path in self._folder.glob("*.json"))
        except OSError:
            return []

    def section(self, key: str) -> PartitionRecord | None:
        """A section's record; None where there is none to be trusted."""
        return _record(load(self._folder / f"{key}.json"))

    def keep(self, key: str, record: PartitionRecord) -> None:
        """Put a section on record, in place of what was. Raises SiteError where the disk
        refuses."""
        save(
            self._folder / f"{key}.json",
            {
                "parts": dict(record.parts),
                "groups": {
                    name: (dict(group.parts), group.paths, group.digests, group.sizes)
                    for name, group in record.groups.items()
                },
                "stamp": record.stamp,
            },
        )

    def forget(self, key: str) -> None:
        """Take a section off the record. Raises SiteError where the disk refuses."""
        remove(self._folder / f"{key}.json")

    def written(self, key: str) -> dict[str, str]:
        """The hashes of a section's files by path, from a record of this format or of the one
        before; none without one."""
        path = self._folder / f"{key}.json"
        record = _record(load(path)) or _record(load_older(path))
        return record.digests() if record else {}

    def begun_before(self) -> list[str]:
        """The files that a build had begun to write and was cut off, by the journal that builds
        kept in the format before this one."""
        try:
            text = (self._folder / _JOURNAL).read_text("utf-8", "replace")
        except OSError:
            return []
        return [
            path for path in text.split("\n") if path and path.isprintable() and _inside([path])
        ]

    def finish(self) -> None:
        """Have no journal of that format any more. Raises SiteError where the disk refuses."""
        remove(self._folder / _JOURNAL)


def _record(data: dict[str, Any] | None) -> PartitionRecord | None:
    if data is None:
        return None
    try:
        made = PartitionRecord(
            parts=data["parts"],
            groups={name: TargetRecord(*group) for name, group in data["groups"].items()},
            stamp=data.get("stamp", ""),
        )
        whole = all(map(_is_whole, made.groups.values())) and isinstance(made.parts, dict)
        return made if whole and _inside(made.paths()) else None
    except ODD:
        return None


def _is_whole(group: TargetRecord) -> bool:
    columns = (group.paths, group.digests, group.sizes)
    return (
        isinstance(group.parts, dict)
        and all(isinstance(one, list) for one in columns)
        and len(set(map(len, columns))) == 1
    )


def _inside(paths: Sequence[str]) -> bool:
    """Whether paths stay below the output folder, and are none of its lists: a record that says
    otherwise is not ours. Raises TypeError for what is no text."""
    text = "/" + "/\n/".join(paths) + "/"
    odd = "//", "/../", "/./", "\0", f"\n/{FOLDER}/"
    return not paths or (not any(one in text for one in odd) and not text.startswith(f"/{FOLDER}/"))
