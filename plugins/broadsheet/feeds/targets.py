"""The targets of feeds: which feeds there are, what is in each, and what each depends on.

A feed holds the newest papers of its source (see windows.py). The feed of all is an archived feed
(RFC 5005, section 4): older papers are in archive documents behind it (archive_documents.py), and
it holds all papers after the newest of these, and none of the document's. Archive documents have
leads only; abstracts are on the days' pages, and for programs in the exports beside them.

The targets of `current` are in the partition of the whole site, those of `month` in the month's
partition, whose fingerprint includes `month_parts`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

from .. import urls
from ..archive.archive import Archive
from ..archive.model import PublishedPaper
from ..archive.people import PaperLine
from ..content.redirects import Redirect, resolved
from ..incremental.plan import File, Target, fingerprint
from ..io.cache import Store
from ..io.settings import Settings
from ..render.assets import TOUCH_ICON
from ..render.labels import Labels
from . import FORMATS
from .archive_documents import ArchiveDocument, ArchiveDocuments, document_path
from .atom import atom
from .digests import day_item, newest_days, newest_weeks, week_item
from .item_source import ItemSource
from .items import brief
from .links import DAILY, TRENDING, WEEKLY, digest_title
from .model import EPOCH, Feed, Item
from .opml import FeedOutline, opml
from .source import ALL, FORMAT_OF_NAMES, FeedSource, newest_of, spans
from .windows import FeedWindows

NAMES_ITEMS = 30
"""The most papers in one of these."""
_FEED_OF = re.compile(r"(?:topics|tags|subscriptions)/[a-z0-9-]+/\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptions:
    """Settings of feeds: the address of a WebSub hub, and the digest's identity, which makes its
    GUIDs its own (see guids.py). Both may be unset."""

    hub: str | None = None
    identity: str = ""


class Feeds:
    """The targets of an archive's feeds."""

    def __init__(
        self,
        archive: Archive,
        names: Labels,
        settings: Settings,
        options: FeedOptions | None = None,
        code: str = "",
        subscriptions: Sequence[tuple[str, str]] = (),
        redirects: Sequence[Redirect] = (),
        kept: Store | None = None,
    ) -> None:
        """`subscriptions` (name, title) are listed in the OPML file. Where a topic, tag or
        subscription has moved (`redirects`), its feed is written to the old address too. `kept` is
        the store of the newest days' items."""
        self.name = settings.name
        self._options = options or FeedOptions()
        self._subscriptions = subscriptions
        self._moved = _moved(redirects)
        self._archive = archive
        self._labels = names
        self._settings = settings
        self._documents = ArchiveDocuments(archive, settings.feed_items)
        self._windows = FeedWindows(archive, names, settings.feed_items)
        vocabulary = names.vocabulary
        self._words = names.words
        self._common = {
            "code": code,
            "settings": fingerprint(
                settings.name, settings.tagline, settings.url, settings.timezone,
                settings.words.fingerprint(), settings.feed_items, settings.term_feeds,
                settings.leads, self._options,
            ),
            "names": fingerprint(
                [(one.slug, one.name, one.description) for one in vocabulary.topics],
                [(one.slug, one.name) for one in vocabulary.tags],
            ),
        }  # fmt: skip
        self._item_source = ItemSource(
            archive, names, settings, self._options.identity, kept, fingerprint(self._common)
        )
        self._site = self._item_source.site
        self.items = self._item_source.items
        """Returns papers as items."""
        self.items_of = self._item_source.items_of
        """Returns papers, by day and id, as items."""

    # Which feeds there are

    @property
    def sources(self) -> tuple[FeedSource, ...]:
        """All that has feeds: all papers, then each topic and each tag that has papers."""
        return self._windows.sources

    def title(self, source: FeedSource) -> str:
        """Return a feed's title in plain text."""
        if not source.slug:
            return self.name
        return f"{self.name}: {self._labels.term(source.kind, source.slug).label}"

    def _about(self, source: FeedSource) -> tuple[str, str]:
        """Return the address of a source's page, and its feed's description."""
        if not source.slug:
            return urls.HOME, self._settings.tagline or self._words.gettext(
                "All papers of %(site)s", site=self.name
            )
        link = self._labels.term(source.kind, source.slug)
        described = ""
        if source.kind == "topic":
            described = self._labels.vocabulary.topic_by_slug[source.slug].description
        return link.path, described or self._words.gettext("Papers on %(topic)s", topic=link.label)

    def old_names(self, name: str) -> list[str]:
        """Return the names that a feed had before its topic, tag or subscription moved."""
        return [old for old in self._moved.get(name, ()) if old not in self._live]

    @cached_property
    def _live(self) -> set[str]:
        return {source.name for source in self.sources} | {
            f"subscriptions/{name}" for name, _ in self._subscriptions
        }

    # Current feeds

    def current(self) -> Iterator[Target]:
        """Yield the targets of the feeds that readers subscribe to, newest month first: feeds that
        read the same month stand together."""
        windows = {source: self._windows.months(source) for source in self.sources}
        for source in sorted(windows, key=lambda source: windows[source], reverse=True):
            yield self._target(source, windows[source])
        yield self._daily()
        yield self._weekly()
        content = fingerprint(self.sources, self._subscriptions)
        yield Target("feeds/feeds.opml", {"content": content, **self._common}, self._opml)

    def _target(self, source: FeedSource, window: tuple[str, ...]) -> Target:
        behind = None
        if source.kind == ALL:
            behind = self._documents.behind(window, self._windows.least(source))
        parts = {
            "content": fingerprint([self._windows.count(source, key) for key in window]),
            "firsts": self.firsts(window),
            "moved": fingerprint(self.old_names(source.name)),
            "archive": behind.name if behind else "",
            **self._common,
        }
        render = partial(self._files, source, window, behind)
        return Target(f"feeds/{source.name}", parts, render, reads=window)

    def _files(
        self, source: FeedSource, window: tuple[str, ...], behind: ArchiveDocument | None
    ) -> Iterator[File]:
        placed = self._all(window, behind) if source.kind == ALL else self._newest(source, window)
        home, description = self._about(source)
        yield from self.formats(
            source.name, self.title(source), description, home, self.items(placed),
            previous=behind.name if behind else None, forms=self.forms(source),
        )  # fmt: skip

    def forms(self, source: FeedSource) -> tuple[str, ...]:
        """Return the formats of a source's feed."""
        return self._settings.term_feeds if source.slug else urls.FEEDS

    def _all(self, window: tuple[str, ...], behind: ArchiveDocument | None) -> list[PublishedPaper]:
        """Return the papers of some months that are after an archive document, newest first."""
        last = f"{behind.last}" if behind else ""
        return [
            placed
            for key in window
            if key >= last[:7]
            for placed in self._item_source.month(key).placed(FeedSource(ALL))
            if placed.date.isoformat() > last
        ]

    def _newest(self, source: FeedSource, window: tuple[str, ...]) -> list[PublishedPaper]:
        """Return the newest papers of a topic or a tag, newest first."""
        placed: list[PublishedPaper] = []
        least = self._windows.least(source)
        for key in window:
            placed.extend(self._item_source.month(key).placed(source))
            if len(placed) >= least and spans(placed[0].date, key):
                break
        return newest_of(placed, least, self._windows.most(source))

    def firsts(self, keys: Iterable[str]) -> str:
        """Return a fingerprint of the days that first published those papers of some months that
        were moved there since; "" where none were."""
        moved = [self._archive.firsts[key] for key in keys if key in self._archive.firsts]
        return fingerprint([sorted(days.items()) for days in moved]) if moved else ""

    def formats(
        self,
        name: str,
        title: str,
        description: str,
        home: str,
        items: Iterable[Item],
        *,
        previous: str | None = None,
        forms: Collection[str] = urls.FEEDS,
    ) -> Iterator[File]:
        """Yield a feed in some formats, at its address and at its old ones. `home` is an address
        within the site, `previous` the name of the newest archive document behind the feed."""
        listed = tuple(items)
        for form in forms:
            path = urls.feed(name, form)
            feed = replace(
                self._feed(name, title, description, home, path, listed),
                hub=self._options.hub,
                previous=self._site + document_path(previous) if previous else None,
            )
            data = FORMATS[form](feed)
            yield File(path, data)
            for old in self.old_names(name):
                yield File(urls.feed(old, form), data)

    def of_name(
        self,
        name: str,
        title: str,
        description: str,
        home: str,
        papers: Sequence[PaperLine],
    ) -> File:
        """Return the feed of an author or an organisation: of its papers, newest first. Its items
        are brief, so that no month is read for them."""
        items = [self._item_source.of_line(one) for one in papers[:NAMES_ITEMS]]
        path = urls.feed(name, FORMAT_OF_NAMES)
        feed = self._feed(name, title, description, home, path, items)
        return File(path, atom(replace(feed, hub=self._options.hub)))

    def _feed(
        self, name: str, title: str, description: str, home: str, path: str, items: Sequence[Item]
    ) -> Feed:
        return Feed(
            guid=self._item_source.guid("feed", name),
            title=title,
            description=description,
            home=self._site + home,
            address=self._site + path,
            language=self._words.content_language,
            author=self.name,
            items=tuple(items),
            updated=max((item.updated for item in items), default=EPOCH),
            icon=self._site + TOUCH_ICON,
        )

    def _daily(self) -> Target:
        days = newest_days(self._archive)
        content = fingerprint([(day, self._archive.days[day].fingerprint) for day in days])
        return Target(
            "feeds/daily", {"content": content, **self._common}, partial(self._daily_files, days)
        )

    def _daily_files(self, days: list[date]) -> Iterator[File]:
        return self.formats(
            DAILY,
            digest_title(DAILY, self.name, self._words),
            self._words.gettext("Each day of %(site)s as one item", site=self.name),
            urls.ARCHIVE,
            [day_item(day, self._labels, self._item_source) for day in days],
        )

    def _weekly(self) -> Target:
        weeks = newest_weeks(self._archive)
        content = fingerprint([(key, [(day, self._archive.days[day].fingerprint) for day in days])
                          for key, days in weeks])  # fmt: skip
        return Target(
            "feeds/weekly", {"content": content, **self._common}, partial(self._weekly_files, weeks)
        )

    def _weekly_files(self, weeks: list[tuple[str, list[date]]]) -> Iterator[File]:
        return self.formats(
            WEEKLY,
            digest_title(WEEKLY, self.name, self._words),
            self._words.gettext(
                "Each week of %(site)s as one item, once it is over", site=self.name
            ),
            urls.ARCHIVE,
            [week_item(key, days, self._labels, self._item_source) for key, days in weeks],
        )

    def _opml(self) -> list[File]:
        """Return the OPML file, a list of all feeds."""
        words = self._words
        headings = {"topic": words.gettext("Topics"), "tag": words.gettext("Tags")}
        rows = [
            (source.name, self.title(source), self._about(source)[0], headings.get(source.kind, ""))
            for source in self.sources
        ]
        form = {source.name: self.forms(source)[0] for source in self.sources}
        rows[1:1] = [
            *(
                [(TRENDING, digest_title(TRENDING, self.name, self._words), urls.TRENDING, "")]
                if self._archive.newest
                else []
            ),
            (DAILY, digest_title(DAILY, self.name, self._words), urls.ARCHIVE, ""),
            (WEEKLY, digest_title(WEEKLY, self.name, self._words), urls.ARCHIVE, ""),
        ]
        for name, title in self._subscriptions:
            path = f"subscriptions/{name}"
            rows.append((path, f"{self.name}: {title}", f"{path}/", words.gettext("Subscriptions")))
        outlines = [
            FeedOutline(
                title,
                self._site + urls.feed(name, form.get(name, "rss")),
                self._site + home,
                heading,
            )
            for name, title, home, heading in rows
        ]
        return [File("feeds/feeds.opml", opml(self.name, outlines))]

    # Archive documents

    def month_parts(self, key: str) -> Mapping[str, str]:
        """Return what a month's archive documents depend on besides the month's own content."""
        return {
            "older": self._documents.older(key),
            "closed": str(key != self._archive.keys[-1]),
            "firsts": self.firsts([key]),
            **self._common,
        }

    def month(self, key: str) -> Iterator[Target]:
        """Yield the target of a month's archive documents, those that no new day can change."""
        documents = self._documents.finished(key)
        if documents:
            parts = {
                "content": self._archive.months[key].fingerprint,
                "older": self._documents.older(key),
                "cuts": fingerprint(documents),
                "firsts": self.firsts([key]),
                **self._common,
            }
            yield Target(f"feeds/all/{key}", parts, partial(self._document_files, key, documents))

    def _document_files(self, key: str, documents: Sequence[ArchiveDocument]) -> Iterator[File]:
        source = FeedSource(ALL)
        month = self._item_source.month(key)
        home, description = self._about(source)
        older = self._documents.older(key)
        for document in documents:
            path = document_path(document.name)
            items = [
                brief(self._item_source.bare(placed), placed.paper, self._words)
                for placed in month.of_days(document.days)
            ]
            feed = replace(
                self._feed(source.name, self.title(source), description, home, path, items),
                previous=self._site + document_path(older) if older else None,
                current=self._site + urls.feed(source.name, "atom"),
            )
            yield File(path, atom(feed))
            older = document.name


def _moved(redirects: Sequence[Redirect]) -> dict[str, list[str]]:
    """Return the old names of feeds that moved, by their new names."""
    old_names: dict[str, list[str]] = {}
    for row in resolved(redirects):
        if _FEED_OF.match(row.old) and _FEED_OF.match(row.new):
            old_names.setdefault(row.new.rstrip("/"), []).append(row.old.rstrip("/"))
    return old_names
