"""What an earlier build wrote: kept in the cache folder, a file a section, each with a checksum.

A manifest that is missing, damaged, of another format, or names files outside the output folder
counts as none, so that everything is rendered again; it is never trusted half.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..cache import load, save
from ..errors import SiteError


class Written(NamedTuple):
    """A file that was written: its path, the hash of its bytes, their count."""

    path: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group as it was last rendered: its files' paths, hashes and sizes stand apart, since a
    build with nothing to do reads those of the whole site and asks for the paths alone."""

    parts: Mapping[str, str]
    paths: Sequence[str] = ()
    digests: Sequence[str] = ()
    sizes: Sequence[int] = ()

    @staticmethod
    def of(parts: Mapping[str, str], files: Sequence[Written]) -> GroupRecord:
        """The record of a group's files."""
        return GroupRecord(
            parts,
            tuple(one.path for one in files),
            tuple(one.digest for one in files),
            tuple(one.size for one in files),
        )


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A section as it was last written."""

    parts: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, GroupRecord] = field(default_factory=dict)

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


class Manifest:
    """The records of one output folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._journal = folder / "journal"

    def sections(self) -> list[str]:
        """The sections that are on record."""
        if not self._folder.is_dir():
            return []
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def section(self, key: str) -> SectionRecord | None:
        """A section's record; None where there is none to be trusted."""
        data = load(self._folder / f"{key}.json")
        if data is None:
            return None
        try:
            made = SectionRecord(
                parts=data["parts"],
                groups={name: GroupRecord(*group) for name, group in data["groups"].items()},
            )
        except (KeyError, TypeError, AttributeError):
            return None
        whole = all(map(_is_whole, made.groups.values()))
        return made if whole and _inside(made.paths()) else None

    def keep(self, key: str, record: SectionRecord) -> None:
        """Put a section on record, in place of what was."""
        save(
            self._folder / f"{key}.json",
            {
                "parts": dict(record.parts),
                "groups": {
                    name: (dict(group.parts), group.paths, group.digests, group.sizes)
                    for name, group in record.groups.items()
                },
            },
        )

    def forget(self, key: str) -> None:
        """Take a section off the record."""
        (self._folder / f"{key}.json").unlink(missing_ok=True)

    def begin(self) -> set[str]:
        """Start a journal of paths being written; gives those of a build that was cut off."""
        left: set[str] = set()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._journal.exists():
                lines = self._journal.read_text("utf-8", "replace").splitlines()
                left = {path for path in lines if path and _inside([path])}
            self._open = self._journal.open("ab", buffering=0)
        except OSError as error:
            raise SiteError(
                f"can't be written: {error.strerror}", file=str(self._journal)
            ) from error
        return left

    def note(self, paths: Sequence[str]) -> None:
        """Note in the journal that files are about to be written, before they are. Raises
        OSError."""
        lines = "".join(f"{path}\n" for path in paths).encode("utf-8", "replace")
        # In one call to the system, so that no line of another process stands within ours.
        if self._open.write(lines) != len(lines):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def finish(self) -> None:
        """End the journal: everything written is on record."""
        self._open.close()
        self._journal.unlink(missing_ok=True)

    def abandon(self) -> None:
        """Leave the journal for the next build."""
        self._open.close()


def _is_whole(group: GroupRecord) -> bool:
    columns = (group.paths, group.digests, group.sizes)
    return all(isinstance(one, list) for one in columns) and len(set(map(len, columns))) == 1


def _inside(paths: Sequence[str]) -> bool:
    """Whether paths stay below the output folder: a record that says otherwise is not ours."""
    text = "/" + "/\n/".join(paths) + "/"
    return not paths or ("//" not in text and "/../" not in text)
