"""The feeds of the site: which there are, what is in each, and on what each depends.

A feed holds the newest papers of its topic or tag (or of all), from its newest month and the one
before, so that a new day looks into two months however long the archive is. Older papers stand in
archived documents behind the feed of all (`feed_archive`), which never change; that feed holds all
papers after the newest document behind it, and none of the document's. Documents have leads only:
abstracts stand on the days' pages, and for programs in the files beside them.

The planner puts the groups of `current` into the section of the whole site, and those of `month`
into the month's, whose fingerprint holds `month_parts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

from .. import feeds, urls
from ..archive.archive import Archive
from ..archive.model import Placed
from ..content.redirects import Redirect, resolved
from ..incremental.plan import File, Target, fingerprint
from ..io.cache import Store
from ..io.settings import Settings
from ..render.labels import Labels
from ..render.views import Link
from . import Feed, Item, Outline
from .archive_documents import ArchiveDocument, ArchiveDocuments, archived
from .digests import day_item, newest_days, newest_weeks, week_item
from .source import ALL, FeedSource, ItemSource, month_before, newest_of, spans

DAILY, WEEKLY, TRENDING = "daily", "weekly", "trending"
_DIGESTS = {DAILY: "day by day", WEEKLY: "week by week", TRENDING: "trending"}
LABELS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
_LEAST = {"topic": 30, "tag": 3}  # papers in a feed, if there are; of tags there are hundreds
_MOST = {"topic": 100, "tag": 50}  # ... however many the last days brought
_FEED_OF = re.compile(r"(?:topics|tags|subscriptions)/[a-z0-9-]+/\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptions:
    """Settings that only feeds need: a WebSub hub's address, and the digest's identity, which makes
    its items' permanent names its own (both may be unset)."""

    hub: str | None = None
    identity: str = ""


def feed_links(name: str, title: str) -> tuple[Link, ...]:
    """The three formats of a feed ("all", "topics/vision", "daily" ...), for a page's head."""
    return tuple(
        Link(path=urls.feed(name, form), label=f"{title} ({label})", kind=form)
        for form, label in LABELS.items()
    )


def digest_title(name: str, site: str) -> str:
    """The title of the daily, the weekly or the trending feed of a site."""
    return f"{site}: {_DIGESTS[name]}"


def digest_links(name: str, site: str) -> tuple[Link, ...]:
    """The three formats of one of these feeds, for a page's head."""
    return feed_links(name, digest_title(name, site))


