"""What a feed is: values without behaviour, the same for every format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without items was last changed: formats want a moment, and no clock is asked."""

KEPT = 4096
"""How many written items each format keeps at hand: one paper stands in many feeds."""


@dataclass(frozen=True, slots=True)
class Category:
    """What an item is about: its slug, and what readers call it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Related:
    """A page that belongs to an item: its absolute address, and what it is ("arXiv", "Code")."""

    address: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A paper, or a whole day, in a feed.

    `guid` never changes (see `guid`). `link` is its page, absolute. `title` and `summary` are
    plain text; `html` is safe block HTML, to be shown as it is, "" where the summary has to do
    (in Atom only). `published` and `updated` know
    their time zone. Strings may hold anything: the formats leave out what they can't carry.
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
        # Equal items have equal names; a hash of everything, for each feed that a paper is in,
        # takes as long as writing the feed.
        return hash(self.guid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed in one format: `address` is where this very document is, absolute; `home` the page
    that it follows, absolute.

    `items` stand newest first. `hub` is a WebSub hub. Of a feed that goes on in older documents
    (RFC 5005, section 4), `previous` is the next older one. Such an older document names the
    feed that readers follow as `current`.
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
