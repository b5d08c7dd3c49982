"""The feeds of the site: which there are, what is in each, and on what each depends.

A feed holds the newest papers of its topic or tag (or of all), from its newest month and the one
before, so that a new day looks into two months however long the archive is. Older papers of all
and of each topic stand in archived documents (RFC 5005) behind it, cut by the calendar, so that
they never change: see `cuts`. Abstracts stand in the archive of all papers; the topics' have leads
only, since hundreds of feeds with everything would outweigh the pages.

The planner puts the groups of `current` into the section of the whole site, and those of `month`
into the month's, whose fingerprint holds `month_parts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from html import escape
from itertools import groupby
from zoneinfo import ZoneInfo

from .. import feeds, tex
from ..feeds import Category, Feed, Item, Outline, Related
from ..papers import Paper
from ..redirects import Redirect, resolved
from . import dates, markdown, urls
from .archive import Archive, Day, Placed
from .plan import File, Group, digest
from .settings import Settings
from .show.papers import Names, links
from .views import Link
from .wording import lead_of, plain

ALL, DAILY, WEEKLY, TRENDING = "all", "daily", "weekly", "trending"
LABELS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
LOCAL = "http://localhost:8000"
"""Where `broadsheet serve` shows a site that has no SITEURL: feeds must name whole addresses."""

SHORT_FEED = 15  # papers in a tag's or a subscription's feed, of which there are hundreds
SHORT_DAYS = 3  # ... but at least those of so many days, up to a whole feed
TOPIC_FEED = 50  # papers in a topic's feed, or in an archived document of one
DAYS = 14  # in the daily feed
LEADS = 60  # papers of a day that are listed with their leads; of longer days the titles do
WEEKS = 8  # in the weekly feed
WEEK_TOPIC = 10  # papers of a topic in a week's item, the most voted
KEPT = 16384  # items at hand, about 3 kB each
_IN_ITEMS = ("arxiv", "doi", "paper", "code", "project")
_FEED_OF = re.compile(r"(?:topics|tags|subscriptions)/[a-z0-9-]+/\Z")
_MARKS = re.compile("\ue010(\\d+)\ue011")
_PRIVATE = re.compile("[\ue010\ue011]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptions:
    """Settings that only feeds need: a WebSub hub's address, and the digest's identity, which makes
    its items' permanent names its own (both may be unset)."""

    hub: str | None = None
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a feed is of: all papers ("all", ""), a topic or a tag."""

    kind: str
    slug: str = ""

    @property
    def name(self) -> str:
        """Its feeds' address below feeds/, without what names the format."""
        return f"{self.kind}s/{self.slug}" if self.slug else self.kind


def feed_links(name: str, title: str) -> tuple[Link, ...]:
    """The three formats of a feed ("all", "topics/vision", "daily" ...), for a page's head."""
    return tuple(
        Link(path=urls.feed(name, form), label=f"{title} ({label})", kind=form)
        for form, label in LABELS.items()
    )


def html_of(text: str) -> str:
    """Markdown as HTML for feed readers, which show no MathML: maths is Unicode."""
    if "$" not in text:
        return str(markdown.abstract(text))
    formulas: list[str] = []
    pieces = []
    for span in tex.spans(_PRIVATE.sub("", text)):
        if span.math:
            pieces.append(f"\ue010{len(formulas)}\ue011")
            formulas.append(escape(tex.unicode(span.text), quote=False))
        else:
            pieces.append(span.markdown)
    html = str(markdown.abstract("".join(pieces)))
    return _MARKS.sub(lambda m: formulas[int(m[1])], html) if formulas else html