class Feeds:
    """The feeds of an archive."""

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
        """`subscriptions` are named in the list of all feeds, by name and title. Where a topic, tag
        or subscription has moved (`redirects`), its feed stands at the old address too. `kept` is
        where newest days' items are kept."""
        self.name = settings.name
        self._options = options or FeedOptions()
        self._subscriptions = subscriptions
        self._moved = _moved(redirects)
        self._archive = archive
        self._names = names
        self._settings = settings
        self._cuts = ArchiveDocuments(archive, settings.feed_items)
        vocabulary = names.vocabulary
        self._common = {
            "code": code,
            "settings": fingerprint(
                settings.name, settings.tagline, settings.url, settings.timezone,
                settings.language, settings.feed_items, self._options,
            ),
            "names": fingerprint(
                [(one.slug, one.name, one.description) for one in vocabulary.topics],
                [(one.slug, one.name) for one in vocabulary.tags],
            ),
        }  # fmt: skip
        self._stock = ItemSource(
            archive, names, settings, self._options.identity, kept, fingerprint(self._common)
        )
        self._site = self._stock.site
        self.items = self._stock.items
        """Papers as items."""
        self.items_of = self._stock.items_of
        """Papers, by day and id, as items."""

    # What there is

    @cached_property
    def sources(self) -> tuple[FeedSource, ...]:
        """All that has feeds: all, each topic and each tag that has papers."""
        topics: dict[str, None] = {}
        tags: set[str] = set()
        for summary in self._archive.months.values():
            topics.update(dict.fromkeys(summary.topics))
            tags.update(summary.tags)
        return (
            FeedSource(ALL),
            *(FeedSource("topic", one.slug) for one in self._names.vocabulary.topics
              if one.slug in topics),
            *(FeedSource("tag", slug) for slug in sorted(tags)),
        )  # fmt: skip

    def title(self, source: FeedSource) -> str:
        """A feed's title in plain text."""
        if not source.slug:
            return self.name
        return f"{self.name}: {self._names.term(source.kind, source.slug).label}"

    def _about(self, source: FeedSource) -> tuple[str, str]:
        """A source's page, and what its feed says of itself."""
        if not source.slug:
            return urls.HOME, self._settings.tagline or f"All papers of {self.name}"
        link = self._names.term(source.kind, source.slug)
        described = ""
        if source.kind == "topic":
            described = self._names.vocabulary.topic_by_slug[source.slug].description
        return link.path, described or f"Papers on {link.label}"

    def old_names(self, name: str) -> list[str]:
        """What a feed was called before its topic, tag or subscription moved."""
        return [old for old in self._moved.get(name, ()) if old not in self._live]

    @cached_property
    def _live(self) -> set[str]:
        return {source.name for source in self.sources} | {
            f"subscriptions/{one}" for one, _ in self._subscriptions
        }

    # How much of it

    def _count(self, source: FeedSource, key: str) -> tuple[int, str]:
        """A source's papers in a month: how many, and a hash of them."""
        summary = self._archive.months[key]
        if source.kind == ALL:
            return summary.count, summary.digest
        terms = summary.topics if source.kind == "topic" else summary.tags
        term = terms.get(source.slug)
        return (term.count, term.digest) if term else (0, "")

    def _most(self, source: FeedSource) -> int:
        """How many papers fill a feed."""
        items = self._settings.feed_items
        return min(items, _MOST.get(source.kind, items))

    def _least(self, source: FeedSource) -> int:
        """How many papers a feed holds at least, if there are."""
        return min(self._most(source), _LEAST.get(source.kind, self._most(source)))

    def _window(self, source: FeedSource) -> tuple[str, ...]:
        """The months that a feed looks into, newest first: the newest that has papers, and where
        those don't fill the feed the month before on the calendar."""
        newest = next((key for key in reversed(self._archive.keys) if self._count(source, key)[0]),
                      None)  # fmt: skip
        if newest is None:
            return ()
        before = month_before(newest)
        if self._count(source, newest)[0] >= self._most(source) or (
            before not in self._archive.months or not self._count(source, before)[0]
        ):
            return (newest,)
        return (newest, before)

    # Current feeds

    def current(self) -> Iterator[Target]:
        """The feeds that readers follow, those of one month together, newest month first."""
        windows = {source: self._window(source) for source in self.sources}
        for source in sorted(windows, key=lambda one: windows[one], reverse=True):
            yield self._group(source, windows[source])
        yield self._daily()
        yield self._weekly()
        content = fingerprint(self.sources, self._subscriptions)
        yield Target("feeds/feeds.opml", {"content": content, **self._common}, self._opml)

    def _group(self, source: FeedSource, window: tuple[str, ...]) -> Target:
        behind = self._cuts.behind(window, self._least(source)) if source.kind == ALL else None
        parts = {
            "content": fingerprint([self._count(source, key) for key in window]),
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
            previous=behind.name if behind else None,
        )  # fmt: skip

    def _all(self, window: tuple[str, ...], behind: ArchiveDocument | None) -> list[Placed]:
        """All papers of some months that stand after an archived document."""
        last = f"{behind.last}" if behind else ""
        return [
            one
            for key in window
            if key >= last[:7]
            for one in self._stock.month(key).placed(FeedSource(ALL))
            if one.date.isoformat() > last
        ]

    def _newest(self, source: FeedSource, window: tuple[str, ...]) -> list[Placed]:
        """The newest papers of a topic or a tag."""
        placed: list[Placed] = []
        least = self._least(source)
        for key in window:
            placed.extend(self._stock.month(key).placed(source))
            if len(placed) >= least and spans(placed[0].date, key):
                break
        return newest_of(placed, least, self._most(source))

    def firsts(self, keys: Iterable[str]) -> str:
        """A hash of when papers of some months were first published that were moved there since;
        "" where none were."""
        moved = [self._archive.firsts[key] for key in keys if key in self._archive.firsts]
        return fingerprint([sorted(one.items()) for one in moved]) if moved else ""

    def formats(
        self,
        name: str,
        title: str,
        description: str,
        home: str,
        items: Iterable[Item],
        *,
        previous: str | None = None,
    ) -> Iterator[File]:
        """A feed in each format. `home` is an address within the site, `previous` the name of the
        newest archived document behind it."""
        listed = tuple(items)
        for form, write in feeds.FORMATS.items():
            path = urls.feed(name, form)
            made = replace(
                self._feed(name, title, description, home, path, listed),
                hub=self._options.hub,
                previous=self._site + archived(previous) if previous else None,
            )
            data = write(made)
            yield File(path, data)
            for old in self.old_names(name):
                yield File(urls.feed(old, form), data)

    def _feed(
        self, name: str, title: str, description: str, home: str, path: str, items: Sequence[Item]
    ) -> Feed:
        return Feed(
            guid=self._stock.guid("feed", name),
            title=title,
            description=description,
            home=self._site + home,
            address=self._site + path,
            language=self._settings.language,
            author=self.name,
            items=tuple(items),
            updated=max((one.updated for one in items), default=feeds.EPOCH),
        )

    def _daily(self) -> Target:
        days = newest_days(self._archive)
        content = fingerprint([(day, self._archive.days[day].digest) for day in days])
        return Target(
            "feeds/daily", {"content": content, **self._common}, partial(self._daily_files, days)
        )

    def _daily_files(self, days: list[date]) -> Iterator[File]:
        return self.formats(
            DAILY,
            digest_title(DAILY, self.name),
            f"Each day of {self.name} as one item",
            urls.ARCHIVE,
            [day_item(day, self._names, self._stock) for day in days],
        )

    def _weekly(self) -> Target:
        weeks = newest_weeks(self._archive)
        content = fingerprint([(key, [(day, self._archive.days[day].digest) for day in days])
                          for key, days in weeks])  # fmt: skip
        return Target(
            "feeds/weekly", {"content": content, **self._common}, partial(self._weekly_files, weeks)
        )

    def _weekly_files(self, weeks: list[tuple[str, list[date]]]) -> Iterator[File]:
        return self.formats(
            WEEKLY,
            digest_title(WEEKLY, self.name),
            f"Each week of {self.name} as one item, once it is over",
            urls.ARCHIVE,
            [week_item(key, days, self._names, self._stock) for key, days in weeks],
        )

    def _opml(self) -> list[File]:
        """The list of all feeds."""
        headings = {"topic": "Topics", "tag": "Tags"}
        rows = [(one.name, self.title(one), self._about(one)[0], headings.get(one.kind, ""))
                for one in self.sources]  # fmt: skip
        rows[1:1] = [
            *(
                [(TRENDING, digest_title(TRENDING, self.name), urls.TRENDING, "")]
                if self._archive.newest
                else []
            ),
            (DAILY, digest_title(DAILY, self.name), urls.ARCHIVE, ""),
            (WEEKLY, digest_title(WEEKLY, self.name), urls.ARCHIVE, ""),
        ]
        for name, title in self._subscriptions:
            path = f"subscriptions/{name}"
            rows.append((path, f"{self.name}: {title}", f"{path}/", "Subscriptions"))
        outlines = [
            Outline(title, self._site + urls.feed(name, "rss"), self._site + home, heading)
            for name, title, home, heading in rows
        ]
        return [File("feeds/feeds.opml", feeds.opml(self.name, outlines))]

    # Archived documents

    def month_parts(self, key: str) -> Mapping[str, str]:
        """What a month's archived documents depend on, beside the month's own content."""
        return {
            "older": self._cuts.older(key),
            "closed": str(key != self._archive.keys[-1]),
            "firsts": self.firsts([key]),
            **self._common,
        }

    def month(self, key: str) -> Iterator[Target]:
        """A month's archived documents; of the newest month only those that are finished."""
        cuts = self._cuts.finished(key)
        if cuts:
            parts = {
                "content": self._archive.months[key].digest,
                "older": self._cuts.older(key),
                "cuts": fingerprint(cuts),
                "firsts": self.firsts([key]),
                **self._common,
            }
            yield Target(f"feeds/all/{key}", parts, partial(self._documents, key, cuts))

    def _documents(self, key: str, cuts: Sequence[ArchiveDocument]) -> Iterator[File]:
        source = FeedSource(ALL)
        month = self._stock.month(key)
        home, description = self._about(source)
        older = self._cuts.older(key)
        for cut in cuts:
            path = archived(cut.name)
            items = [
                feeds.brief(self._stock.bare(one), one.paper) for one in month.of_days(cut.days)
            ]
            made = replace(
                self._feed(source.name, self.title(source), description, home, path, items),
                previous=self._site + archived(older) if older else None,
                current=self._site + urls.feed(source.name, "atom"),
            )
            yield File(path, feeds.atom(made))
            older = cut.name


def _moved(redirects: Sequence[Redirect]) -> dict[str, list[str]]:
    """The old names of feeds by their new ones."""
    found: dict[str, list[str]] = {}
    for row in resolved(redirects):
        if _FEED_OF.match(row.old) and _FEED_OF.match(row.new):
            found.setdefault(row.new.rstrip("/"), []).append(row.old.rstrip("/"))
    return found
