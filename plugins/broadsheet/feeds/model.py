"""`Feed` and `Item`: values without behaviour, the same for every format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without items was updated: formats require a moment, and a build reads no clock."""

MEMO_SIZE = 4096
"""The most formatted items that each format keeps in memory: one paper is in many feeds."""


@dataclass(frozen=True, slots=True)
class Category:
    """A topic or tag of an item: its slug and its label."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Related:
    """A page that belongs to an item: its absolute address and a label ("arXiv", "Code")."""

    address: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A paper, or a whole day or week, in a feed.

    `guid` never changes (see guids.py). `link` is the item's page, absolute. `title` and `summary`
    are plain text; `html` is safe block HTML, shown as it is; where it is "", Atom shows the
    summary alone. `published` and `updated` have a time zone. Strings may hold any character:
    formats drop those that they can't represent.
    """

    guid: str
    link: str
    title: str
    html: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    links: tuple[Related, ...] = ()
    published: datetime
    updated: datetime

    def __hash__(self) -> int:
        # Equal items have equal GUIDs; a hash of all fields, for each feed that a paper is in,
        # takes as long as formatting the item.
        return hash(self.guid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A document of a feed in one format.

    `address` is the document's own, `home` that of the page it is of; both absolute. `items` are
    newest first. `hub` is a WebSub hub, `icon` the address of a square picture. Of an archived feed
    (RFC 5005, section 4), `previous` is the address of the next older archive document; in an
    archive document, `current` is the address of the feed that readers subscribe to.
    """

    guid: str
    title: str
    description: str
    home: str
    address: str
    language: str
    author: str
    items: tuple[Item, ...]
    updated: datetime = EPOCH
    hub: str | None = None
    previous: str | None = None
    current: str | None = None
    icon: str | None = None
