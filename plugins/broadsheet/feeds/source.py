"""The papers of feeds: as items, by what a feed is of, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .. import feeds, tex, urls
from ..archive.archive import Archive
from ..archive.model import Day, Placed
from ..io.cache import Store
from ..io.settings import Settings
from ..render import markdown
from ..render.labels import Labels
from ..render.papers import links
from ..text.plain import lead_of, plain
from . import Category, Headline, Item, Related
from .item_cache import ItemCache

ALL = "all"
LOCAL = "http://localhost:8000"
"""Where `broadsheet serve` shows a site that has no SITEURL: feeds must name whole addresses."""

SHORT_DAYS = 5  # of which a topic's or a tag's feed has all papers, up to its most
KEPT = 16384  # items at hand, about 3 kB each
_IN_ITEMS = ("arxiv", "doi", "paper", "code", "project")


class FeedSource(NamedTuple):
    """What a feed is of: all papers ("all", ""), a topic or a tag. A tuple, since it is a key for
    each tag of each paper."""

    kind: str
    slug: str = ""

    @property
    def name(self) -> str:
        """Its feeds' address below feeds/, without what names the format."""
        return f"{self.kind}s/{self.slug}" if self.slug else self.kind


def html_of(text: str) -> str:
    """Markdown as HTML for feed readers, which show no MathML: maths is Unicode."""
    if "$" not in text:  # the very one that pages have
        return str(markdown.abstract(text))
    return str(markdown.abstract(text, _unicode))


def _unicode(source: str, display: bool) -> str:
    return escape(tex.unicode(source), quote=False)


class FeedMonth:
    """A month's papers by what they are of."""

    def __init__(self, days: Iterable[Day]) -> None:
        self.days = {day.date: day for day in days}
        self._by: dict[FeedSource, list[Placed]] = {}
        for day in reversed(self.days.values()):
            for one in day.papers:
                self._by.setdefault(FeedSource(ALL), []).append(one)
                self._by.setdefault(FeedSource("topic", one.topic), []).append(one)
                for slug in dict.fromkeys(one.paper.tags):
                    self._by.setdefault(FeedSource("tag", slug), []).append(one)
        self.by_id = {one.paper.id: one for one in self._by.get(FeedSource(ALL), ())}

    def placed(self, source: FeedSource) -> list[Placed]:
        """The papers of a source, newest first."""
        return self._by.get(source, [])

    def of_days(self, days: Iterable[date]) -> list[Placed]:
        """All papers of some days, newest first."""
        wanted = set(days)
        return [one for one in self.placed(FeedSource(ALL)) if one.date in wanted]


class ItemSource:
    """All papers as items, made when they are asked for.

    An item outlives its month: an old paper may be among the newest of a rare tag.
    """

    def __init__(
        self,
        archive: Archive,
        names: Labels,
        settings: Settings,
        identity: str,
        kept: Store | None = None,
        stamp: str = "",
    ) -> None:
        """`kept` is where the newest days' items are kept, `stamp` of what they depend on."""
        self.site = f"{settings.url or LOCAL}/"
        self.zone = ZoneInfo(settings.timezone)
        self.identity = identity
        self.month = lru_cache(maxsize=3)(lambda key: FeedMonth(archive.month(key).days))
        """A month ("2025-08") by sources."""
        self._archive = archive
        self._names = names
        self._made: dict[str, Item] = {}
        self._shelf = ItemCache(
            archive, kept, stamp, self.zone, lambda placed: self._new(placed, self._html)
        )

    def guid(self, kind: str, key: str) -> str:
        """A permanent name."""
        return feeds.guid(kind, key, self.identity)

    def item(self, placed: Placed) -> Item:
        """A paper as an item."""
        found = self._made.get(placed.paper.id)
        if found is None:
            if len(self._made) >= KEPT:
                self._made.clear()
            found = self._made[placed.paper.id] = self._shelf.item(placed)
        return found

    def bare(self, placed: Placed) -> Item:
        """A paper as an item of which only the lead is shown: its HTML may be missing."""
        if placed.paper.id in self._made or self._shelf.holds(placed):
            return self.item(placed)
        return self._new(placed, lambda _: "")

    def headline(self, placed: Placed, *, lead: bool = True) -> Headline:
        """A paper as a day's item lists it, with or without its lead."""
        paper = placed.paper
        return feeds.headline(
            paper,
            date=placed.date,
            zone=self.zone,
            link=self.site + urls.paper(paper.id),
            title=plain(paper.title),
            summary=lead_of(paper.abstract) if lead else "",
        )

    def day(self, when: date) -> Day:
        """A day that has papers."""
        found = self._archive.day(when)
        assert found is not None
        return found

    def items(self, placed: Iterable[Placed]) -> list[Item]:
        """Papers as items."""
        return list(map(self.item, placed))

    def items_of(self, papers: Iterable[tuple[date, str]]) -> list[Item]:
        """Papers, by day and id, as items."""
        return [self.item(self.month(f"{day:%Y-%m}").by_id[key]) for day, key in papers]

    def _html(self, text: str) -> str:
        """HTML whose links within the site are whole addresses."""
        return markdown.rooted(html_of(text), self.site)

    def _new(self, placed: Placed, html: Callable[[str], str]) -> Item:
        paper = placed.paper
        title = plain(paper.title)
        topic = self._names.topic(placed.topic)
        return feeds.item(
            paper,
            date=self._archive.first(placed),
            zone=self.zone,
            link=self.site + urls.paper(paper.id),
            title=title,
            html=html,
            summary=lead_of(paper.abstract),
            topic=Category(topic.kind, topic.label),
            tags=[Category(slug, self._names.tag(slug).label) for slug in paper.tags],
            links=[
                Related(one.path, one.label) for one in links(paper, title) if one.kind in _IN_ITEMS
            ],
            identity=self.identity,
        )


def newest_of(
    placed: Sequence[Placed], least: int, most: int, days: int = SHORT_DAYS
) -> list[Placed]:
    """Of papers, newest first, those that a short feed holds: `least` of them, or as many as the
    last `days` up to the newest hold, but `most` at most. What day it is plays no part, so that the
    feed changes with its papers only."""
    if not placed:
        return []
    first = placed[0].date - timedelta(days - 1)
    recent = sum(one.date >= first for one in placed)
    return list(placed[: min(max(least, recent), max(most, least))])


def spans(newest: date, key: str) -> bool:
    """Whether a month holds all the days that a short feed looks back from its newest paper."""
    return f"{newest - timedelta(SHORT_DAYS - 1):%Y-%m}" >= key


def month_before(key: str) -> str:
    """The month before "2025-08" on the calendar."""
    first = date.fromisoformat(f"{key}-01")
    return f"{first - timedelta(1):%Y-%m}"
