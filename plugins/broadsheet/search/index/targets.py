"""The targets of the search index: its generations of shards, the cards of each closed month and of
each day of the open one, and the manifest.

Term statistics, which are costly, and the entries of parts that were not rendered are read from the
cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from ...archive.archive import Archive
from ...archive.model import Day
from ...incremental.plan import File, Target, fingerprint
from ...io.cache import Store
from ...render.labels import Labels
from . import parts as index_parts
from .documents import Document
from .generations import NEWEST, RECENT, Generation, generations
from .papers import document
from .parts import IndexPart
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
        self._generations = generations(
            [(key, archive.months[key].count) for key in archive.keys[:-1]],
            [(day.iso, day.count) for key in self._open for day in archive.months[key].days],
            newest=NEWEST,
            recent=RECENT,
        )

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
        for one in self._generations:
            yield Target(
                f"search {one.name}",
                self._generation_parts(one),
                partial(self._generation_files, one),
                weight=10 + one.papers // 10,
            )

    def last(self) -> Iterator[Target]:
        """Yield the target of the manifest. It reads the entries of all other parts from the cache,
        so it is rendered last."""
        content = [(key, self._archive.months[key].fingerprint) for key in self._archive.keys]
        parts = self._common | {"content": fingerprint(content), "open": fingerprint(self._open)}
        yield Target("search manifest", parts, self._manifest)

    def _manifest(self) -> Iterator[File]:
        topics = {
            slug: self._labels.topic(slug).label
            for slug in (topic.slug for topic in self._labels.vocabulary.topics)
            if any(slug in self._archive.months[key].topics for key in self._archive.keys)
        }
        manifest = index_parts.manifest(
            generations=list(map(self._generation_entry, self._generations)),
            cards=[
                self._cards_entry(unit) for key in self._archive.keys for unit in self._units(key)
            ],
            topics=topics,
        )
        return _files(manifest)

    # Entries: from the cache, or from the part itself

    def _generation_entry(self, one: Generation) -> str:
        stamp = self._generation_fingerprint(one)
        cached = self._store.read_as(f"{one.name}.entry", stamp, index_parts.generation_entry)
        return cached if cached is not None else self._generation(one).entry

    def _generation_files(self, one: Generation) -> Iterator[File]:
        return _files(self._generation(one))

    def _generation(self, one: Generation) -> IndexPart:
        part = index_parts.generation(map(self._unit_statistics, one.units), grows=one.grows)
        stamp = self._generation_fingerprint(one)
        self._store.put(f"{one.name}.entry", stamp, part.entry.encode())
        return part

    def _cards_entry(self, unit: str) -> str:
        stamp = self._unit_fingerprint(unit)
        cached = self._store.read_as(f"{unit}.cards", stamp, index_parts.cards_entry)
        return cached if cached is not None else self._cards(unit).entry

    def _card_files(self, unit: str) -> Iterator[File]:
        self._unit_statistics(unit)  # made and kept now, while the month's texts are in memory
        return _files(self._cards(unit))

    def _cards(self, unit: str) -> IndexPart:
        days = self._archive.month(unit[:7]).days
        chosen = [day for day in days if day.date.isoformat().startswith(unit)]
        part = index_parts.cards(self._documents(chosen))
        self._store.put(f"{unit}.cards", self._unit_fingerprint(unit), part.entry.encode())
        return part

    # Term statistics

    def statistics(self, key: str) -> bytes:
        """Return a month's packed term statistics, from the cache where they are."""
        kept = self._kept_statistics(key)
        if kept is not None:
            return kept
        days = self._archive.months[key].days
        of_days = [self._kept_statistics(day.iso) for day in days]
        known = [one for one in of_days if one is not None]
        if self.is_open(key):
            return self._keep_statistics(
                key, merged_statistics([self._unit_statistics(day.iso) for day in days])
            )
        if len(known) == len(days):  # each was the open month's once
            return self._keep_statistics(key, merged_statistics(known))
        return self._keep_statistics(
            key, packed_statistics(self._documents(self._archive.month(key).days))
        )

    def _unit_statistics(self, unit: str) -> bytes:
        """Return the packed term statistics of a month, or of a day of the open one, of which a new
        day costs no more than its own papers."""
        if len(unit) == len("2025-08"):
            return self.statistics(unit)
        kept = self._kept_statistics(unit)
        if kept is not None:
            return kept
        day = self._archive.day(date.fromisoformat(unit))
        return self._keep_statistics(unit, packed_statistics(self._documents([day] if day else [])))

    def _kept_statistics(self, unit: str) -> bytes | None:
        check = partial(checked_statistics, papers=self._count(unit))
        return self._store.read_as(f"{unit}.statistics", self._unit_fingerprint(unit), check)

    def _keep_statistics(self, unit: str, statistics: bytes) -> bytes:
        self._store.put(f"{unit}.statistics", self._unit_fingerprint(unit), statistics)
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

    def _generation_parts(self, one: Generation) -> dict[str, str]:
        content = [(unit, self._content_of(unit)) for unit in one.units]
        return self._common | {"content": fingerprint(content)}

    def _generation_fingerprint(self, one: Generation) -> str:
        return fingerprint(sorted(self._generation_parts(one).items()))

    def _unit_parts(self, unit: str) -> dict[str, str]:
        return self._common | {"content": self._content_of(unit)}

    def _content_of(self, unit: str) -> str:
        key = unit[:7]
        summary = self._archive.months[key]
        if unit == key:
            return summary.fingerprint
        return next(day.fingerprint for day in summary.days if day.iso == unit)

    def _unit_fingerprint(self, unit: str) -> str:
        return fingerprint(sorted(self._unit_parts(unit).items()))


def _files(part: IndexPart) -> Iterator[File]:
    return (File(FOLDER + path, data) for path, data in part.files.items())
