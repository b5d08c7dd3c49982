"""Archive documents (RFC 5005, section 4): older papers of the feed of all, cut by the calendar.

A month is one document; it is halved until no part holds more papers than fill a feed, or is a
single day. A document is named after the last day of its span, and what follows a span never
changes where it ends. So from any document's name a reader gets all papers up to that day,
whichever build wrote the documents, and none of those after it.

Spans are halved by the number of papers that their days have or had: a paper that is moved or taken
out joins no documents, and no name that a reader may know disappears.
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
    """An archive document: its name below feeds/all/, the last day of its span (on the calendar),
    its days that have papers, and the number of papers."""

    name: str
    last: date
    days: tuple[date, ...]
    count: int


def document_path(name: str) -> str:
    """Return the address of an archive document. It is always Atom, which every reader that follows
    archives knows."""
    return f"feeds/all/{name}.atom.xml"


class ArchiveDocuments:
    """The documents of an archive, each of at most `full` papers unless one day has more."""

    def __init__(self, archive: Archive, full: int) -> None:
        self._archive = archive
        self._full = full
        self._newest = archive.keys[-1] if archive.keys else None
        self._by_month: dict[str, tuple[ArchiveDocument, ...]] = {}

    def of(self, key: str) -> tuple[ArchiveDocument, ...]:
        """Return a month's documents, oldest first, finished or not. The one that ends with the
        month is named "2025-08"; others by the last day of their span, "2025-08-16"."""
        if key not in self._by_month:
            self._by_month[key] = self._cut(key)
        return self._by_month[key]

    def _cut(self, key: str) -> tuple[ArchiveDocument, ...]:
        year, month = map(int, key.split("-"))
        length = monthrange(year, month)[1]
        counts, weights = [0] * length, [0] * length
        for day in self._archive.months[key].days:
            place = int(day.iso[8:]) - 1
            counts[place], weights[place] = day.count, day.ever
        totals = list(accumulate(weights, initial=0))
        documents = []
        for first, end in _halved(totals, 0, length, self._full):
            with_papers = [place for place in range(first, end) if counts[place]]
            documents.append(
                ArchiveDocument(
                    key if end == length else f"{key}-{end:02}",
                    date(year, month, end),
                    tuple(date(year, month, place + 1) for place in with_papers),
                    sum(counts[first:end]),
                )
            )
        return tuple(documents)

    def finished(self, key: str) -> tuple[ArchiveDocument, ...]:
        """Return a month's documents that no new day can change: of the newest month, those that
        end before its last day that has, or had, papers."""
        if key != self._newest:
            return self.of(key)
        days = [day.iso for day in self._archive.months[key].days if day.ever]
        return tuple(
            document for document in self.of(key) if days and document.last.isoformat() < days[-1]
        )

    def before(self, key: str) -> ArchiveDocument | None:
        """Return the last document before a month: that of the newest month before it that has
        one."""
        for other in reversed(self._archive.keys):
            if other < key and (documents := self.of(other)):
                return documents[-1]
        return None

    def older(self, key: str) -> str:
        """Return the name of the last document before a month; "" for none."""
        document = self.before(key)
        return document.name if document else ""

    def behind(self, window: Sequence[str], least: int) -> ArchiveDocument | None:
        """Return the newest finished document after which there are at least so many papers in the
        feed of all's window (months, newest first); where there are fewer, the document before the
        window."""
        after = 0
        for key in window:
            finished = self.finished(key)
            ends = {document.last for document in finished}
            for document in reversed(self.of(key)):
                if document.last in ends and after >= least:
                    return document
                after += document.count
        return self.before(window[-1]) if window else None


def _halved(totals: Sequence[int], first: int, end: int, full: int) -> list[tuple[int, int]]:
    """Return spans of days (from 0, the end excluded) that hold papers, halved until each holds at
    most `full`. `totals[n]` is the number of papers before day n.

    A span that nothing follows in its half ends where the half does, so that an end that was a
    document's name stays one, whatever comes in later.
    """
    count = totals[end] - totals[first]
    if not count:
        return []
    if count <= full or end - first == 1:
        return [(first, end)]
    middle = (first + end + 1) // 2
    spans = _halved(totals, first, middle, full)
    after = _halved(totals, middle, end, full)
    if not after:
        spans[-1] = (spans[-1][0], end)
    return spans + after
