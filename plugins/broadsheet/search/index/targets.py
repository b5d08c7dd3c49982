"""The targets of the search index: two generations of shards (closed months, the open month), the
cards of each closed month and of each day of the open one, and the manifest.

Term statistics, which are costly, and the entries of parts that were not rendered are read from the
cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ...archive.archive import Archive
from ...archive.model import Day
from ...incremental.plan import File, Target, fingerprint
from ...io.cache import Store
from ...render.labels import Labels
from . import parts as index_parts
from .documents import Document
from .papers import document
from .parts import Part
from .statistics import checked_statistics, merged_statistics, packed_statistics

FOLDER = "search/"


class SearchIndex:
    """The index's targets. The newest month is the open one; all before it are closed."""

    def __init__(self, archive: Archive, labels: Labels, store: Store, code: str) -> None:
        self._archive = archive
        self._labels = labels
        self._store = store
        self._common = {
            "code": code,
            "names": fingerprint(
                [(topic.slug, topic.name) for topic in labels.vocabulary.topics],
                [(tag.slug, tag.name) for tag in labels.vocabulary.tags],
            ),
        }
        self._open = archive.keys[-1:]
        closed = archive.keys[:-1]
        # Two generations without a paper would be one file.
        self._closed = closed if any(archive.months[key].count for key in closed) else []

    def is_open(self, key: str) -> bool:
        """Return whether a month ("2025-08") is the open one."""
        return key in self._open

    def month(self, key: str) -> Iterator[Target]:
        """Yield the targets of a month's cards: one for a closed month, one a day for the open
        one."""
        for unit in self._units(key):
            yield Target(
                f"search cards {unit}",
                self._unit_parts(unit),
                partial(self._card_files, unit),
                weight=1 + self._count(unit) // 5,
            )

    def whole(self) -> Iterator[Target]:
        """Yield the targets of the generations. They read term statistics, so these are rendered
        after the months."""
        for name, keys in (("closed", self._closed), ("open", self._open)):
            if keys:
                yield Target(
                    f"search {name}",
                    self._generation_parts(keys),
                    partial(self._generation_files, name, keys),
                    weight=10 + sum(self._archive.months[key].count for key in keys) // 10,
                )

    def last(self) -> Iterator[Target]:
        """Yield the target of the manifest. It reads the entries of all other parts from the cache,
        so it is rendered last."""
        parts = self._generation_parts(self._archive.keys) | {"open": fingerprint(self._open)}
        yield Target("search manifest", parts, self._manifest)

    def _manifest(self) -> Iterator[File]:
        topics = {
            slug: self._labels.topic(slug).label
            for slug in (topic.slug for topic in self._labels.vocabulary.topics)
            if any(slug in self._archive.months[key].topics for key in self._archive.keys)
        }
        manifest = index_parts.manifest(
            closed=self._generation_entry("closed", self._closed),
            opened=self._generation_entry("open", self._open),
            cards=[
                self._cards_entry(unit) for key in self._archive.keys for unit in self._units(key)
            ],
            topics=topics,
        )
        return _files(manifest)

    # Entries: from the cache, or from the part itself

    def _generation_entry(self, name: str, keys: Sequence[str]) -> str | None:
        if not keys:
            return None
        stamp = self._generation_fingerprint(keys)
        cached = self._store.read_as(f"{name}.entry", stamp, index_parts.generation_entry)
        return cached if cached is not None else self._generation(name, keys).entry

    def _generation_files(self, name: str, keys: Sequence[str]) -> Iterator[File]:
        return _files(self._generation(name, keys))

    def _generation(self, name: str, keys: Sequence[str]) -> Part:
        part = index_parts.generation(map(self.statistics, keys), opened=name == "open")
        self._store.put(f"{name}.entry", self._generation_fingerprint(keys), part.entry.encode())
        return part

    def _cards_entry(self, unit: str) -> str:
        stamp = self._unit_fingerprint(unit)
        cached = self._store.read_as(f"{unit}.cards", stamp, index_parts.cards_entry)
        return cached if cached is not None else self._cards(unit).entry

    def _card_files(self, unit: str) -> Iterator[File]:
        self.statistics(unit[:7])  # made and kept now, while the month's texts are in memory
        return _files(self._cards(unit))

    def _cards(self, unit: str) -> Part:
        days = self._archive.month(unit[:7]).days
        chosen = [day for day in days if day.date.isoformat().startswith(unit)]
        part = index_parts.cards(self._documents(chosen))
        self._store.put(f"{unit}.cards", self._unit_fingerprint(unit), part.entry.encode())
        return part

    # Term statistics

    def statistics(self, key: str) -> bytes:
        """Return a month's packed term statistics, from the cache where they are."""
        stamp = fingerprint(self._archive.months[key].fingerprint, sorted(self._common.items()))
        papers = self._archive.months[key].count
        statistics = self._store.read_as(
            f"{key}.statistics", stamp, partial(checked_statistics, papers=papers)
        )
        if statistics is None:
            days = self._archive.month(key).days
            statistics = (
                merged_statistics(list(map(self._day_statistics, days)))
                if self.is_open(key)
                else packed_statistics(self._documents(days))
            )
            self._store.put(f"{key}.statistics", stamp, statistics)
        return statistics

    def _day_statistics(self, day: Day) -> bytes:
        """Return a day's packed term statistics. Those of the open month are merged from them, so
        that a new day costs no more than its own papers."""
        stamp = fingerprint(day.fingerprint, sorted(self._common.items()))
        name = f"{day.date}.statistics"
        statistics = self._store.read_as(
            name, stamp, partial(checked_statistics, papers=len(day.papers))
        )
        if statistics is None:
            statistics = packed_statistics(self._documents([day]))
            self._store.put(name, stamp, statistics)
        return statistics

    def _documents(self, days: Sequence[Day]) -> list[Document]:
        return [document(placed, self._labels) for day in days for placed in day.papers]

    # Units of cards: "2025-08" for a closed month, "2025-08-07" for a day of the open one

    def _units(self, key: str) -> list[str]:
        if not self.is_open(key):
            return [key] if self._archive.months[key].count else []
        return [day.iso for day in self._archive.months[key].days if day.count]

    def _count(self, unit: str) -> int:
        days = self._archive.months[unit[:7]].days
        return sum(day.count for day in days if day.iso.startswith(unit))

    # What parts depend on

    def _generation_parts(self, keys: Sequence[str]) -> dict[str, str]:
        return self._common | {
            "content": fingerprint([(key, self._archive.months[key].fingerprint) for key in keys])
        }

    def _generation_fingerprint(self, keys: Sequence[str]) -> str:
        return fingerprint(sorted(self._generation_parts(keys).items()))

    def _unit_parts(self, unit: str) -> dict[str, str]:
        key = unit[:7]
        summary = self._archive.months[key]
        if unit == key:
            return self._common | {"content": summary.fingerprint}
        return self._common | {
            "content": next(day.fingerprint for day in summary.days if day.iso == unit)
        }

    def _unit_fingerprint(self, unit: str) -> str:
        return fingerprint(sorted(self._unit_parts(unit).items()))


def _files(part: Part) -> Iterator[File]:
    return (File(FOLDER + path, data) for path, data in part.files.items())
