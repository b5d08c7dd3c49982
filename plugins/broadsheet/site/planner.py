"""What the site consists of: from the archive to the plan's sections and groups.

A section a month holds the month's days, papers, weeks, topic and tag lists; the section `site`
holds what spans all months. Each group names by parts what it depends on, no more and no less:
a part left out is a stale page, a part too many is work for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, partial

from ..cache import Store
from ..redirects import Redirect
from ..topics import Vocabulary
from . import dates, sitemap, urls
from .archive import Archive, Day, Placed, Summary
from .briefs import Briefs
from .feeds import DAILY, WEEKLY, FeedOptions, Feeds, digest_links, feed_links
from .following import Asked, Following
from .neighbourhood import Neighbourhood
from .plan import File, Group, Section, digest
from .search_index import SearchIndex
from .settings import Settings
from .show import citations, days, periods, terms
from .show.papers import Names
from .show.terms import Use
from .subscribing import TEMPLATE as SUBSCRIBE
from .subscribing import propose_address
from .subscriptions import TEMPLATE as SUBSCRIPTION
from .templates import ROW, Printer, Templates
from .trending import TEMPLATE as TRENDING
from .trending import Trending
from .twins import Twins
from .views import Link, PaperView, SiteView, TitleRow

SITE = "site"
LAST = "last"
LATE_SECTIONS = 2  # beside those of months
LAST_DAYS = 7  # named on the home page
TITLE = 64  # characters of a neighbour's title

_DAY = ("day.html", "day_topic.html", "paper.html")


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a site is made of."""

    archive: Archive
    vocabulary: Vocabulary
    settings: Settings
    templates: Templates
    site: SiteView
    code: str  # a hash of Broadsheet's own code
    kept: Store  # for parts of the search index
    asked: Asked  # what readers subscribe to
    redirects: tuple[Redirect, ...]
    extra: tuple[Group, ...] = ()  # groups that come from elsewhere: static pages, theme files


