"""How the papers behind the feed of all are cut into archived documents (RFC 5005, section 4).

By the calendar: a month is one document, or is halved until no part holds more papers than fill a
feed, or is a single day. A document is named after the last day of its span, and what follows a
span never changes where it ends. So a reader who has one name of the chain gets by it all papers up
to that day, whichever build wrote the documents, and none of those after it.

Spans are halved by how many papers their days have or had: a paper that is moved or taken out joins
no documents, and no name that a reader may know goes away.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from ..archive.archive import Archive


@dataclass(frozen=True, slots=True)
class ArchiveDocument:
    """An archived document: its name below its feed's folder, the last day that it may hold (of
    the calendar), its days that have papers, and how many papers."""

    name: str
    last: date
    days: tuple[date, ...]
    count: int


def archived(name: str) -> str:
    """The address of an archived document: always Atom, which every reader that pages back
    knows."""
    return f"feeds/all/{name}.atom.xml"


class ArchiveDocuments:
    """The documents of an archive, each of at most `full` papers unless one day has more."""

    def __init__(self, archive: Archive, full: int) -> None:
        self._archive = archive
        self._full = full
        self._newest = archive.keys[-1] if archive.keys else None
        self._made: dict[str, tuple[ArchiveDocument, ...]] = {}

    def of(self, key: str) -> tuple[ArchiveDocument, ...]:
        """A month's documents, oldest first, finished or not. The one that ends with the month has
        its name, "2025-08"; another is "2025-08-16", by the last day of its span."""
        if key not in self._made:
            self._made[key] = self._cut(key)
        return self._made[key]

    def _cut(self, key: str) -> tuple[ArchiveDocument, ...]:
        year, month = map(int, key.split("-"))
        length = monthrange(year, month)[1]
        counts, weights = [0] * length, [0] * length
        for day in self._archive.months[key].days:
            place = int(day.iso[8:]) - 1
            counts[place], weights[place] = day.count, day.ever
        totals = list(accumulate(weights, initial=0))
        made = []
        for first, end in _halved(totals, 0, length, self._full):
            held = [place for place in range(first, end) if counts[place]]
            made.append(
                ArchiveDocument(
                    key if end == length else f"{key}-{end:02}",
                    date(year, month, end),
                    tuple(date(year, month, place + 1) for place in held),
                    sum(counts[first:end]),
                )
            )
        return tuple(made)

    def finished(self, key: str) -> tuple[ArchiveDocument, ...]:
        """A month's documents that no new day can change: of the newest month those that end
        before its last day that has, or had, papers."""
        if key != self._newest:
            return self.of(key)
        days = [day.iso for day in self._archive.months[key].days if day.ever]
        return tuple(cut for cut in self.of(key) if days and cut.last.isoformat() < days[-1])

    def before(self, key: str) -> ArchiveDocument | None:
        """The last document before a month: that of the newest month before it that has one."""
        for other in reversed(self._archive.keys):
            if other < key and (cuts := self.of(other)):
                return cuts[-1]
        return None

    def older(self, key: str) -> str:
        """The name of the last document before a month; "" for none."""
        cut = self.before(key)
        return cut.name if cut else ""

    def behind(self, window: Sequence[str], least: int) -> ArchiveDocument | None:
        """The newest finished document behind the feed of all, which holds all papers after it: at
        least so many, or all of the months that it looks into (newest first)."""
        after = 0
        for key in window:
            finished = self.finished(key)
            ends = {cut.last for cut in finished}
            for cut in reversed(self.of(key)):
                if cut.last in ends and after >= least:
                    return cut
                after += cut.count
        return self.before(window[-1]) if window else None


def _halved(totals: Sequence[int], first: int, end: int, full: int) -> list[tuple[int, int]]:
    """Spans of days (from 0, without the end) that hold papers, halved until they hold few enough.
    One that nothing follows in its half ends where the half does: an end that was a document's name
    stays one, whatever comes in later."""
    held = totals[end] - totals[first]
    if not held:
        return []
    if held <= full or end - first == 1:
        return [(first, end)]
    middle = (first + end + 1) // 2
    spans = _halved(totals, first, middle, full)
    after = _halved(totals, middle, end, full)
    if not after:
        spans[-1] = (spans[-1][0], end)
    return spans + after
