"""Feeds: lists of papers, or of whole days and weeks, in the formats that feed readers know.

Owns the formats (RSS, Atom, JSON Feed, OPML), items and their cache, archive documents and the
targets of all of them; what is exported here is pure. May import render, archive and what lies
below. docs/feeds.md says what readers may rely on.
"""

from .atom import atom
from .guids import guid
from .items import Headline, begin, brief, day_item, headline, item
from .json_feed import json_feed
from .model import EPOCH, Category, Feed, Item, Related
from .opml import FeedOutline, opml
from .rss import rss

__all__ = [
    "EPOCH",
    "FORMATS",
    "Category",
    "Feed",
    "FeedOutline",
    "Headline",
    "Item",
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
    "rss",
]

FORMATS = {"rss": rss, "atom": atom, "json": json_feed}
"""The function that writes each format, by the format's name in a feed's address."""