class Planner:
    """Makes the plan. Nothing is rendered, and no month read, before a group is asked to."""

    def __init__(self, inputs: Inputs) -> None:
        self._in = inputs
        self._archive = inputs.archive
        self._settings = inputs.settings
        self._names = Names(inputs.vocabulary)
        self._feeds = Feeds(
            inputs.archive,
            self._names,
            inputs.settings,
            FeedOptions(hub=inputs.settings.hub, identity=inputs.settings.identity),
            inputs.code,
            subscriptions=[(one.name, one.title) for one in inputs.asked.subscriptions],
            redirects=inputs.redirects,
        )
        self._search = SearchIndex(inputs.archive, self._names, inputs.kept, inputs.code)
        self._daily = digest_links(DAILY, inputs.settings.name)
        self._rows = lru_cache(maxsize=2)(self._month_rows)
        self._placed = lru_cache(maxsize=2)(self._month_placed)
        self._briefs = Briefs(inputs.archive, inputs.kept, inputs.code)
        self._near = Neighbourhood(inputs.archive, self._briefs, inputs.kept, inputs.code)
        self._twins = Twins(self._names, inputs.settings.url, inputs.settings.base)
        self._printer = Printer(inputs.templates, inputs.settings, inputs.site)
        self._base = {
            "code": inputs.code,
            "settings": digest(inputs.settings.fingerprint(), inputs.site),
            "vocabulary": digest(
                [(one.slug, one.name, one.description) for one in inputs.vocabulary.topics],
                [(one.slug, one.name, one.kind, one.description) for one in inputs.vocabulary.tags],
            ),
        }

        self._following = Following(
            inputs.asked,
            inputs.archive,
            self._names,
            inputs.settings,
            self._feeds,
            inputs.templates,
            self._printer,
            self._search.statistics,
            inputs.kept,
            self._base,
            self._twins,
            self._briefs,
        )

    def _feeds_of(self, kind: str, slug: str) -> tuple[Link, ...]:
        """The feeds of a topic or tag."""
        label = self._names.term(kind, slug).label
        return feed_links(f"{kind}s/{slug}", f"{self._settings.name}: {label}")

    def sections(self) -> Iterator[Section]:
        """The plan, oldest month first, and then what spans all."""
        for key in self._archive.keys:
            yield self._month_section(key)
        yield self._site_section()
        yield self._last_section()

    def _parts(
        self, templates: tuple[str, ...], content: object, around: object = ""
    ) -> dict[str, str]:
        return self._base | {
            "templates": self._in.templates.fingerprints(templates),
            "content": digest(content),
            "neighbours": digest(around),
        }

    # A month

    def _month_section(self, key: str) -> Section:
        summary = self._archive.months[key]
        weeks = self._weeks_of(key)
        around = [
            periods_around(self._archive, key),
            [self._day_around(date.fromisoformat(day.iso)) for day in summary.days],
            [self._week_around(week) for week in weeks],
            self._calendar_counts(key),
            self._near.around_month(key),
            [self._term_around(use, key) for use in self._uses_of(key)],
        ]
        templates = (*_DAY, "month.html", "week.html", "term_month.html")
        parts = self._parts(templates, summary.digest, around)
        parts["feeds"] = digest(sorted(self._feeds.month_parts(key).items()))
        parts["search"] = digest(self._search.is_open(key))
        return Section(key, parts, lambda: self._month_groups(summary))

    def _month_groups(self, summary: Summary) -> Iterator[Group]:
        key = summary.key
        for one in summary.days:
            when = date.fromisoformat(one.iso)
            yield Group(
                f"day {one.iso}",
                self._parts(_DAY, one.digest, (self._day_around(when), self._near.around(when))),
                partial(self._day_files, when),
                weight=5 + one.count,
            )
        yield Group(
            f"month {key}",
            self._parts(
                ("month.html",),
                summary.digest,
                (periods_around(self._archive, key), self._calendar_counts(key)),
            ),
            lambda: self._month_files(key),
        )
        for week in self._weeks_of(key):
            yield Group(
                f"week {week}",
                self._parts(("week.html",), week, self._week_around(week)),
                partial(self._week_files, week),
            )

        for use in self._uses_of(key):
            term = dict(use.months)[key]
            yield Group(
                f"{use.kind} {use.slug} {key}",
                self._parts(
                    ("term_month.html",),
                    (term, self._names.term(use.kind, use.slug).label),
                    self._term_around(use, key),
                ),
                partial(self._term_month_files, use, key),
            )
        yield from self._feeds.month(key)
        if self._settings.search:
            yield from self._search.month(key)
        if self._settings.url:
            yield Group(
                f"sitemap {key}",
                self._parts((), summary.digest),
                lambda: [self._month_sitemap(summary)],
            )

    def _day_around(self, when: date) -> object:
        missing = self._archive.days[when].missing
        return (
            self._archive.neighbours(when),
            [one in self._archive.ids for one in missing],
        )

    def _day_files(self, when: date) -> Iterator[File]:
        self._archive.month(f"{when:%Y-%m}")  # all of which the next groups need
        day = self._archive.day(when)
        assert day is not None
        view = days.day_view(day, self._archive, self._names, self._settings.edit_address)
        head = self._printer.head
        total = f"{view.count} paper{'s' * (view.count != 1)}"
        twins = Twins.links(view.path)
        yield self._printer.page(
            "day.html",
            head(
                view.path,
                view.title,
                f"{total} of {view.title}.",
                feeds=self._daily,
                alternates=twins,
            ),
            day=view,
        )
        yield from self._twins.files(
            view.path, "day", view.title, days.reading_order(day), full=True
        )
        papers: list[PaperView] = []
        for group in view.groups:
            names = f"{group.topic.label}, {view.date}"
            yield self._printer.page(
                "day_topic.html",
                head(
                    group.topic.path,
                    names,
                    f"{group.topic.count} papers on {group.topic.label} of {view.title}.",
                    feeds=self._feeds_of("topic", group.topic.kind),
                ),
                day=view,
                group=group,
            )  # fmt: skip
            papers.extend(group.papers)
        yield from self._paper_files(day, papers)

    def _paper_files(self, day: Day, papers: list[PaperView]) -> Iterator[File]:
        placed = {one.paper.id: one for one in day.papers}
        related = self._near.related(day)
        url = self._settings.url
        for place, paper in enumerate(papers):
            before = papers[place - 1] if place else None
            after = papers[place + 1] if place + 1 < len(papers) else None
            cited = self._twins.reference(placed[paper.id])
            yield self._printer.page(
                "paper.html",
                self._printer.head(
                    paper.path,
                    paper.title,
                    paper.lead,
                    feeds=self._in.site.feeds[:1],
                    **citations.head(paper, cited, url),
                ),
                paper=replace(
                    paper, citations=citations.citations(cited), related=related[paper.id]
                ),
                previous=before and Link(path=before.path, label=shortened(before.title)),
                next=after and Link(path=after.path, label=shortened(after.title)),
            )

    def _calendar_counts(self, key: str) -> object:
        return [
            (when, found.count)
            for row in dates.month_rows(key)
            for when in row
            if (found := self._archive.days.get(when))
        ]

    def _month_files(self, key: str) -> Iterator[File]:
        self._archive.month(key)
        view = periods.month_view(key, self._archive, self._names)
        yield self._printer.page(
            "month.html",
            self._printer.head(
                view.path, view.title, f"{view.count} papers of {view.title}.", feeds=self._daily
            ),
            month=view,
        )

    # Weeks

    @cached_property
    def _week_months(self) -> dict[str, list[str]]:
        """Weeks by the month that they are written with: that of their first day with papers."""
        months: dict[str, list[str]] = {}
        seen = set()
        for when in self._archive.published:
            week = urls.week_key(when)
            if week not in seen:
                seen.add(week)
                months.setdefault(f"{when:%Y-%m}", []).append(week)
        return months

    @cached_property
    def _week_keys(self) -> list[str]:
        return periods.week_keys(self._archive)

    @cached_property
    def _week_places(self) -> dict[str, int]:
        return {key: n for n, key in enumerate(self._week_keys)}

    def _weeks_of(self, key: str) -> list[str]:
        return self._week_months.get(key, [])

    def _week_around(self, week: str) -> object:
        keys = self._week_keys
        at = self._week_places[week]
        return (
            [(when, self._archive.days[when].digest)
             for when in dates.week_days(week) if when in self._archive.days],
            keys[max(at - 1, 0) : at + 2],
        )  # fmt: skip

    def _week_files(self, week: str) -> Iterator[File]:
        view = periods.week_view(week, self._archive, self._names)
        head = self._printer.head(
            view.path,
            view.title,
            f"{view.count} papers from {view.range}.",
            feeds=digest_links(WEEKLY, self._settings.name),
            alternates=Twins.links(view.path),
        )
        yield self._printer.page("week.html", head, week=view)
        papers = periods.papers_of(dates.week_days(week), self._archive)
        yield from self._twins.files(view.path, "week", view.title, papers)

    # Topics and tags

    @cached_property
    def _uses(self) -> list[Use]:
        return terms.uses(self._archive, "topic") + terms.uses(self._archive, "tag")

    @cached_property
    def _uses_by_month(self) -> dict[str, list[Use]]:
        found: dict[str, list[Use]] = {}
        for use in self._uses:
            for key, _ in use.months:
                found.setdefault(key, []).append(use)
        return found

    def _uses_of(self, key: str) -> list[Use]:
        return self._uses_by_month.get(key, [])

    def _term_around(self, use: Use, key: str) -> tuple[str | None, str | None]:
        keys = [month for month, _ in use.months]
        at = keys.index(key)
        return (keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None)

    def _term_month_files(self, use: Use, key: str) -> Iterator[File]:
        view = terms.month_view(use, key, self._names)
        before, after = (self._term_month_link(use, one) for one in self._term_around(use, key))
        path = urls.term_month(use.kind, use.slug, key)
        month = dates.month(key)
        yield self._printer.page(
            "term_month.html",
            self._printer.head(
                path,
                f"{view.name}, {month}",
                f"{view.name}: papers of {month}.",
                feeds=self._feeds_of(use.kind, use.slug),
            ),
            term=view,
            month=Link(path=urls.month(key), label=month, count=view.count),
            rows=self._rows(key)[(use.kind, use.slug)],
            previous=before,
            next=after,
        )

    def _term_month_link(self, use: Use, key: str | None) -> Link | None:
        if key is None:
            return None
        return Link(path=urls.term_month(use.kind, use.slug, key), label=dates.month(key))

    def _month_rows(self, key: str) -> terms.TermRows:
        return terms.month_rows(self._archive.month(key), self._names)

    def _month_placed(self, key: str) -> dict[tuple[str, str], list[Placed]]:
        return terms.month_placed(self._archive.month(key))

    def _newest(self, use: Use) -> tuple[TitleRow, ...]:
        """Titles of the newest month in which a term occurs, newest first: what a reader comes for,
        and what changes with that month only."""
        days = self._rows(use.months[-1][0])[(use.kind, use.slug)]
        return tuple(row for _, rows in days for row in rows)[: terms.NEWEST]

    def _month_sitemap(self, summary: Summary) -> File:
        key = summary.key
        pages: list[tuple[str, str | None]] = [(urls.month(key), None)]
        for one in summary.days:
            when = date.fromisoformat(one.iso)
            pages.append((urls.day(when), one.iso))
            pages.extend((urls.day_topic(when, topic), one.iso) for topic, _ in one.topics)
        pages.extend((urls.paper(one), None) for one in summary.ids)
        return File(f"sitemaps/{key}.xml", sitemap.sitemap(self._settings.url, pages))

    # What spans all months

    def _site_section(self) -> Section:
        content = [(key, summary.digest) for key, summary in self._archive.months.items()]
        templates = ("index.html", "archive.html", "topics.html", "tags.html", "term.html",
                     "search.html", "saved.html", "404.html", TRENDING, SUBSCRIBE,
                     SUBSCRIPTION, ROW)  # fmt: skip
        extra = [
            self._in.asked.fingerprint(),
            self._in.redirects,
            [(group.key, sorted(group.parts.items())) for group in self._in.extra],
        ]
        return Section(SITE, self._parts(templates, content, extra), self._site_groups, late=True)

    def _last_section(self) -> Section:
        """What names the hashes of what was written before."""
        content = [(key, summary.digest) for key, summary in self._archive.months.items()]
        searched = self._search.last if self._settings.search else tuple
        return Section(LAST, self._parts((), content), searched, late=True)

    def _site_groups(self) -> Iterator[Group]:
        counts = (self._archive.count, len(self._archive.published))
        newest = self._archive.newest
        recent = self._archive.published[-LAST_DAYS:][::-1]
        yield Group(
            "home",
            self._parts(
                ("index.html",),
                newest and self._archive.days[newest].digest,
                (counts, newest and self._day_around(newest),
                 [(when, self._archive.days[when].count) for when in recent]),
            ),
            lambda: [self._home(recent, counts)],
        )  # fmt: skip
        yield Group(
            "archive",
            self._parts(
                ("archive.html",),
                [(when, day.count) for when, day in sorted(self._archive.days.items())],
            ),
            lambda: [self._archive_page(counts)],
        )
        summed = [(use.kind, use.slug, use.months) for use in self._uses]
        yield Group(
            "terms",
            self._parts(("topics.html", "tags.html"), summed),
            self._indexes,
        )
        for use in sorted(self._uses, key=lambda use: use.months[-1][0]):
            yield Group(
                f"{use.kind} {use.slug}",
                self._parts(("term.html",), use.months),
                partial(self._term_files, use),
            )
        yield Group("saved", self._parts(("saved.html",), ""), lambda: [self._saved_page()])
        yield Group("404", self._parts(("404.html",), ""), lambda: [self._missing_page()])
        yield Group("robots", self._parts((), ""), self._robots)
        trending = self._base | {"templates": self._in.templates.fingerprints([TRENDING])}
        yield from Trending(
            self._archive, self._briefs, self._names, self._printer, trending
        ).groups()
        yield from self._feeds.current()
        yield from self._following.groups()
        if self._settings.search:
            yield Group("search", self._parts(("search.html",), ""), lambda: [self._search_page()])
            yield from self._search.whole()
        yield from self._in.extra

    def _home(self, recent: list[date], counts: tuple[int, int]) -> File:
        newest = self._archive.newest
        day: Day | None = self._archive.day(newest) if newest else None
        view = day and days.day_view(day, self._archive, self._names, self._settings.edit_address)
        head = self._printer.head(
            urls.HOME,
            self._settings.name,
            self._settings.tagline,
            feeds=(*self._in.site.feeds, *self._daily),
            alternates=Twins.links(view.path) if view else (),
        )
        return self._printer.page(
            "index.html",
            head,
            day=view,
            recent=tuple(days.day_ref(when, self._archive) for when in recent),
            paper_count=counts[0],
            day_count=counts[1],
        )

    def _archive_page(self, counts: tuple[int, int]) -> File:
        total = f"{counts[0]} papers on {counts[1]} day{'s' * (counts[1] != 1)}."
        return self._printer.page(
            "archive.html",
            self._printer.head(
                urls.ARCHIVE,
                "Archive",
                total,
                feeds=(*self._daily, *digest_links(WEEKLY, self._settings.name)),
            ),
            years=periods.years(self._archive),
            paper_count=counts[0],
            day_count=counts[1],
        )

    def _indexes(self) -> Iterator[File]:
        topics = terms.topic_views(self._archive, self._names)
        yield self._printer.page(
            "topics.html",
            self._printer.head(urls.TOPICS, "Topics", "What the papers are about."),
            terms=topics,
        )
        yield self._printer.page(
            "tags.html",
            self._printer.head(urls.TAGS, "Tags", "Methods, tasks and models of the papers."),
            groups=terms.tag_groups(self._archive, self._names),
        )

    def _term_files(self, use: Use) -> Iterator[File]:
        view = terms.term_view(use, self._names)
        yield self._printer.page(
            "term.html",
            self._printer.head(
                view.path,
                view.name,
                view.description,
                feeds=self._feeds_of(use.kind, use.slug),
                alternates=Twins.links(view.path),
            ),
            term=view,
            newest=self._newest(use),
        )
        papers = self._placed(use.months[-1][0])[(use.kind, use.slug)][: terms.NEWEST]
        yield from self._twins.files(view.path, use.kind, view.name, papers)

    def _search_page(self) -> File:
        return self._printer.page(
            "search.html",
            self._printer.head(urls.SEARCH, "Search", "Search all papers."),
            propose=propose_address(self._settings),
        )

    def _saved_page(self) -> File:
        head = self._printer.head(
            urls.SAVED, "Saved papers", "Papers that you saved in this browser.", index=False
        )
        return self._printer.page("saved.html", head)

    def _missing_page(self) -> File:
        """The page for addresses that lead nowhere; it shows at any of them, so its links can't be
        relative."""
        text = self._in.templates.render(
            "404.html",
            {
                "site": self._in.site,
                "head": replace(
                    self._printer.head("404.html", "Page not found", index=False), canonical=None
                ),
                "root": self._settings.base,
            },
        )
        return File("404.html", text.encode())

    def _robots(self) -> Iterator[File]:
        url = self._settings.url
        yield File("robots.txt", sitemap.robots(url))
        if url:
            pages: list[tuple[str, str | None]] = [
                (path, None) for path in ("", urls.TRENDING, urls.TOPICS, urls.TAGS, urls.ARCHIVE)
            ]
            pages.extend((urls.term(use.kind, use.slug), None) for use in self._uses)
            pages.extend((link.path, None) for link in self._in.site.pages)
            named = {path for path, _ in pages}
            pages.extend((path, None) for path in self._following.paths if path not in named)
            yield File("sitemaps/pages.xml", sitemap.sitemap(url, pages))
            maps = ["sitemaps/pages.xml", *(f"sitemaps/{key}.xml" for key in self._archive.keys)]
            yield File("sitemap.xml", sitemap.index(url, maps))


def shortened(title: str) -> str:
    """A title in a line that leads to it."""
    return title if len(title) <= TITLE else title[: max(title.rfind(" ", 0, TITLE), 20)] + "…"


def periods_around(archive: Archive, key: str) -> tuple[str | None, str | None]:
    """The months before and after one."""
    at = archive.keys.index(key)
    return (
        archive.keys[at - 1] if at else None,
        archive.keys[at + 1] if at + 1 < len(archive.keys) else None,
    )
