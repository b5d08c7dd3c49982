"""Reads the archive's months: parses them on demand, and takes their summaries from the cache.

Parsed months stay in memory up to a count of papers, so that a build that looks at a month from
several sides reads it once, and memory does not grow with the archive. A first build of an archive
that is within that count parses it once; of a larger one each process keeps the months that it is
at. The days of the newest months, which every daily build reads, are cached as they were parsed.

A month that is read again must have the very bytes that its summary was made of, since fingerprints
and cache entries are named after these. Other bytes raise ChangedContent, and the build starts
over.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from ..content import disk
from ..content.disk import DaySources
from ..errors import ChangedContent
from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..io.parallel import map_jobs
from ..topics import Vocabulary
from . import codec
from .cached_claims import can_be_day, can_be_month
from .day_reader import fingerprint_of, read_day
from .hashed_months import HashedMonths, Hashes, hashes_of
from .model import Day, Month
from .people import PeopleStore
from .summaries import Summary, summarise

_WORTH_SHARING = 500  # pages; several processes parse so many in half the time
_DAYS_IN_MEMORY = 64  # parsed days
NEWEST = 2  # months whose parsed days are cached
_PAPERS_IN_MEMORY = 20_000  # of parsed months, at about 4 kB each
_LARGE = 40_000_000  # bytes of changed files; more than so many papers
_PAPERS_OF_MANY = 12_000  # of parsed months in a large archive: four months of a busy digest


class ParsedDays:
    """Parsed days by fingerprint, the least recently used dropped first.

    One instance outlives the builds of a process, so that `serve` parses only the edited day.
    """

    def __init__(self, most: int = _DAYS_IN_MEMORY) -> None:
        self._most = most
        self._days: OrderedDict[str, Day] = OrderedDict()

    def get(self, stamp: str, parse: Callable[[], Day]) -> Day:
        """Return the day of a fingerprint; `parse` makes it if it is not in memory."""
        day = self._days.pop(stamp, None)
        if day is None:
            day = parse()
            while len(self._days) >= self._most:
                self._days.popitem(last=False)
        self._days[stamp] = day
        return day

    def clear(self) -> None:
        """Drop all."""
        self._days.clear()


_PARSED_DAYS = ParsedDays()


def forget_parsed_days() -> None:
    """Drop the days in this process's memory, which may have come from a cache."""
    _PARSED_DAYS.clear()


