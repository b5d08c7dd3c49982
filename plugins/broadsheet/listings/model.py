"""A parsed listing: the content of one captured page or answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..papers import ENRICHING, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingName:
    """What a listing's file name says: DATE.SOURCE[.CATEGORY][.TIME].EXT.

    `category` is such as "cs.LG" (it may hold a dot); `time` is when it was captured, UTC.
    A part that the name doesn't give is None.
    """

    date: date | None = None
    source: str | None = None
    category: str | None = None
    time: datetime | None = None

    @property
    def enriches(self) -> bool:
        """Whether the capture only tells more of papers that other listings list: its source ends
        with "-enrich" ("arxiv-enrich"). It publishes nothing, and its day is of no account."""
        return (self.source or "").endswith(ENRICHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What became of a column: the field that its values are kept in, None if it is not read.

    `field` is "" where the reader only looks at it. `count` is in how many records it says
    something, `example` the beginning of its first value.
    """

    name: str
    field: str | None
    count: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A paper that a listing names by id or address alone: nothing can be published of it before
    its fields are fetched. `arxiv` is an id without version, `url` a page of neither arXiv nor DOI.
    """

    line: int | None = None
    arxiv: str | None = None
    doi: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a listing says.

    `date` is the digest's day where the listing itself names it whole; `heading` is a month and
    day without a year, as (8, 7), with `heading_line` where it stands. `captured` is when
    the listing says that it was made. `empty` says why a valid listing has no entries
    ("weekend", "nothing announced"); None where it has some. `notices` are warnings for
    the curator ("line 12: ..."); those of what is lost are `Loss`es. `wanted` are papers without
    a title, to be fetched. `columns` is what became of each column, where the format has columns.
    """

    format: str  # the module that read it: "text", "huggingface_json", ...
    entries: tuple[Entry, ...]
    date: date | None = None
    heading: tuple[int, int] | None = None
    heading_line: int | None = None
    query: str | None = None  # of a search page
    period: str = "day"  # day, week or month
    captured: datetime | None = None
    empty: str | None = None
    notices: tuple[str, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    columns: tuple[Column, ...] = ()
