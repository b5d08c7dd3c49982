"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with a WebSub hub."""

from __future__ import annotations

import json
from functools import lru_cache

from ..json_text import compact
from .model import MEMO_SIZE, Feed, Item
from .text import clean, line, rfc3339


def json_feed(feed: Feed) -> bytes:
    """Return a feed as JSON Feed 1.1. Archive documents are left out: the format has no place for
    them."""
    head: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": line(feed.title),
        "home_page_url": clean(feed.home),
        "feed_url": clean(feed.address),
        "description": line(feed.description),
        "language": clean(feed.language),
        "authors": [{"name": line(feed.author)}],
    }
    if feed.icon:
        head["icon"] = clean(feed.icon)
    if feed.hub:
        head["hubs"] = [{"type": "WebSub", "url": clean(feed.hub)}]
    start = json.dumps(head, ensure_ascii=False)[:-1]
    items = ",\n".join(map(_item, feed.items))
    return f'{start}, "items": [\n{items}\n]}}\n'.encode()


@lru_cache(maxsize=MEMO_SIZE)
def _item(item: Item) -> str:
    """Return an item as a JSON object."""
    fields: dict[str, object] = {
        "id": clean(item.guid),
        "url": clean(item.link),
        "title": line(item.title),
        "content_html": clean(item.html),
        "date_published": rfc3339(item.published),
        "date_modified": rfc3339(item.updated),
    }
    if item.links:
        fields["external_url"] = clean(item.links[0].address)
    if item.summary:
        fields["summary"] = clean(item.summary)
    if item.authors:
        fields["authors"] = [{"name": line(name)} for name in item.authors]
    if item.categories:
        fields["tags"] = [line(category.name) for category in item.categories]
    return compact(fields).decode()
