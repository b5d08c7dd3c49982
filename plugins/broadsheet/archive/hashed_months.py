"""The hashes of months' files, kept from build to build, so that files whose stat is unchanged need
not be read: as git's index has it.

A month is trusted where the system says of each of its files what it said when they were hashed:
name, size, inode, device, and the times of its last change of content (mtime) and of anything
(ctime), in nanoseconds. A fresh checkout has other inodes and ctimes, so there all is hashed.
Nothing is kept of a month that changed just before it was hashed, since it might change once more
within the same tick of the file system's clock.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..content import disk
from ..content.disk import DaySources
from ..incremental.plan import fingerprint
from ..io.cache import Store

TOO_NEAR = 3_000_000_000
"""Nanoseconds: more than any file system's tick."""

_KEY = "months"

Hashes = dict[date, str]
"""Hashes of days' files."""


@dataclass(frozen=True, slots=True)
class HashedMonth:
    """A month's days with their hashes, oldest first, the count of its pages, the bytes of its
    files, and the files that the site does not use; `stat` is the fingerprint of what the system
    says of its files."""

    stat: str
    days: tuple[tuple[date, str], ...]
    pages: int
    size: int
    others: tuple[str, ...]


class HashedMonths:
    """The months of one content folder. `stamp` is the fingerprint of the code; unless `trusted`,
    all files are hashed."""

    def __init__(self, root: Path, store: Store, stamp: str, *, trusted: bool = True) -> None:
        self._root = root
        self._store = store
        self._stamp = fingerprint(stamp, os.path.realpath(root))
        self._began = time.time_ns()
        known = store.read(_KEY, self._stamp, dict[str, HashedMonth]) if trusted else None
        self._before = known or {}
        self._now: dict[str, HashedMonth] = {}  # what is kept
        self._found: dict[str, HashedMonth] = {}

    def month(self, key: str) -> HashedMonth:
        """Return a month ("2025-08"), as it was when it was first asked for. Raises ContentError as
        `disk.read_month` does."""
        if key not in self._found:
            self._found[key] = self._look(key)
        return self._found[key]

    def _look(self, key: str) -> HashedMonth:
        stat = disk.month_stat(self._root, key)  # first: an edit from here on will differ from it
        known = self._before.get(key)
        if stat is not None and known is not None and known.stat == stat.fingerprint:
            self._now[key] = known
            return known
        days = disk.read_month(self._root, key)
        made = _hashed(days, stat.fingerprint if stat else "")
        if stat is not None and stat.newest < self._began - TOO_NEAR:
            self._now[key] = made
        return made

    def keep(self) -> None:
        """Keep what was asked for. Raises SiteError where the disk refuses."""
        if self._now != self._before:
            self._store.write(_KEY, self._stamp, self._now)


def hashes_of(days: Iterable[DaySources]) -> Hashes:
    """Return the hash of each day's files."""
    return {day.date: day.fingerprint() for day in days}


def _hashed(days: Sequence[DaySources], stat: str) -> HashedMonth:
    return HashedMonth(
        stat,
        tuple(hashes_of(days).items()),
        sum(len(day.pages) for day in days),
        sum(len(source.data) for day in days for source in day.sources),
        tuple(path for day in days for path in day.others),
    )
