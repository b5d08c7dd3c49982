"""The papers of a day as they are now, kept in memory as long as no file of the day changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ..content import disk
from ..curate.changes.folder import Folder
from ..curate.changes.items import DayItem
from ..errors import ContentError, shown

_DAYS = 8  # that are kept


class DayPapers:
    """Reads days of a content folder; several threads may ask."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._kept: dict[date, tuple[tuple[tuple[str, bytes], ...], Mapping[str, DayItem]]] = {}
        self._lock = threading.Lock()

    def on(self, day: date) -> Mapping[str, DayItem]:
        """Return a day's papers by id, in the order of lists. Raises ContentError."""
        sources = disk.read_day(self._root, day, waiting=True)
        files = tuple((one.path, one.data) for one in sources.files)
        with self._lock:
            kept = self._kept.get(day)
        if kept is not None and kept[0] == files:
            return kept[1]
        found = {item.id: item for item in Folder(self._root).items(day)}
        with self._lock:
            self._kept.pop(day, None)
            self._kept[day] = files, found
            while len(self._kept) > _DAYS:
                del self._kept[next(iter(self._kept))]
        return found

    def find(self, key: str, day: date | None) -> tuple[date, DayItem]:
        """Return a paper and its day, looking on `day` first. Raises ContentError for an id that no
        paper has."""
        found = self.on(day).get(key) if day else None
        if day is not None and found is not None:
            return day, found
        place = Folder(self._root).by_id.get(key)
        found = self.on(place.date).get(key) if place else None
        if place is None or found is None:
            raise ContentError(f"no paper {shown(key)} stands in {self._root}")
        return place.date, found