class Feeds:
    """The feeds of an archive."""

    def __init__(
        self,
        archive: Archive,
        names: Names,
        settings: Settings,
        options: FeedOptions | None = None,
        code: str = "",
        subscriptions: Sequence[tuple[str, str]] = (),
        redirects: Sequence[Redirect] = (),
    ) -> None:
        """`subscriptions` are named in the list of all feeds, by name and title. Where a topic, tag
        or subscription has moved (`redirects`), its feed stands at the old address too."""
        self.name = settings.name
        self._subscriptions = subscriptions
        self._moved = _moved(redirects)
        self._archive = archive
        self._names = names
        self._settings = settings
        self._options = options or FeedOptions()
        self._zone = ZoneInfo(settings.timezone)
        self._site = f"{settings.url or LOCAL}/"
        self._month = lru_cache(maxsize=3)(self._read)
        self.made: dict[str, Item] = {}  # by papers' ids, of which there is one in the archive
        self._ahead = _months_before(archive)
        vocabulary = names.vocabulary
        self._common = {
            "code": code,
            "settings": digest(settings.name, settings.tagline, settings.url, settings.timezone,
                               settings.language, settings.feed_items, self._options),
            "names": digest(
                [(one.slug, one.name, one.description) for one in vocabulary.topics],
                [(one.slug, one.name) for one in vocabulary.tags],
            ),
        }  # fmt: skip

    # What there is.

    def sources(self) -> list[Source]:
        """All that has feeds: all, each topic and each tag that has papers."""
        return self._sources

    @cached_property
    def _sources(self) -> list[Source]:
        topics: dict[str, None] = {}
        tags: set[str] = set()
        for summary in self._archive.months.values():
            topics.update(dict.fromkeys(summary.topics))
            tags.update(summary.tags)
        return [
            Source(ALL),
            *(Source("topic", one.slug) for one in self._names.vocabulary.topics
              if one.slug in topics),
            *(Source("tag", slug) for slug in sorted(tags)),
        ]  # fmt: skip

    def title(self, source: Source) -> str:
        """A feed's title in plain text."""
        if not source.slug:
            return self._settings.name
        return f"{self._settings.name}: {self._names.term(source.kind, source.slug).label}"

    # What is in a month for a source.

    def _read(self, key: str) -> _Month:
        return _Month(self._archive.month(key).days, self)

    def _count(self, source: Source, key: str) -> tuple[int, str]:
        """A source's papers in a month: how many, and a hash of them."""
        summary = self._archive.months[key]
        if source.kind == ALL:
            return summary.count, summary.digest
        terms = summary.topics if source.kind == "topic" else summary.tags
        term = terms.get(source.slug)
        return (term.count, term.digest) if term else (0, "")

    def _window(self, source: Source) -> tuple[str, ...]:
        """The months that a feed looks into, newest first: the newest that has papers, and where
        those don't fill the feed the month before on the calendar."""
        newest = next((key for key in reversed(self._archive.keys) if self._count(source, key)[0]),
                      None)  # fmt: skip
        if newest is None:
            return ()
        before = month_before(newest)
        if self._count(source, newest)[0] >= self._full(source) or (
            before not in self._archive.months or not self._count(source, before)[0]
        ):
            return (newest,)
        return (newest, before)

    def _full(self, source: Source) -> int:
        """How many papers fill a feed, or an archived document."""
        items = self._settings.feed_items
        return min(items, TOPIC_FEED) if source.kind == "topic" else items

    def _least(self, source: Source) -> int:
        """How many papers a feed holds at least, if there are: what no archived document holds
        yet is always among them."""
        full = self._full(source)
        if source.kind == "tag":
            return min(full, SHORT_FEED)
        cuts = self.cuts(source, self._archive.keys[-1]) if self._archive.keys else ()
        return max(full, cuts[-1].count) if cuts else full

    # Current feeds.

    def current(self) -> Iterator[Group]:
        """The feeds that readers follow, those of one month together, newest month first."""
        windows = {source: self._window(source) for source in self.sources()}
        for source in sorted(windows, key=lambda one: windows[one], reverse=True):
            yield self._group(source, windows[source])
        yield self._daily()
        yield self._weekly()
        yield self._outlines(list(windows))

    def _group(self, source: Source, window: tuple[str, ...]) -> Group:
        previous = self._newest_cut(source)
        parts = {
            "content": digest([self._count(source, key) for key in window]),
            "moved": digest(self.old_names(source.name)),
            "archive": previous or "",
            **self._common,
        }
        return Group(f"feeds/{source.name}", parts, lambda: self._files(source, window, previous))

    def _files(
        self, source: Source, window: tuple[str, ...], previous: str | None
    ) -> Iterator[File]:
        placed: list[Placed] = []
        least = self._least(source)
        for key in window:
            placed.extend(self._month(key).placed(source))
            if len(placed) >= least and _spans(placed[0].date, key):
                break
        if source.kind == "tag":
            placed = newest_of(placed, least, self._full(source))
        else:
            del placed[least:]
        items = self.items(placed)
        home, description = self._about(source)
        yield from self.formats(
            source.name, self.title(source), description, home, items, previous=previous
        )

    def _about(self, source: Source) -> tuple[str, str]:
        if not source.slug:
            return urls.HOME, self._settings.tagline or f"All papers of {self._settings.name}"
        link = self._names.term(source.kind, source.slug)
        described = ""
        if source.kind == "topic":
            described = self._names.vocabulary.topic_by_slug[source.slug].description
        return link.path, described or f"Papers on {link.label}"

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
        """A feed in each format. `home` and `previous` are addresses within the site."""
        listed = tuple(items)
        for form, write in feeds.FORMATS.items():
            path = urls.feed(name, form)
            made = Feed(
                guid=self.guid("feed", name),
                title=title,
                description=description,
                home=self._site + home,
                address=self._site + path,
                language=self._settings.language,
                author=self._settings.name,
                items=listed,
                updated=max((one.updated for one in listed), default=feeds.EPOCH),
                hub=self._options.hub,
                previous=self._site + previous if previous else None,
            )
            data = write(made)
            yield File(path, data)
            for old in self.old_names(name):
                yield File(urls.feed(old, form), data)

    def old_names(self, name: str) -> list[str]:
        """What a feed was called before its topic, tag or subscription moved."""
        return [old for old in self._moved.get(name, ()) if old not in self._live]

    @cached_property
    def _live(self) -> set[str]:
        return {source.name for source in self._sources} | {
            f"subscriptions/{one}" for one, _ in self._subscriptions
        }

    def guid(self, kind: str, key: str) -> str:
        """A permanent name."""
        return feeds.guid(kind, key, self._options.identity)

    def _html(self, text: str) -> str:
        """HTML whose links within the site are whole addresses."""
        return html_of(text).replace(markdown.ROOT, self._site)

    def item(self, placed: Placed) -> Item:
        """A paper as an item."""
        paper: Paper = placed.paper
        title = plain(paper.title)
        topic = self._names.topic(placed.topic)
        return feeds.item(
            paper,
            date=placed.date,
            zone=self._zone,
            link=self._site + urls.paper(paper.id),
            title=title,
            html=self._html,
            summary=lead_of(paper.abstract),
            topic=Category(topic.kind, topic.label),
            tags=[Category(slug, self._names.tag(slug).label) for slug in paper.tags],
            links=[
                Related(one.path, one.label) for one in links(paper, title) if one.kind in _IN_ITEMS
            ],
            identity=self._options.identity,
        )

    def items(self, placed: Iterable[Placed]) -> list[Item]:
        """Papers as items."""
        return self.items_of((one.date, one.paper.id) for one in placed)

    def items_of(self, papers: Iterable[tuple[date, str]]) -> list[Item]:
        """Papers, by day and id, as items."""
        return [self._month(f"{day:%Y-%m}").items[key] for day, key in papers]

    # Digests: an item a day, an item a week.

    def _daily(self) -> Group:
        days = self._archive.published[: -DAYS - 1 : -1]
        parts = {
            "content": digest([(day, self._archive.days[day].digest) for day in days]),
            **self._common,
        }
        return Group("feeds/daily", parts, lambda: self._daily_files(days))

    def _daily_files(self, days: list[date]) -> Iterator[File]:
        yield from self.formats(
            DAILY,
            f"{self._settings.name}: day by day",
            f"Each day of {self._settings.name} as one item",
            urls.ARCHIVE,
            [self._day_item(day) for day in days],
        )

    def _day_item(self, when: date) -> Item:
        month = self._month(f"{when:%Y-%m}")
        day = month.days[when]
        short = len(day.papers) > LEADS
        return feeds.day_item(
            kind="day",
            key=when.isoformat(),
            title=dates.full(when),
            link=self._site + urls.day(when),
            papers=[
                (
                    self._names.topic(topic).label,
                    [_titled(month.items[one.paper.id], short) for one in members],
                )
                for topic, members in groupby(day.papers, key=lambda one: one.topic)
            ],
            published=feeds.begin(when, self._zone),
            identity=self._options.identity,
        )

    def _weekly(self) -> Group:
        weeks = self._weeks()
        days = [(key, [(day, self._archive.days[day].digest) for day in found])
                for key, found in weeks]  # fmt: skip
        parts = {"content": digest(days), **self._common}
        return Group("feeds/weekly", parts, lambda: self._weekly_files(weeks))

    def _weeks(self) -> list[tuple[str, list[date]]]:
        """The newest weeks that are over, newest first, with their days that have papers. A week is
        over once its Sunday, or a later day, has papers."""
        newest = self._archive.newest
        if newest is None:
            return []
        found: dict[str, list[date]] = {}
        for day in reversed(self._archive.published):
            key = urls.week_key(day)
            if key not in found and len(found) == WEEKS + 1:
                break
            found.setdefault(key, []).insert(0, day)
        over = [(key, days) for key, days in found.items() if dates.week_days(key)[-1] <= newest]
        return over[:WEEKS]

    def _weekly_files(self, weeks: list[tuple[str, list[date]]]) -> Iterator[File]:
        yield from self.formats(
            WEEKLY,
            f"{self._settings.name}: week by week",
            f"Each week of {self._settings.name} as one item, once it is over",
            urls.ARCHIVE,
            [self._week_item(key, days) for key, days in weeks],
        )

    def _week_item(self, key: str, days: list[date]) -> Item:
        groups: dict[str, list[tuple[int, Item]]] = {}
        for when in days:
            month = self._month(f"{when:%Y-%m}")
            for one in month.days[when].papers:
                groups.setdefault(one.topic, []).append(
                    (one.paper.upvotes or 0, month.items[one.paper.id])
                )
        order = [topic.slug for topic in self._names.vocabulary.topics if topic.slug in groups]
        papers = []
        for slug in order:
            ranked = sorted(groups[slug], key=lambda pair: -pair[0])
            label = self._names.topic(slug).label
            if len(ranked) > WEEK_TOPIC:
                label += f" ({WEEK_TOPIC} of {len(ranked)})"
            papers.append((label, [one for _, one in ranked[:WEEK_TOPIC]]))
        span = dates.week_days(key)
        return feeds.day_item(
            kind="week",
            key=key,
            title=f"{dates.week(key)}: {dates.span(span[0], span[-1])}",
            link=self._site + urls.week(key),
            papers=papers,
            published=feeds.begin(span[-1] + timedelta(1), self._zone),
            identity=self._options.identity,
        )

    # The list of all feeds.

    def _outlines(self, sources: list[Source]) -> Group:
        parts = {"content": digest(sources, self._subscriptions), **self._common}
        return Group("feeds/feeds.opml", parts, lambda: [self._opml(sources)])

    def _opml(self, sources: list[Source]) -> File:
        headings = {ALL: "", "topic": "Topics", "tag": "Tags"}
        outlines = [
            Outline(
                self.title(one),
                self._site + urls.feed(one.name, "rss"),
                self._site + self._about(one)[0],
                headings[one.kind],
            )
            for one in sources
        ]
        outlines[1:1] = [
            Outline(
                f"{self._settings.name}: {label}",
                self._site + urls.feed(name, "rss"),
                self._site + home,
            )
            for name, label, home in (
                (TRENDING, "trending", urls.TRENDING),
                (DAILY, "day by day", urls.ARCHIVE),
                (WEEKLY, "week by week", urls.ARCHIVE),
            )
        ]
        outlines += [
            Outline(
                f"{self._settings.name}: {title}",
                self._site + urls.feed(f"subscriptions/{name}", "rss"),
                f"{self._site}subscriptions/{name}/",
                "Subscriptions",
            )
            for name, title in self._subscriptions
        ]
        return File("feeds/feeds.opml", feeds.opml(self._settings.name, outlines))

    # Archived documents (RFC 5005, section 4).

    def cuts(self, source: Source, key: str) -> tuple[Cut, ...]:
        """How a month's papers of a source are cut into documents, oldest first: by whole days, a
        document being full once it holds as many papers as a feed. The last is the month's own,
        "2025-08", the ones before are "2025-08-1" and so on: so a document's name and papers are
        settled as soon as a later day opens the next one, and the last one's when the month is
        over."""
        counted: list[tuple[date, int]] = []
        for day in self._archive.months[key].days:
            count = day.count if source.kind == ALL else dict(day.topics).get(source.slug, 0)
            if count:
                counted.append((date.fromisoformat(day.iso), count))
        made: list[Cut] = []
        days: list[date] = []
        total = 0
        for when, count in counted:
            if total >= self._full(source):
                made.append(Cut(f"{key}-{len(made) + 1}", tuple(days), total))
                days, total = [], 0
            days.append(when)
            total += count
        if days:
            made.append(Cut(key, tuple(days), total))
        return tuple(made)

    def _closed(self, source: Source, key: str) -> tuple[Cut, ...]:
        """The documents of a month that are finished."""
        cuts = self.cuts(source, key)
        return cuts[:-1] if key == self._archive.keys[-1] else cuts

    def _newest_cut(self, source: Source) -> str | None:
        """The newest archived document of a source."""
        if source.kind == "tag" or not self._archive.keys:
            return None
        newest = self._archive.keys[-1]
        closed = self._closed(source, newest)
        if closed:
            return archived(source, closed[-1].name)
        before = self._ahead[newest].get(source)
        return archived(source, before) if before else None

    def month_parts(self, key: str) -> Mapping[str, str]:
        """What a month's archived documents depend on, beside the month's own content."""
        return {
            "older": digest(sorted((one.name, name) for one, name in self._ahead[key].items())),
            "closed": str(key != self._archive.keys[-1]),
            **self._common,
        }

    def month(self, key: str) -> Iterator[Group]:
        """A month's archived documents, of all papers and of each topic; of the newest month only
        those that are finished."""
        summary = self._archive.months[key]
        sources = [Source(ALL), *(Source("topic", slug) for slug in summary.topics)]
        for source in sources:
            cuts = self._closed(source, key)
            if not cuts:
                continue
            parts = {
                "content": self._count(source, key)[1],
                "older": self._ahead[key].get(source, ""),
                "cuts": digest(cuts),
                **self._common,
            }
            yield Group(
                f"feeds/{source.name}/{key}",
                parts,
                lambda source=source, cuts=cuts: self._documents(source, key, cuts),  # type: ignore[misc]
            )

    def _documents(self, source: Source, key: str, cuts: tuple[Cut, ...]) -> Iterator[File]:
        month = self._month(key)
        home, description = self._about(source)
        older = self._ahead[key].get(source)
        for cut in cuts:
            path = archived(source, cut.name)
            items = self.items(month.of_days(source, cut.days))
            if source.kind == "topic":
                items = [replace(one, html="") for one in items]
            made = Feed(
                guid=self.guid("feed", source.name),
                title=self.title(source),
                description=description,
                home=self._site + home,
                address=self._site + path,
                language=self._settings.language,
                author=self._settings.name,
                items=tuple(items),
                updated=max((one.updated for one in items), default=feeds.EPOCH),
                previous=self._site + archived(source, older) if older else None,
                current=self._site + urls.feed(source.name, "atom"),
            )
            yield File(path, feeds.atom(made))
            older = cut.name


