"""The search index in the plan: two generations by the calendar (closed months, the open month),
and the cards of each closed month and of each day of the open one.

What is costly to make (a month's statistics) and what the manifest needs of parts that were not
rendered (their entries) is kept in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from .. import search, urls
from ..archive.archive import Archive
from ..archive.model import Day, Placed
from ..incremental.plan import File, Target, fingerprint
from ..io.cache import Store
from ..render.labels import Labels
from ..text.plain import plain
from . import Document, Part

FOLDER = "search/"


def document(placed: Placed, names: Labels) -> Document:
    """A paper as the search index knows it."""
    paper = placed.paper
    return Document(
        id=paper.id,
        url=urls.paper(paper.id),
        date=placed.date.isoformat(),
        title=plain(paper.title),
        abstract=plain(paper.abstract),
        authors=paper.authors,
        topic=placed.topic,
        topic_name=names.topic(placed.topic).label,
        tags=paper.tags,
        tag_names=tuple(names.tag(tag).label for tag in paper.tags),
    )


class SearchIndex:
    """The index's groups. The newest month is the open one."""

    def __init__(self, archive: Archive, names: Labels, kept: Store, code: str) -> None:
        self._archive = archive
        self._names = names
        self._kept = kept
        self._common = {
            "code": code,
            "names": fingerprint(
                [(one.slug, one.name) for one in names.vocabulary.topics],
                [(one.slug, one.name) for one in names.vocabulary.tags],
            ),
        }
        self._open = archive.keys[-1:]
        self._closed = archive.keys[:-1]

    def is_open(self, key: str) -> bool:
        """Whether a month is still being filled."""
        return key in self._open

    def month(self, key: str) -> Iterator[Target]:
        """A month's cards: one unit once it is closed, a unit a day before."""
        for unit in self._units(key):
            yield Target(
                f"search cards {unit}",
                self._unit_parts(unit),
                partial(self._card_files, unit),
                weight=1 + self._count(unit) // 5,
            )

    def whole(self) -> Iterator[Target]:
        """The generations."""
        for name, keys in (("closed", self._closed), ("open", self._open)):
            if keys:
                yield Target(
                    f"search {name}",
                    self._generation_parts(keys),
                    partial(self._generation_files, name, keys),
                    weight=10 + sum(self._archive.months[key].count for key in keys) // 10,
                )

    def last(self) -> Iterator[Target]:
        """The manifest over all, which names the hashes of all other parts."""
        parts = self._generation_parts(self._archive.keys) | {"open": fingerprint(self._open)}
        yield Target("search manifest", parts, self._manifest)

    def _manifest(self) -> Iterator[File]:
        topics = {
            slug: self._names.topic(slug).label
            for slug in (topic.slug for topic in self._names.vocabulary.topics)
            if any(slug in self._archive.months[key].topics for key in self._archive.keys)
        }
        made = search.manifest(
            closed=self._generation_entry("closed", self._closed),
            opened=self._generation_entry("open", self._open),
            cards=[
                self._cards_entry(unit) for key in self._archive.keys for unit in self._units(key)
            ],
            topics=topics,
        )
        return _files(made)

    # Entries: from the cache, or from the part itself

    def _generation_entry(self, name: str, keys: Sequence[str]) -> str | None:
        if not keys:
            return None
        stamp = fingerprint(sorted(self._generation_parts(keys).items()))
        kept = self._kept.get(f"{name}.entry", stamp)
        return kept.decode() if kept is not None else self._generation(name, keys).entry

    def _generation_files(self, name: str, keys: Sequence[str]) -> Iterator[File]:
        return _files(self._generation(name, keys))

    def _generation(self, name: str, keys: Sequence[str]) -> Part:
        made = search.generation([self.statistics(key) for key in keys])
        stamp = fingerprint(sorted(self._generation_parts(keys).items()))
        self._kept.put(f"{name}.entry", stamp, made.entry.encode())
        return made

    def _cards_entry(self, unit: str) -> str:
        stamp = fingerprint(sorted(self._unit_parts(unit).items()))
        kept = self._kept.get(f"{unit}.cards", stamp)
        return kept.decode() if kept is not None else self._cards(unit).entry

    def _card_files(self, unit: str) -> Iterator[File]:
        self.statistics(unit[:7])  # while the month's texts are at hand
        return _files(self._cards(unit))

    def _cards(self, unit: str) -> Part:
        days = self._archive.month(unit[:7]).days
        chosen = [day for day in days if day.date.isoformat().startswith(unit)]
        made = search.cards(self._documents(chosen))
        stamp = fingerprint(sorted(self._unit_parts(unit).items()))
        self._kept.put(f"{unit}.cards", stamp, made.entry.encode())
        return made

    # Parts

    def _generation_parts(self, keys: Sequence[str]) -> dict[str, str]:
        return self._common | {
            "content": fingerprint([(key, self._archive.months[key].digest) for key in keys])
        }

    def statistics(self, key: str) -> bytes:
        """A month's search statistics (`search.digest_month`), from the cache where it can."""
        stamp = fingerprint(self._archive.months[key].digest, sorted(self._common.items()))
        kept = self._kept.get(f"{key}.statistics", stamp)
        if kept is None:
            days = self._archive.month(key).days
            kept = (
                search.digest_days(list(map(self._of_day, days)))
                if self.is_open(key)
                else search.digest_month(self._documents(days))
            )
            self._kept.put(f"{key}.statistics", stamp, kept)
        return kept

    def _of_day(self, day: Day) -> bytes:
        """A day's statistics: the open month's are made of these, as a new day adds but one."""
        stamp = fingerprint(day.digest, sorted(self._common.items()))
        name = f"{day.date}.statistics"
        kept = self._kept.get(name, stamp)
        if kept is None:
            kept = search.digest_month(self._documents([day]))
            self._kept.put(name, stamp, kept)
        return kept

    def _documents(self, days: Sequence[Day]) -> list[Document]:
        return [document(one, self._names) for day in days for one in day.papers]

    def _units(self, key: str) -> list[str]:
        """What a month's cards are cut into: "2025-08", or "2025-08-07" and so on."""
        if not self.is_open(key):
            return [key] if self._archive.months[key].count else []
        return [day.iso for day in self._archive.months[key].days if day.count]

    def _count(self, unit: str) -> int:
        days = self._archive.months[unit[:7]].days
        return sum(day.count for day in days if day.iso.startswith(unit))

    def _unit_parts(self, unit: str) -> dict[str, str]:
        key = unit[:7]
        summary = self._archive.months[key]
        if unit == key:
            return self._common | {"content": summary.digest}
        return self._common | {
            "content": next(day.digest for day in summary.days if day.iso == unit)
        }


def _files(part: Part) -> Iterator[File]:
    return (File(FOLDER + path, data) for path, data in part.files.items())
