"""The cache of papers' items: nearly all feeds hold papers of the newest months, and a new day's
build would make their items again.

Moments are not kept; they are computed from the paper. What is kept is judged: HTML is as
`render.markdown` makes it, links are web addresses, and the page and the GUID are the paper's own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from ..archive.archive import Archive
from ..archive.model import PublishedPaper
from ..archive.reader import NEWEST
from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..render.markdown import is_sanitised
from ..weburl import is_web_address
from .items import begin, updated
from .model import Category, Item, Related

Make = Callable[[PublishedPaper], Item]
"""Makes a paper's item."""


class ItemRecord(msgspec.Struct, frozen=True, array_like=True):
    """An item without its moments."""

    guid: str
    link: str
    title: str
    html: str
    summary: str
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    links: tuple[Related, ...]


class ItemCache:
    """Papers' items, from the store for the newest months' papers, else made by `make`.

    A day of these months is kept whole when one of its items is first asked for. `stamp` is a
    fingerprint of all that an item depends on besides its day's content; `identify` gives a
    paper's GUID and page.
    """

    def __init__(
        self,
        archive: Archive,
        store: Store | None,
        stamp: str,
        zone: ZoneInfo,
        make: Make,
        identify: Callable[[PublishedPaper], tuple[str, str]],
    ) -> None:
        self._archive = archive
        self._store = store
        self._stamp = stamp
        self._zone = zone
        self._make = make
        self._identify = identify
        self._newest = frozenset(archive.keys[-NEWEST:] if store else ())
        self._day = lru_cache(maxsize=None)(self._read_day)
        self._made: set[date] = set()  # days whose records this build made
        if store:
            for name in store.names():
                if name[:7] not in self._newest:
                    store.drop(name)

    def holds(self, placed: PublishedPaper) -> bool:
        """Return whether a paper's item is kept, or will be."""
        return placed.date.isoformat()[:7] in self._newest

    def item(self, placed: PublishedPaper) -> Item:
        """Return a paper as an item."""
        if not self.holds(placed):
            return self._make(placed)
        record = self._day(placed.date).get(placed.paper.id)
        if record is None:
            return self._make(placed)
        if placed.date not in self._made and not _fits(record, *self._identify(placed)):
            return self._make(placed)
        return unpacked(record, placed, self._archive.first(placed), self._zone)

    def _read_day(self, when: date) -> dict[str, ItemRecord]:
        """Return the records of a day's items by papers' ids."""
        assert self._store
        stamp = fingerprint(self._archive.days[when].fingerprint, self._stamp)
        name = when.isoformat()
        records = self._store.read(name, stamp, dict[str, ItemRecord])
        if records is None:
            day = self._archive.day(when)
            assert day
            records = {placed.paper.id: packed(self._make(placed)) for placed in day.papers}
            self._made.add(when)
            self._store.write(name, stamp, records)
        return records


def _fits(record: ItemRecord, guid: str, link: str) -> bool:
    """Return whether a record can be of the paper with this GUID and page, and all that it holds of
    what no program that shows feeds takes for text could have been made of content."""
    return (
        record.guid == guid
        and record.link == link
        and all(is_web_address(related.address) for related in record.links)
        and is_sanitised(record.html)
    )


def packed(item: Item) -> ItemRecord:
    """Return an item's record."""
    return ItemRecord(*(getattr(item, name) for name in ItemRecord.__struct_fields__))


def unpacked(record: ItemRecord, placed: PublishedPaper, day: date, zone: tzinfo) -> Item:
    """Return the item that `packed` recorded: of this paper, first published on this day."""
    published = begin(day, zone)
    return Item(
        guid=record.guid,
        link=record.link,
        title=record.title,
        html=record.html,
        summary=record.summary,
        authors=record.authors,
        categories=record.categories,
        links=record.links,
        published=published,
        updated=updated(placed.paper, published, zone, placed.listed),
    )
