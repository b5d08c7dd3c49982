"""How the papers behind the feed of all are cut into archived documents (RFC 5005, section 4).

By the calendar: a document holds whole days of one month, so a late paper or an edit touches one
document, and a new day none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .archive import Archive


@dataclass(frozen=True, slots=True)
class Cut:
    """An archived document: its name below its feed's folder, its days, and how many papers."""

    name: str
    days: tuple[date, ...]
    count: int


def archived(name: str) -> str:
    """The address of an archived document: always Atom, which every reader that pages back
    knows."""
    return f"feeds/all/{name}.atom.xml"


class Cuts:
    """The documents of an archive, each full with so many papers."""

    def __init__(self, archive: Archive, full: int) -> None:
        self._archive = archive
        self._full = full
        self._newest = archive.keys[-1] if archive.keys else None
        self._before: dict[str, str | None] = {}
        last = None
        for key in archive.keys:
            self._before[key] = last
            last = key if archive.months[key].count else last

    def of(self, key: str) -> tuple[Cut, ...]:
        """A month's documents, oldest first: of whole days, each being full once it holds as many
        papers as fill one. The last is the month's own, "2025-08", the ones before are
        "2025-08-1" and so on: so a document's name and papers are settled as soon as a later day
        opens the next one, and the last one's when the month is over."""
        made: list[Cut] = []
        days: list[date] = []
        total = 0
        for day in self._archive.months[key].days:
            if not day.count:
                continue
            if total >= self._full:
                made.append(Cut(f"{key}-{len(made) + 1}", tuple(days), total))
                days, total = [], 0
            days.append(date.fromisoformat(day.iso))
            total += day.count
        if days:
            made.append(Cut(key, tuple(days), total))
        return tuple(made)

    def finished(self, key: str) -> tuple[Cut, ...]:
        """A month's documents that no new day can change: of the newest month, not the last."""
        cuts = self.of(key)
        return cuts[:-1] if key == self._newest else cuts

    def unfinished(self) -> int:
        """How many papers no finished document holds."""
        cuts = self.of(self._newest) if self._newest else ()
        return cuts[-1].count if cuts else 0

    def newest(self) -> str | None:
        """The name of the newest finished document."""
        if not self._newest:
            return None
        finished = self.finished(self._newest)
        return finished[-1].name if finished else self.before(self._newest)

    def before(self, key: str) -> str | None:
        """The name of the last document before a month: that of the newest month before it that
        has papers."""
        return self._before[key]