class ArchiveReader:
    """Reads one content folder, with a cache folder. `stamp` is the fingerprint of all that parsing
    depends on beside content; `fresh` ignores cached values; unless `trusting`, each file is read,
    whatever the system says of it; `jobs` is how many processes may parse; days after `until` are
    held back, as if they had no folder; `hashed` may have hashed some months already."""

    def __init__(
        self,
        root: Path,
        vocabulary: Vocabulary,
        cache: Path,
        stamp: str,
        *,
        fresh: bool = False,
        trusting: bool = True,
        jobs: int = 1,
        until: date = date.max,
        hashed: HashedMonths | None = None,
    ) -> None:
        self._root = root
        self._hashed = hashed or HashedMonths(
            root, Store(cache / "stat", fresh=fresh), stamp, trusted=trusting and not fresh
        )
        self._until = until
        self._summaries = Store(cache / "months", fresh=fresh)
        self._days = Store(cache / "days", fresh=fresh)
        self.people = PeopleStore(Store(cache / "people", fresh=fresh), stamp)
        """The names of months, kept with each summary that is made."""
        self._newest: frozenset[str] = frozenset()
        self._topics = vocabulary.topic_slugs
        self._stamp = fingerprint(stamp, self._topics)
        self._fresh = fresh
        self._jobs = jobs
        self._months: dict[str, Month] = {}  # least recently used first
        self._papers = 0
        self._most = _PAPERS_IN_MEMORY
        self._hashes: dict[str, Hashes] = {}  # of the files that summaries were made of, by month
        self.ignored: list[str] = []
        """The files in days' folders that the site does not use; filled by `summaries`."""
        self.held: list[date] = []
        """The days that are held back; filled by `summaries`."""
        self._alone = lru_cache(maxsize=16)(self._read_alone)

    def summaries(self) -> list[Summary]:
        """Return all months' summaries, oldest first; parse only months that changed."""
        summaries: dict[str, Summary] = {}
        changed = []
        pages = size = 0
        keys = disk.months(self._root)
        self._newest = frozenset(keys[-NEWEST:])
        for key in keys:
            found = self._hashed.month(key)
            self.ignored += found.others
            hashes = {when: hashed for when, hashed in found.days if when <= self._until}
            self.held += [when for when, _ in found.days[len(hashes) :]]
            if not hashes:
                continue
            self._hashes[key] = hashes
            cached = None if self._fresh else self._cached_summary(key, hashes)
            if cached is None:
                changed.append(key)
                pages += found.pages
                size += found.size
            else:
                summaries[key] = cached
        self._hashed.keep()
        if size > _LARGE:
            self._most = _PAPERS_OF_MANY
        if self._jobs > 1 and len(changed) > 1 and pages >= _WORTH_SHARING:
            results = map_jobs(changed, self._summarised, self._jobs)
        else:
            results = ((key, self._summarised(key)) for key in changed)
        for key, (month, summary, hashes) in results:
            if month is not None:
                self._keep(month)
            self._hashes[key] = hashes
            self._summaries.write(f"{key}.json", self._stamp_of(hashes), summary)
            summaries[key] = summary
        self._forget_older()
        return [summary for _, summary in sorted(summaries.items())]

    def _due(self, days: list[DaySources]) -> list[DaySources]:
        """Return those of a month's days, oldest first, that are not held back."""
        return [day for day in days if day.date <= self._until]

    def _cached_summary(self, key: str, hashes: Hashes) -> Summary | None:
        summary = self._summaries.read(f"{key}.json", self._stamp_of(hashes), Summary)
        if summary is None or not can_be_month(summary, key, list(hashes), self._topics):
            return None
        return summary

    def _summarised(self, key: str) -> tuple[Month | None, Summary, Hashes]:
        """Return a month (None in a large archive), its summary, and the hashes of its files. The
        files are read again: to hold those of all changed months would be to hold the archive in a
        first build."""
        days = self._due(disk.read_month(self._root, key))
        if not days:
            raise _changed(key.replace("-", "/"))
        month = self._parse(key, days)
        summary = summarise(month)
        self.people.keep(month, summary.people)
        kept = month if self._most == _PAPERS_IN_MEMORY else None
        return kept, summary, hashes_of(days)

    def _stamp_of(self, hashes: Hashes) -> str:
        return self._stamped(fingerprint_of(hashes.items()))

    def _stamped(self, hashed: str) -> str:
        return fingerprint(hashed, self._stamp)

    def month(self, key: str) -> Month:
        """Return a month's papers. Raises ContentError or LedgerError."""
        month = self._months.pop(key, None)
        if month is None:
            days = self._due(disk.read_month(self._root, key))
            self._refuse_changed(days, self._hashes.get(key, {}), key.replace("-", "/"))
            month = self._parse(key, days)
            self._keep(month)
        else:
            self._months[key] = month
        return month

    def day(self, when: date) -> Day:
        """Return a day's papers, without reading its month. Raises ContentError or LedgerError."""
        key = f"{when:%Y-%m}"
        if key in self._months:
            return next(day for day in self.month(key).days if day.date == when)
        return self._alone(when)

    def read_anew(self, when: date) -> Day:
        """Return a day's papers as its files have them. Raises ContentError or LedgerError."""
        return read_day(disk.read_day(self._root, when), self._topics)

    def _read_alone(self, when: date) -> Day:
        sources = disk.read_day(self._root, when)
        hashes = self._hashes.get(f"{when:%Y-%m}", {})
        wanted = {when: hashes[when]} if when in hashes else {}
        self._refuse_changed([sources], wanted, disk.day_folder(when))
        return self._day(sources)

    def _refuse_changed(self, days: Iterable[DaySources], hashes: Hashes, folder: str) -> None:
        """Raise ChangedContent if days have other files than when they were summarised."""
        if hashes and hashes_of(days) != hashes:
            raise _changed(folder)

    def _parse(self, key: str, days: list[DaySources]) -> Month:
        return Month(key=key, days=tuple(map(self._day, days)))

    def _day(self, sources: DaySources) -> Day:
        """Return a day, from memory, the cache or its files."""
        stamp = self._stamped(sources.fingerprint())
        return _PARSED_DAYS.get(stamp, lambda: self._cached_day(sources, stamp))

    def _cached_day(self, sources: DaySources, stamp: str) -> Day:
        name = sources.date.isoformat()
        if name[:7] not in self._newest:
            return read_day(sources, self._topics)
        cached = self._days.read_as(name, stamp, codec.unpacked)
        if cached is not None and can_be_day(cached, sources, self._topics):
            return cached
        day = read_day(sources, self._topics)
        data = codec.packed(day)
        if data is not None:
            self._days.put(name, stamp, data)
        return day

    def _forget_older(self) -> None:
        for name in self._days.names():
            if name[:7] not in self._newest:
                self._days.drop(name)

    def _keep(self, month: Month) -> None:
        self._months[month.key] = month
        self._papers += _size(month)
        while self._papers > self._most and len(self._months) > 1:
            oldest = next(iter(self._months))
            self._papers -= _size(self._months.pop(oldest))


def _changed(folder: str) -> ChangedContent:
    return ChangedContent(
        "this was edited while the site was built; expected it to stay as it was for that long, "
        "build again",
        file=folder,
    )


def _size(month: Month) -> int:
    return sum(len(day.papers) for day in month.days)
