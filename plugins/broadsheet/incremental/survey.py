"""The survey: compares the manifest with the output folder before a build. Writes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .inventory import Inventory, hashed
from .manifest import Manifest, Outline


@dataclass(frozen=True, slots=True)
class Survey:
    """What of the manifest can be relied on, and what not.

    `outlines` are those of the partitions whose record the output folder's list confirms.

    `missing` lists, by partition, the recorded files that the output folder lacks or has in another
    size. `doubted` are recorded files that may hold other bytes. `unsettled` are partitions whose
    list in the output folder contradicts their record. `interrupted` says that a build did not
    finish, or that output and cache are of different times; then files of ours may be on no record.
    """

    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()
    unsettled: frozenset[str] = frozenset()
    interrupted: bool = False
    outlines: Mapping[str, Outline] = field(default_factory=dict)


def survey(output: Path, manifest: Manifest) -> Survey:
    """Look for all recorded files in the output folder. Takes a system call for each file of the
    site, so it is worth running in the background."""
    inventory = Inventory(output)
    listed = inventory.partitions()
    keys = manifest.partitions()
    unfinished = inventory.unfinished
    missing: dict[str, frozenset[str]] = {}
    doubted: set[str] = set()
    unsettled = set(listed).difference(keys)
    root = f"{output}/"
    outlines: dict[str, Outline] = {}
    for key in keys:
        found = manifest.outline(key)
        if found is None:
            unsettled.add(key)
            continue
        outline, files = found
        state = inventory.state(key)
        missing[key] = frozenset(
            path
            for path, size in zip(files.paths, files.sizes, strict=True)
            if size_of(root + path) != size
        )
        if state.stamp != outline.stamp or state.damaged:
            unsettled.add(key)
            doubted.update(files.paths)
        elif not state.settled:
            unsettled.add(key)
        else:
            outlines[key] = outline
    if not unsettled and not unfinished:
        return Survey(missing, outlines=outlines)
    doubted |= _begun(keys, unsettled, manifest, inventory)
    return Survey(missing, frozenset(doubted), frozenset(unsettled), True, outlines)


def _begun(
    keys: list[str], unsettled: set[str], manifest: Manifest, inventory: Inventory
) -> set[str]:
    """Return the recorded files that an interrupted build may have begun to write."""
    begun: set[str] = set()
    for key in unsettled:
        state = inventory.state(key)
        begun |= state.begun if state.stamp and not state.damaged else inventory.hashes(key)
    doubted: set[str] = set()
    recorded: set[str] = set()
    for key in keys:
        found = manifest.outline(key)
        if found is None:
            continue
        paths = found[1].paths
        # A file on two records moved from one partition to the other.
        doubted.update(path for path in paths if path in recorded or hashed(path) in begun)
        recorded.update(paths)
    return doubted


def size_of(target: str) -> int | None:
    """Return the size of a regular file in bytes; None if there is none."""
    try:
        status = os.lstat(target)
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
