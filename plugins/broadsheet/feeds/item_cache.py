"""Items of the newest months' days, kept in the cache: nearly all feeds hold papers of these, and
a new day's build would make them all again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from .. import feeds
from ..archive.archive import Archive
from ..archive.model import Placed
from ..archive.reader import NEWEST
from ..incremental.plan import fingerprint
from ..io.cache import Store
from . import Item
from .keeping import ItemRecord

Make = Callable[[Placed], Item]


class ItemCache:
    """Papers' items: kept ones where there are, else made by `make`, and a newest day's then kept.

    `stamp` is of all that an item depends on beside its day.
    """

    def __init__(
        self, archive: Archive, kept: Store | None, stamp: str, zone: ZoneInfo, make: Make
    ) -> None:
        self._archive = archive
        self._kept = kept
        self._stamp = stamp
        self._zone = zone
        self._make = make
        self._newest = frozenset(archive.keys[-NEWEST:] if kept else ())
        self._day = lru_cache(maxsize=None)(self._read_day)
        if kept:
            for name in kept.names():
                if name[:7] not in self._newest:
                    kept.drop(name)

    def holds(self, placed: Placed) -> bool:
        """Whether a paper's item is kept, or will be."""
        return f"{placed.date:%Y-%m}" in self._newest

    def item(self, placed: Placed) -> Item:
        """A paper as an item."""
        if not self.holds(placed):
            return self._make(placed)
        record = self._day(placed.date).get(placed.paper.id)
        if record is None:
            return self._make(placed)
        return feeds.unpacked(record, placed.paper, self._archive.first(placed), self._zone)

    def _read_day(self, when: date) -> dict[str, ItemRecord]:
        """Return the records of a day's items by papers' ids."""
        assert self._kept
        stamp = fingerprint(self._archive.days[when].digest, self._stamp)
        name = when.isoformat()
        records = self._kept.read(name, stamp, dict[str, ItemRecord])
        if records is not None:
            return records
        day = self._archive.day(when)
        assert day
        records = {one.paper.id: feeds.packed(self._make(one)) for one in day.papers}
        self._kept.write(name, stamp, records)
        return records