@dataclass(frozen=True, slots=True)
class Cut:
    """An archived document: its name below its feed's folder, its days, and how many papers."""

    name: str
    days: tuple[date, ...]
    count: int


class _Month:
    """A month's papers as items, by what they are of; an item is made when it is asked for."""

    def __init__(self, days: Iterable[Day], maker: Feeds) -> None:
        self.days = {day.date: day for day in days}
        self._by: dict[Source, list[Placed]] = {}
        for day in reversed(self.days.values()):
            for one in day.papers:
                self._by.setdefault(Source(ALL), []).append(one)
                self._by.setdefault(Source("topic", one.topic), []).append(one)
                for slug in dict.fromkeys(one.paper.tags):
                    self._by.setdefault(Source("tag", slug), []).append(one)
        placed = {one.paper.id: one for one in self._by.get(Source(ALL), ())}
        self.items = _Items(maker, placed, maker.made)

    def placed(self, source: Source) -> list[Placed]:
        """The papers of a source, newest first."""
        return self._by.get(source, [])

    def of_days(self, source: Source, days: Iterable[date]) -> list[Placed]:
        """The papers of a source on some days, newest first."""
        wanted = set(days)
        return [one for one in self._by.get(source, ()) if one.date in wanted]


class _Items:
    """Items by their papers' ids, made when asked for. They outlive their month: an old paper may
    be among the newest of a rare tag."""

    def __init__(self, maker: Feeds, placed: Mapping[str, Placed], made: dict[str, Item]) -> None:
        self._maker = maker
        self._placed = placed
        self._made = made

    def __getitem__(self, key: str) -> Item:
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= KEPT:
                self._made.clear()
            found = self._made[key] = self._maker.item(self._placed[key])
        return found


