"""Feed items as records for the cache, so that a build need not make again what an earlier one
made. Pure. Moments are left out: they are computed from the paper."""

from __future__ import annotations

from datetime import date, tzinfo

import msgspec

from ..papers import Paper
from .items import begin, updated
from .model import Category, Item, Related


class ItemRecord(msgspec.Struct, frozen=True, array_like=True):
    """An `Item` without its moments."""

    guid: str
    link: str
    title: str
    html: str
    summary: str
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    links: tuple[Related, ...]


def packed(item: Item) -> ItemRecord:
    """Return an item as a record."""
    return ItemRecord(*(getattr(item, name) for name in ItemRecord.__struct_fields__))


def unpacked(record: ItemRecord, paper: Paper, day: date, zone: tzinfo) -> Item:
    """Return the item that `packed` made a record of: of this paper, first published on this
    day."""
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
        updated=updated(paper, published, zone),
    )
