"""Reading the archive's months: parsed when asked for, and their summaries from the cache.

Parsed months are kept up to a number of papers, so that a build that looks at a month from several
sides reads it once, and memory still does not grow with the archive. The days of the newest months,
which every day's build reads, are kept in the cache as they were parsed.

A month that is read again must have the very bytes that its summary was made of, as fingerprints
and cache entries are named after these: other bytes raise ChangedContent, and the build begins
anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from ..content import disk
from ..content.disk import DaySources
from ..errors import ChangedContent
from ..incremental.plan import fingerprint
from ..io.cache import ODD, Store, load, save
from ..io.parallel import map_jobs
from ..topics import Vocabulary
from . import codec
from .day_reader import fingerprint_of, read_day
from .model import Day, Month
from .summaries import Summary, summarise

_WORTH_SHARING = 500  # pages; several processes parse so many in half the time
DAYS_KEPT = 64  # parsed days in memory
NEWEST = 2  # months whose days are kept in the cache
KEPT = 60_000  # papers of parsed months kept in memory, at about 4 kB each


Hashes = dict[date, str]
"""Hashes of days' files."""

# By their stamps; they outlive a build, so that `serve` parses only the day that was edited.
_DAYS: OrderedDict[str, Day] = OrderedDict()


class ArchiveReader:
    """Reads one content folder, and keeps what it made of it in a cache folder. `stamp` is of all
    that it depends on beside its content; `fresh` ignores what the cache has; `jobs` is how many
    processes may parse."""

    def __init__(
        self,
        root: Path,
        vocabulary: Vocabulary,
        cache: Path,
        stamp: str,
        *,
        fresh: bool = False,
        jobs: int = 1,
    ) -> None:
        self._root = root
        self._cache = cache / "months"
        self._days = Store(cache / "days", fresh=fresh)
        self._newest: frozenset[str] = frozenset()
        self._topics = vocabulary.topic_slugs
        self._stamp = fingerprint(stamp, self._topics)
        self._fresh = fresh
        self._jobs = jobs
        self._months: dict[str, Month] = {}  # the longest unused first
        self._papers = 0
        self._hashes: dict[str, Hashes] = {}  # of what the summaries were made of, by month
        self.ignored: list[str] = []
        """Files in days' folders of which nothing is made, once `summaries` has looked."""
        self._alone = lru_cache(maxsize=16)(self._read_alone)

    def summaries(self) -> list[Summary]:
        """All months' summaries, oldest first; only months that changed are parsed."""
        found: dict[str, Summary] = {}
        changed = []
        pages = 0
        keys = disk.months(self._root)
        self._newest = frozenset(keys[-NEWEST:])
        for key in keys:
            days = disk.read_month(self._root, key)
            self.ignored += [path for day in days for path in day.others]
            if not days:
                continue
            kept = None
            if not self._fresh:
                hashes = self._hashes[key] = _hashes(days)
                kept = _kept(self._path(key), self._stamp_of(hashes))
            if kept is None:
                changed.append(key)
                pages += sum(len(day.pages) for day in days)
            else:
                found[key] = kept
        if self._jobs > 1 and len(changed) > 1 and pages >= _WORTH_SHARING:
            made = map_jobs(changed, self._summarised, self._jobs)
        else:
            made = ((key, self._summarised(key)) for key in changed)
        for key, (month, summary, hashes) in made:
            self._keep(month)
            self._hashes[key] = hashes
            stamp = self._stamp_of(hashes)
            save(self._path(key), {"stamp": stamp, "summary": summary.plain()})
            found[key] = summary
        self._forget_older()
        return [summary for _, summary in sorted(found.items())]

    def _summarised(self, key: str) -> tuple[Month, Summary, Hashes]:
        """A month, its summary, and the hashes of what they were made of. Its files are read anew:
        the bytes of all months that changed would be the whole archive in a first build."""
        days = disk.read_month(self._root, key)
        if not days:
            raise _changed(key.replace("-", "/"))
        month = self._parse(key, days)
        return month, summarise(month), _hashes(days)

    def _stamp_of(self, hashes: Hashes) -> str:
        return self._stamped(fingerprint_of(hashes.items()))

    def _stamped(self, hashed: str) -> str:
        return fingerprint(hashed, self._stamp)

    def _path(self, key: str) -> Path:
        return self._cache / f"{key}.json"

    def month(self, key: str) -> Month:
        """A month's papers. Raises ContentError or LedgerError."""
        month = self._months.pop(key, None)
        if month is None:
            days = disk.read_month(self._root, key)
            self._refuse_changed(days, self._hashes.get(key, {}), key.replace("-", "/"))
            month = self._parse(key, days)
            self._keep(month)
        else:
            self._months[key] = month
        return month

    def day(self, when: date) -> Day:
        """A day's papers, read without its month's where that isn't at hand. Raises ContentError or
        LedgerError."""
        key = f"{when:%Y-%m}"
        if key in self._months:
            return next(day for day in self.month(key).days if day.date == when)
        return self._alone(when)

    def _read_alone(self, when: date) -> Day:
        sources = disk.read_day(self._root, when)
        hashes = self._hashes.get(f"{when:%Y-%m}", {})
        wanted = {when: hashes[when]} if when in hashes else {}
        self._refuse_changed([sources], wanted, disk.day_folder(when))
        return self._day(sources)

    def _refuse_changed(self, days: Iterable[DaySources], hashes: Hashes, folder: str) -> None:
        """Raise ChangedContent where days that are read again have other files than before."""
        if hashes and _hashes(days) != hashes:
            raise _changed(folder)

    def _parse(self, key: str, days: list[DaySources]) -> Month:
        return Month(key=key, days=tuple(map(self._day, days)))

    def _day(self, sources: DaySources) -> Day:
        """A day, parsed unless it is at hand."""
        stamp = self._stamped(sources.fingerprint())
        day = _DAYS.pop(stamp, None)
        if day is None:
            day = self._kept_day(sources, stamp)
            while len(_DAYS) >= DAYS_KEPT:
                _DAYS.popitem(last=False)
        _DAYS[stamp] = day
        return day

    def _kept_day(self, sources: DaySources, stamp: str) -> Day:
        name = sources.date.isoformat()
        if name[:7] not in self._newest:
            return read_day(sources, self._topics)
        kept = self._days.read(name, stamp, codec.unpacked)
        if kept is not None:
            return kept
        day = read_day(sources, self._topics)
        value = codec.packed(day)
        if value is not None:
            self._days.put(name, stamp, value)
        return day

    def _forget_older(self) -> None:
        for name in self._days.names():
            if name[:7] not in self._newest:
                self._days.drop(name)

    def _keep(self, month: Month) -> None:
        self._months[month.key] = month
        self._papers += _size(month)
        while self._papers > KEPT and len(self._months) > 1:
            oldest = next(iter(self._months))
            self._papers -= _size(self._months.pop(oldest))


def _hashes(days: Iterable[DaySources]) -> Hashes:
    return {day.date: day.fingerprint() for day in days}


def _changed(folder: str) -> ChangedContent:
    return ChangedContent(
        "this was edited while the site was built; expected it to stay as it was for that long, "
        "build again",
        file=folder,
    )


def _size(month: Month) -> int:
    return sum(len(day.papers) for day in month.days)


def _kept(path: Path, stamp: str) -> Summary | None:
    data = load(path)
    if data is None or data.get("stamp") != stamp:
        return None
    try:
        return Summary.of_plain(data["summary"])
    except ODD:
        return None
