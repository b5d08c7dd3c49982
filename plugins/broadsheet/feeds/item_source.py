"""The papers of an archive as items of feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from html import escape
from zoneinfo import ZoneInfo

from .. import tex, urls
from ..archive.archive import Archive
from ..archive.model import Day, PublishedPaper
from ..archive.people import PaperLine
from ..io.cache import Store
from ..io.settings import Settings
from ..render import markdown
from ..render.labels import Labels
from ..render.machine_summaries import machine_summary
from ..render.papers import own_links
from ..render.views import MachineSummaryView
from ..text.names import authors_short
from ..text.plain import plain
from . import items
from .guids import guid
from .item_cache import ItemCache
from .items import Headline
from .model import Category, Item, Related
from .source import FeedMonth

LOCAL = "http://localhost:8000"
"""The address of a site without SITEURL, where `broadsheet serve` shows it: feeds need absolute
addresses."""

_IN_MEMORY = 8192
"""The most items in memory, of about 3 kB each."""

_IN_ITEMS = ("arxiv", "doi", "paper", "code", "project")
"""The kinds of a paper's links that its item has."""


def html_of(text: str) -> str:
    """Return Markdown as HTML for feed readers, which show no MathML: maths becomes Unicode."""
    if "$" not in text:  # the HTML that pages have, from its memo
        return str(markdown.abstract(text))
    return str(markdown.abstract(text, _unicode))


def _unicode(source: str, display: bool) -> str:
    return escape(tex.unicode(source), quote=False)


def _said(summary: MachineSummaryView | None) -> str:
    """Return what a model wrote of a paper as HTML, named as the model's."""
    if summary is None:
        return ""
    text = escape(summary.text, quote=False)
    points = "".join(f"<li>{escape(point, quote=False)}</li>" for point in summary.points)
    heading, by = escape(summary.heading, quote=False), escape(summary.by, quote=False)
    said = f"<ul>{points}</ul>" if points else f"<p>{text}</p>"
    return f"<blockquote><p><strong>{heading}</strong> ({by})</p>\n{said}</blockquote>"


class ItemSource:
    """All papers as items, made when they are asked for.

    Items are held longer than months: an old paper may be among the newest of a rare tag. `kept` is
    the store of the newest days' items, `stamp` a fingerprint of what they depend on.
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
        self.site = f"{settings.url or LOCAL}/"
        self.zone = ZoneInfo(settings.timezone)
        self.identity = identity
        self.month = lru_cache(maxsize=3)(lambda key: FeedMonth(archive.month(key).days))
        """A month ("2025-08") by feed sources."""
        self._archive = archive
        self._labels = names
        self._items: dict[str, Item] = {}
        self._cache = ItemCache(
            archive,
            kept,
            stamp,
            self.zone,
            lambda placed: self._make(placed, self._html),
            lambda placed: (self.guid("paper", placed.paper.id), self._page(placed.paper.id)),
        )

    def guid(self, kind: str, key: str) -> str:
        """Return a GUID; see guids.py."""
        return guid(kind, key, self.identity)

    def item(self, placed: PublishedPaper) -> Item:
        """Return a paper as an item."""
        item = self._items.get(placed.paper.id)
        if item is None:
            if len(self._items) >= _IN_MEMORY:
                self._items.clear()
            item = self._items[placed.paper.id] = self._cache.item(placed)
        return item

    def bare(self, placed: PublishedPaper) -> Item:
        """Return a paper as an item whose HTML may be missing, for `brief` ones."""
        if placed.paper.id in self._items or self._cache.holds(placed):
            return self.item(placed)
        return self._make(placed, lambda _: "")

    def headline(self, placed: PublishedPaper, *, lead: bool = True) -> Headline:
        """Return a paper's headline for a day's or week's item, with or without its lead."""
        paper = placed.paper
        return items.headline(
            paper,
            date=placed.date,
            zone=self.zone,
            words=self._labels.words,
            link=self._page(paper.id),
            title=plain(paper.title),
            summary=str(self._labels.lead(paper)) if lead else "",
            listed=placed.listed,
        )

    def of_line(self, line: PaperLine) -> Item:
        """Return a paper as a brief item, by its line."""
        words = self._labels.words
        first = self._archive.firsts.get(line.iso[:7], {}).get(line.id)
        day = first or date.fromisoformat(line.iso)
        topic = self._labels.topic(line.topic)
        authors = authors_short(line.authors, line.author_count, words)
        return items.of_line(
            line,
            date=day,
            zone=self.zone,
            link=self._page(line.id),
            title=plain(line.title),
            summary=" · ".join(filter(None, (authors, topic.label))),
            topic=Category(topic.kind, topic.label),
            identity=self.identity,
        )

    def day(self, when: date) -> Day:
        """Return a day that has papers."""
        day = self._archive.day(when)
        assert day is not None
        return day

    def items(self, placed: Iterable[PublishedPaper]) -> list[Item]:
        """Return papers as items."""
        return list(map(self.item, placed))

    def items_of(self, papers: Iterable[tuple[date, str]]) -> list[Item]:
        """Return papers, by day and id, as items."""
        return [self.item(self.month(f"{day:%Y-%m}").by_id[key]) for day, key in papers]

    def _html(self, text: str) -> str:
        """Return HTML whose links within the site are absolute addresses."""
        return markdown.rooted(html_of(text), self.site)

    def _page(self, key: str) -> str:
        """Return the absolute address of a paper's page."""
        return self.site + urls.paper(key)

    def _make(self, placed: PublishedPaper, html: Callable[[str], str]) -> Item:
        paper = placed.paper
        title = plain(paper.title)
        topic = self._labels.topic(placed.topic)
        return items.item(
            paper,
            date=self._archive.first(placed),
            zone=self.zone,
            words=self._labels.words,
            link=self._page(paper.id),
            title=title,
            html=html,
            summary=str(self._labels.lead(paper)),
            topic=Category(topic.kind, topic.label),
            said=_said(machine_summary(paper, self._labels.words)),
            tags=[Category(slug, self._labels.tag(slug).label) for slug in paper.tags],
            links=[
                Related(link.path, link.label)
                for link in own_links(paper, self._labels.words)
                if link.kind in _IN_ITEMS
            ],
            listed=placed.listed,
            identity=self.identity,
        )