def _titled(item: Item, short: bool) -> Item:
    return replace(item, summary="") if short else item


def newest_of(placed: Sequence[Placed], least: int, most: int) -> list[Placed]:
    """Of papers, newest first, those that a short feed holds: `least` of them, or as many as the
    last days before the newest hold, but `most` at most. What day it is plays no part, so that the
    feed changes with its papers only."""
    if not placed:
        return []
    first = placed[0].date - timedelta(SHORT_DAYS - 1)
    recent = sum(one.date >= first for one in placed)
    return list(placed[: min(max(least, recent), max(most, least))])


def _spans(newest: date, key: str) -> bool:
    """Whether a month holds all the days that a short feed looks back from its newest paper."""
    return f"{newest - timedelta(SHORT_DAYS - 1):%Y-%m}" >= key


def archived(source: Source, name: str) -> str:
    """The address of an archived document: always Atom, which every reader that pages back
    knows."""
    return f"feeds/{source.name}/{name}.atom.xml"


def _months_before(archive: Archive) -> dict[str, dict[Source, str]]:
    """For each month and source, the newest month before it that has papers of the source: its last
    archived document."""
    found: dict[str, dict[Source, str]] = {}
    seen: dict[Source, str] = {}
    for key in archive.keys:
        found[key] = dict(seen)
        summary = archive.months[key]
        if summary.count:
            seen[Source(ALL)] = key
        for slug in summary.topics:
            seen[Source("topic", slug)] = key
    return found


def _moved(redirects: Sequence[Redirect]) -> dict[str, list[str]]:
    """The old names of feeds by their new ones."""
    found: dict[str, list[str]] = {}
    for row in resolved(redirects):
        if _FEED_OF.match(row.old) and _FEED_OF.match(row.new):
            found.setdefault(row.new.rstrip("/"), []).append(row.old.rstrip("/"))
    return found


def month_before(key: str) -> str:
    """The month before "2025-08" on the calendar."""
    first = date.fromisoformat(f"{key}-01")
    return f"{first - timedelta(1):%Y-%m}"
