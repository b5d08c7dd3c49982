"""Feeds: a list of papers, or of digests, in the formats that feed readers know.

Pure: a `Feed` in, bytes out, always the same for the same feed. `item` makes a feed's item of a
paper, `guid` names it for good. docs/feeds.md tells what readers may rely on.
"""

from .atom import atom
from .guids import guid
from .items import Headline, begin, brief, day_item, headline, item
from .json_feed import json_feed
from .keeping import ItemRecord, packed, unpacked
from .model import EPOCH, Category, Feed, Item, Related
from .opml import Outline, opml
from .rss import rss

__all__ = [
    "EPOCH",
    "FORMATS",
    "Category",
    "Feed",
    "Headline",
    "Item",
    "ItemRecord",
    "Outline",
    "Related",
    "atom",
    "begin",
    "brief",
    "day_item",
    "guid",
    "headline",
    "item",
    "json_feed",
    "opml",
    "packed",
    "rss",
    "unpacked",
]

FORMATS = {"rss": rss, "atom": atom, "json": json_feed}
"""The writers by the name of their format, as it stands in a feed's address."""
