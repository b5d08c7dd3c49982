"""Papers' items as plain data and back, so that a build need not make again what an earlier one
made. Pure; moments are not kept, they are made of the paper once more.
"""

from __future__ import annotations

import json
from datetime import date, tzinfo

from ..papers import Paper
from .items import begin, updated
from .model import Category, Item, Related


def packed(item: Item) -> str:
    """A paper's item as one line."""
    data = (
        item.guid,
        item.link,
        item.title,
        item.html,
        item.summary,
        item.authors,
        [(one.slug, one.name) for one in item.categories],
        [(one.address, one.label) for one in item.links],
    )
    return json.dumps(data, separators=(",", ":"))


def unpacked(line: str, paper: Paper, day: date, zone: tzinfo) -> Item:
    """The item that `packed` packed: of this paper, first published on this day."""
    guid, link, title, html, summary, authors, categories, links = json.loads(line)
    published = begin(day, zone)
    return Item(
        guid=guid,
        link=link,
        title=title,
        html=html,
        summary=summary,
        authors=tuple(authors),
        categories=tuple(Category(*one) for one in categories),
        links=tuple(Related(*one) for one in links),
        published=published,
        updated=updated(paper, published, zone),
    )
