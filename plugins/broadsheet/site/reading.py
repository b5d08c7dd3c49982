"""Reading the archive's months: parsed when asked for, and their summaries from the cache.

Parsed months are kept up to a number of papers, so that a build that looks at a month from several
sides reads it once, and memory still does not grow with the archive.
"""

from __future__ import annotations

from pathlib import Path

from .. import content
from ..content import DaySources
from ..topics import Vocabulary
from . import archive
from .archive import Month, Summary
from .cache import load, save
from .plan import digest

KEPT = 60_000  # papers of parsed months kept in memory, at about 4 kB each


class Reader:
    """Reads one content folder. `stamp` is of all that a month's summary depends on beside its
    content; `fresh` ignores what the cache has."""

    def __init__(
        self, root: Path, vocabulary: Vocabulary, cache: Path, stamp: str, *, fresh: bool = False
    ) -> None:
        self._root = root
        self._vocabulary = vocabulary
        self._cache = cache
        self._stamp = digest(stamp, [topic.slug for topic in vocabulary.topics])
        self._fresh = fresh
        self._months: dict[str, Month] = {}  # the longest unused first
        self._papers = 0

    def summaries(self) -> list[Summary]:
        """All months' summaries, oldest first; only months that changed are parsed."""
        found = []
        for key in content.months(self._root):
            days = content.read_month(self._root, key)
            if days:
                found.append(self._summary(key, days))
        return found

    def _summary(self, key: str, days: list[DaySources]) -> Summary:
        hashed = archive.digest_of(days)
        stamp = digest(hashed, self._stamp)
        path = self._cache / f"{key}.json"
        kept = None if self._fresh else _kept(path, stamp)
        if kept is None:
            month = self._parse(key, days)
            self._keep(month)
            kept = archive.summarise(month, hashed)
            save(path, {"stamp": stamp, "summary": kept.plain()})
        return kept

    def month(self, key: str) -> Month:
        """A month's papers. Raises ContentError or LedgerError."""
        month = self._months.pop(key, None)
        if month is None:
            month = self._parse(key, content.read_month(self._root, key))
            self._keep(month)
        else:
            self._months[key] = month
        return month

    def _parse(self, key: str, days: list[DaySources]) -> Month:
        return Month(key=key, days=tuple(archive.read_day(day, self._vocabulary) for day in days))

    def _keep(self, month: Month) -> None:
        self._months[month.key] = month
        self._papers += _size(month)
        while self._papers > KEPT and len(self._months) > 1:
            oldest = next(iter(self._months))
            self._papers -= _size(self._months.pop(oldest))


def _size(month: Month) -> int:
    return sum(len(day.papers) for day in month.days)


def _kept(path: Path, stamp: str) -> Summary | None:
    data = load(path)
    if data is None or data.get("stamp") != stamp:
        return None
    try:
        return Summary.of_plain(data["summary"])
    except (KeyError, TypeError, ValueError):
        return None
