"""What of the record still holds: the manifest beside the output folder, before a build. Writes
nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .inventory import Inventory, hashed
from .manifest import Manifest


@dataclass(frozen=True, slots=True)
class Survey:
    """What can't be relied on.

    `away` are the files on record, by section, that the output folder hasn't got in the size that
    they had. `doubted` are files on record that may hold other bytes. `unsettled` are sections
    whose list in the output folder says something else than their record. Where `cut_off`, a build
    did not come to its end, or output and cache are not of one time; there may then be files of
    ours that are on no record.
    """

    away: Mapping[str, frozenset[str]] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()
    unsettled: frozenset[str] = frozenset()
    cut_off: bool = False


def survey(output: Path, manifest: Manifest) -> Survey:
    """Look for the files on record in the output folder: a question to the system for each file
    of the site, so that another process may well do it."""
    inventory = Inventory(output)
    listed = inventory.sections()
    keys = manifest.sections()
    unfinished = inventory.unfinished
    away: dict[str, frozenset[str]] = {}
    on_record: set[str] = set()  # all paths, where a build was cut off
    doubted: set[str] = set()
    unsettled = {key for key in listed if key not in set(keys)}
    root = f"{output}/"
    for key in keys:
        record = manifest.section(key)
        if record is None:
            unsettled.add(key)
            continue
        state = inventory.state(key)
        missing = frozenset(path for path, size in record.sizes() if size_of(root + path) != size)
        away[key] = missing
        if state.stamp != record.stamp or state.damaged:
            unsettled.add(key)
            doubted.update(record.paths())
        elif not state.settled:
            unsettled.add(key)
    if not unsettled and not unfinished:
        return Survey(away)
    begun: set[str] = set()
    for key in unsettled:
        state = inventory.state(key)
        begun |= state.begun if state.stamp and not state.damaged else inventory.hashes(key)
    for key in keys:
        record = manifest.section(key)
        if record is None:
            continue
        paths = record.paths()
        # A file that two records name went from one section to the other.
        doubted.update(path for path in paths if path in on_record or hashed(path) in begun)
        on_record.update(paths)
    return Survey(away, frozenset(doubted), frozenset(unsettled), cut_off=True)


def size_of(target: str) -> int | None:
    """The size of a file in bytes; None where there is none, or something else than a file."""
    try:
        found = os.lstat(target)
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
