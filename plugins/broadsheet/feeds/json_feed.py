"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from functools import lru_cache

from .model import KEPT, Feed, Item
from .text import clean, line, rfc3339


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1. A hub is named as JSON Feed names them; of archived documents the
    format knows nothing, so they aren't named."""
    head: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": line(feed.title),
        "home_page_url": clean(feed.home),
        "feed_url": clean(feed.address),
        "description": line(feed.description),
        "language": clean(feed.language),
        "authors": [{"name": line(feed.author)}],
    }
    if feed.hub:
        head["hubs"] = [{"type": "WebSub", "url": clean(feed.hub)}]
    start = json.dumps(head, ensure_ascii=False)[:-1]
    items = ",\n".join(map(_item, feed.items))
    return f'{start}, "items": [\n{items}\n]}}\n'.encode()


@lru_cache(maxsize=KEPT)
def _item(item: Item) -> str:
    made: dict[str, object] = {
        "id": clean(item.guid),
        "url": clean(item.link),
        "title": line(item.title),
        "content_html": clean(item.html),
        "date_published": rfc3339(item.published),
        "date_modified": rfc3339(item.updated),
    }
    if item.links:
        made["external_url"] = clean(item.links[0].address)
    if item.summary:
        made["summary"] = clean(item.summary)
    if item.authors:
        made["authors"] = [{"name": line(name)} for name in item.authors]
    if item.categories:
        made["tags"] = [line(one.name) for one in item.categories]
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))
