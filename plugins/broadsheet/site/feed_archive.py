"""How the papers behind a feed are cut into archived documents (RFC 5005, section 4).

By the calendar: a document holds whole days of one month, so a late paper or an edit touches one
document, and a new day none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .archive import Archive
from .feed_items import ALL, Source


@dataclass(frozen=True, slots=True)
class Cut:
    """An archived document: its name below its feed's folder, its days, and how many papers."""

    name: str
    days: tuple[date, ...]
    count: int


def archived(source: Source, name: str) -> str:
    """The address of an archived document: always Atom, which every reader that pages back
    knows."""
    return f"feeds/{source.name}/{name}.atom.xml"


class Cuts:
    """The documents of an archive. `full` says how many papers fill one of a source's."""

    def __init__(self, archive: Archive, full: Callable[[Source], int]) -> None:
        self._archive = archive
        self._full = full
        self._before = _months_before(archive)

    def of(self, source: Source, key: str) -> tuple[Cut, ...]:
        """A month's documents, oldest first: of whole days, each being full once it holds as many
        papers as `full` says. The last is the month's own, "2025-08", the ones before are
        "2025-08-1" and so on: so a document's name and papers are settled as soon as a later day
        opens the next one, and the last one's when the month is over."""
        made: list[Cut] = []
        days: list[date] = []
        total = 0
        for day in self._archive.months[key].days:
            count = day.count if source.kind == ALL else dict(day.topics).get(source.slug, 0)
            if not count:
                continue
            if total >= self._full(source):
                made.append(Cut(f"{key}-{len(made) + 1}", tuple(days), total))
                days, total = [], 0
            days.append(date.fromisoformat(day.iso))
            total += count
        if days:
            made.append(Cut(key, tuple(days), total))
        return tuple(made)

    def finished(self, source: Source, key: str) -> tuple[Cut, ...]:
        """A month's documents that no new day can change: of the newest month, not the last."""
        cuts = self.of(source, key)
        return cuts[:-1] if key == self._archive.keys[-1] else cuts

    def unfinished(self, source: Source) -> int:
        """How many papers no finished document holds."""
        if source.kind == "tag" or not self._archive.keys:
            return 0
        cuts = self.of(source, self._archive.keys[-1])
        return cuts[-1].count if cuts else 0

    def newest(self, source: Source) -> str | None:
        """The address of the newest finished document of a source."""
        if source.kind == "tag" or not self._archive.keys:
            return None
        newest = self._archive.keys[-1]
        finished = self.finished(source, newest)
        name = finished[-1].name if finished else self.before(source, newest)
        return archived(source, name) if name else None

    def before(self, source: Source, key: str) -> str | None:
        """The last document before a month."""
        return self._before[key].get(source)

    def all_before(self, key: str) -> list[tuple[str, str]]:
        """The last documents of all sources before a month, by the sources' names."""
        return sorted((source.name, name) for source, name in self._before[key].items())


def _months_before(archive: Archive) -> dict[str, dict[Source, str]]:
    """For each month and source, the newest month before it that has papers of the source: its last
    archived document."""
    found: dict[str, dict[Source, str]] = {}
    seen: dict[Source, str] = {}
    for key in archive.keys:
        found[key] = dict(seen)
        summary = archive.months[key]
        if summary.count:
            seen[Source(ALL)] = key
        for slug in summary.topics:
            seen[Source("topic", slug)] = key
    return found
