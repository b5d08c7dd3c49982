"""The cache of papers' items: nearly all feeds hold papers of the newest months, and a new day's
build would make their items again.

Moments are not kept; they are computed from the paper.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from ..archive.archive import Archive
from ..archive.model import Placed
from ..archive.reader import NEWEST
from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..papers import Paper
from .items import begin, updated
from .model import Category, Item, Related

Make = Callable[[Placed], Item]
"""Makes a paper's item."""


class ItemCache:
    """Papers' items, from the store for the newest months' papers, else made by `make`.

    A day of these months is kept whole when one of its items is first asked for. `stamp` is a
    fingerprint of all that an item depends on besides its day's content.
    """

    def __init__(
        self, archive: Archive, store: Store | None, stamp: str, zone: ZoneInfo, make: Make
    ) -> None:
        self._archive = archive
        self._store = store
        self._stamp = stamp
        self._zone = zone
        self._make = make
        self._newest = frozenset(archive.keys[-NEWEST:] if store else ())
        self._day = lru_cache(maxsize=None)(self._read_day)
        if store:
            for name in store.names():
                if name[:7] not in self._newest:
                    store.drop(name)

    def holds(self, placed: Placed) -> bool:
        """Return whether a paper's item is kept, or will be."""
        return f"{placed.date:%Y-%m}" in self._newest

    def item(self, placed: Placed) -> Item:
        """Return a paper as an item."""
        if not self.holds(placed):
            return self._make(placed)
        line = self._day(placed.date)[placed.paper.id]
        return unpacked(line, placed.paper, self._archive.first(placed), self._zone)

    def _read_day(self, when: date) -> dict[str, str]:
        """Return a day's packed items by papers' ids."""
        assert self._store
        stamp = fingerprint(self._archive.days[when].digest, self._stamp)
        name = when.isoformat()
        data = self._store.get(name, stamp)
        if data is None:
            day = self._archive.day(when)
            assert day
            rows = {placed.paper.id: packed(self._make(placed)) for placed in day.papers}
            self._store.put(name, stamp, _joined(rows.items()))
            return rows
        return dict(_split(data))


def packed(item: Item) -> str:
    """Return an item, without its moments, as one line of JSON."""
    data = (
        item.guid,
        item.link,
        item.title,
        item.html,
        item.summary,
        item.authors,
        [(category.slug, category.name) for category in item.categories],
        [(link.address, link.label) for link in item.links],
    )
    return json.dumps(data, separators=(",", ":"))


def unpacked(line: str, paper: Paper, day: date, zone: tzinfo) -> Item:
    """Return the item that `packed` packed: of this paper, first published on this day."""
    guid, link, title, html, summary, authors, categories, links = json.loads(line)
    published = begin(day, zone)
    return Item(
        guid=guid,
        link=link,
        title=title,
        html=html,
        summary=summary,
        authors=tuple(authors),
        categories=tuple(Category(*fields) for fields in categories),
        links=tuple(Related(*fields) for fields in links),
        published=published,
        updated=updated(paper, published, zone),
    )


def _joined(rows: Iterable[tuple[str, str]]) -> bytes:
    return "\n".join(f"{key}\t{line}" for key, line in rows).encode()


def _split(data: bytes) -> Iterable[tuple[str, str]]:
    for row in data.decode().split("\n") if data else ():
        key, _, line = row.partition("\t")
        yield key, line
