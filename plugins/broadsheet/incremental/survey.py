"""The survey: compares the manifest with the output folder before a build. Writes nothing.

The system is asked for each file, which of a large site takes longer than all else of a build with
nothing to do. So a build asks for so many files, partition by partition, and the next build goes on
where it stopped: for the size of up to `SIZES` files, which is all of a smaller site, and whether
they are there for up to `PRESENT` more, which takes half as long. Of a partition of which anything
is rendered, the writer asks for every file; where it is known which targets changed, for theirs.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .inventory import Inventory, hashed
from .manifest import Manifest
from .records import Outline, RecordedFiles

SIZES = 60_000
"""Files whose size a build asks for, at the least: two microseconds each."""
PRESENT = 150_000
"""Files of which a build asks whether they are there, at the least: a microsecond each."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What of the manifest can be relied on, and what not.

    `outlines` are those of the partitions whose record the output folder's list confirms.

    `missing` lists, by partition, the recorded files that the output folder lacks or has in another
    size, as far as they were asked for; `asked` are the partitions of which each file's size was.
    `doubted` are recorded files that may hold other bytes. `unsettled` are partitions whose
    list in the output folder contradicts their record. `interrupted` says that a build did not
    finish, or that output and cache are of different times; then files of ours may be on no record.
    `turns` are the partitions at which the next survey goes on, by what is asked; empty where all
    was.
    """

    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()
    unsettled: frozenset[str] = frozenset()
    interrupted: bool = False
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    turns: Mapping[str, str] = field(default_factory=dict)


def survey(output: Path, manifest: Manifest) -> Survey:
    """Look for recorded files in the output folder: all of them, or those whose turn it is. Worth
    running in the background."""
    inventory = Inventory(output)
    keys = manifest.partitions()
    unfinished = inventory.unfinished
    unsettled = set(inventory.partitions()).difference(keys)
    doubted: set[str] = set()
    recorded: dict[str, Outline] = {}
    outlines: dict[str, Outline] = {}
    for key in keys:
        outline = manifest.outline(key)
        if outline is None:
            unsettled.add(key)
            continue
        recorded[key] = outline
        state = inventory.state(key)
        if state.stamp != outline.stamp or state.damaged:
            unsettled.add(key)
            files = manifest.files(key)
            doubted.update(files.paths if files else ())
        elif not state.settled:
            unsettled.add(key)
        else:
            outlines[key] = outline
    if not unsettled and not unfinished:
        found = _in_turn(output, manifest, outlines)
        if not found.unsettled:
            return found
        unsettled |= found.unsettled
    sizes = {key: _missing(output, manifest.files(key)) for key in recorded}
    missing = {key: paths for key, paths in sizes.items() if paths is not None}
    doubted |= _begun(keys, unsettled, manifest, inventory)
    return Survey(
        missing, frozenset(doubted), frozenset(unsettled), True, outlines, frozenset(missing)
    )


def _in_turn(output: Path, manifest: Manifest, outlines: Mapping[str, Outline]) -> Survey:
    """Look for the files of the partitions whose turn it is."""
    before = manifest.turns()
    asked, next_sizes = _taken(outlines, before.get("sizes", ""), SIZES)
    rest = {key: outline for key, outline in outlines.items() if key not in set(asked)}
    present, next_present = _taken(rest, before.get("present", ""), PRESENT)
    found = {key: _missing(output, manifest.files(key)) for key in asked}
    found |= {key: _missing(output, manifest.files(key), sizes=False) for key in present}
    return Survey(
        {key: paths for key, paths in found.items() if paths},
        unsettled=frozenset(key for key, paths in found.items() if paths is None),
        outlines=outlines,
        asked=frozenset(asked),
        turns={"sizes": next_sizes, "present": next_present} if rest else {},
    )


def _taken(outlines: Mapping[str, Outline], turn: str, most: int) -> tuple[list[str], str]:
    """Return the partitions that have so many files, from the one whose turn it is on, and the one
    at which the next build goes on ("" for the first)."""
    keys = sorted(outlines)
    start = next((place for place, key in enumerate(keys) if key >= turn), 0)
    taken: list[str] = []
    count = 0
    for key in (*keys[start:], *keys[:start]):
        if count >= most:
            return taken, key
        taken.append(key)
        count += outlines[key].count
    return taken, ""


def missing_of(output: Path, paths: Sequence[str], sizes: Sequence[int]) -> frozenset[str]:
    """Return those of some files that the output folder lacks or has in another size."""
    root = f"{output}/"
    return frozenset(
        path for path, size in zip(paths, sizes, strict=True) if size_of(root + path) != size
    )


def _missing(
    output: Path, files: RecordedFiles | None, *, sizes: bool = True
) -> frozenset[str] | None:
    """Return those of some files that are missing, or, unless `sizes` count, of which nothing is
    there; None where the record of them is damaged."""
    if files is None:
        return None
    if sizes:
        return missing_of(output, files.paths, files.sizes)
    root = f"{output}/"
    there = os.access
    return frozenset(path for path in files.paths if not there(root + path, os.F_OK))


def _begun(
    keys: Iterable[str], unsettled: set[str], manifest: Manifest, inventory: Inventory
) -> set[str]:
    """Return the recorded files that an interrupted build may have begun to write."""
    begun: set[str] = set()
    for key in unsettled:
        state = inventory.state(key)
        begun |= state.begun if state.stamp and not state.damaged else inventory.hashes(key)
    doubted: set[str] = set()
    recorded: set[str] = set()
    for key in keys:
        files = manifest.files(key)
        if files is None:
            continue
        # A file on two records moved from one partition to the other.
        doubted.update(path for path in files.paths if path in recorded or hashed(path) in begun)
        recorded.update(files.paths)
    return doubted


def size_of(target: str) -> int | None:
    """Return the size of a regular file in bytes; None if there is none."""
    try:
        status = os.lstat(target)
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
