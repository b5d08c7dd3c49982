"""What the site consists of: from the archive to the plan's sections and groups.

A section a month holds the month's days, papers, weeks, topic and tag lists; the section `site`
holds what spans all months, and `last` what names the hashes of both. Each group names by parts
what it depends on, no more and no less: a part left out is a stale page, a part too many is work
for nothing. What a kind of page is made of is told in `day_pages`, `period_pages`, `term_pages`
and, of what there is once, here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from .. import urls
from ..archive.model import Day
from ..archive.summaries import Summary
from ..feeds.targets import WEEKLY, digest_links
from ..incremental.plan import File, Partition, Target, fingerprint
from ..pages import day_views, days, period_views, periods, sitemap, terms
from ..pages.context import BuildContext, BuildInputs
from ..pages.days import DayPages
from ..pages.periods import PeriodPages
from ..pages.terms import TermPages
from ..pages.trending import TEMPLATE as TRENDING
from ..pages.trending import Trending
from ..render.exports import Exports
from ..render.templates import ROW
from ..subscriptions.pages import TEMPLATE as SUBSCRIPTION
from ..subscriptions.subscribe_page import TEMPLATE as SUBSCRIBE
from ..subscriptions.subscribe_page import propose_address
from ..subscriptions.targets import Following

SITE = "site"
LAST = "last"
LATE_SECTIONS = 2  # beside those of months
_MANY = 1_000  # groups that are rendered before those that draw on what all leave
LAST_DAYS = 7  # named on the home page

_MONTH = (*days.TEMPLATES, *periods.TEMPLATES, *terms.MONTH_TEMPLATES)
_SITE = ("index.html", "archive.html", *terms.TEMPLATES, "search.html", "saved.html",
         "404.html", TRENDING, SUBSCRIBE, SUBSCRIPTION, ROW)  # fmt: skip


class Planner:
    """Makes the plan. Nothing is rendered, and no month read, before a group is asked to."""

    def __init__(self, inputs: BuildInputs) -> None:
        self._in = inputs
        self._shop = shop = BuildContext(inputs)
        self._archive = inputs.archive
        self._settings = inputs.settings
        self._names = shop.names
        self._feeds = shop.feeds
        self._search = shop.search
        self._printer = shop.printer
        self._days = DayPages(shop)
        self._periods = PeriodPages(shop)
        self._terms = TermPages(shop)
        self._following = Following(
            inputs.asked,
            inputs.archive,
            shop.names,
            inputs.settings,
            shop.feeds,
            inputs.templates,
            shop.printer,
            shop.search.statistics,
            inputs.kept,
            shop.base,
            shop.twins,
            shop.briefs,
        )

    def sections(self) -> Iterator[Partition]:
        """The plan, oldest month first, and then what spans all."""
        for key in self._archive.keys:
            yield self._month_section(key)
        yield self._site_section()
        yield self._last_section()

    # A month

    def _month_section(self, key: str) -> Partition:
        summary = self._archive.months[key]
        around = [
            self._days.month_around(summary),
            self._periods.around(key),
            self._terms.around_month(key),
        ]
        parts = self._shop.parts(_MONTH, summary.digest, around)
        parts["feeds"] = fingerprint(sorted(self._feeds.month_parts(key).items()))
        parts["search"] = fingerprint(self._search.is_open(key))
        parts["subscriptions"] = self._following.asked
        return Partition(key, parts, lambda: self._month_groups(summary))

    def _month_groups(self, summary: Summary) -> Iterator[Target]:
        key = summary.key
        yield from self._days.groups(summary)
        yield from self._periods.groups(summary)
        yield from self._terms.month_groups(key)
        yield from self._feeds.month(key)
        if self._settings.search:
            yield from self._search.month(key)
        yield from self._following.month(key)
        if self._settings.url:
            weeks = self._in.addresses.weeks_of(key)
            yield Target(
                f"sitemap {key}",
                self._shop.parts((), summary.digest, weeks),
                lambda: [self._month_sitemap(key)],
            )

    def _month_sitemap(self, key: str) -> File:
        pages = self._in.addresses.of_month(key)
        return File(f"sitemaps/{key}.xml", sitemap.sitemap(self._settings.url, pages))

    # What spans all months

    def _site_section(self) -> Partition:
        content = [(key, summary.digest) for key, summary in self._archive.months.items()]
        extra = [
            self._in.asked.fingerprint(),
            self._in.redirects,
            [(group.key, sorted(group.dependencies.items())) for group in self._in.extra],
        ]
        parts = self._shop.parts(_SITE, content, extra)
        # What subscriptions match in each month is asked while the section is looked at.
        after = 1 if self._in.asked.subscriptions else _MANY
        return Partition(SITE, parts, self._site_groups, after)

    def _last_section(self) -> Partition:
        """What names the hashes of what was written before."""
        content = [(key, summary.digest) for key, summary in self._archive.months.items()]
        searched = self._search.last if self._settings.search else tuple
        return Partition(LAST, self._shop.parts((), content), searched, flush_at=1)

    def _site_groups(self) -> Iterator[Target]:
        parts = self._shop.parts
        if self._settings.search:
            yield from self._search.whole()  # the longest job, so that nobody waits for it
        counts = (self._archive.count, len(self._archive.published))
        newest = self._archive.newest
        recent = self._archive.published[-LAST_DAYS:][::-1]
        yield Target(
            "home",
            parts(
                ("index.html",),
                newest and self._archive.days[newest].digest,
                (counts, newest and self._days.around(newest),
                 [(when, self._archive.days[when].count) for when in recent]),
            ),
            lambda: [self._home(recent, counts)],
        )  # fmt: skip
        counted = [(when, day.count) for when, day in sorted(self._archive.days.items())]
        yield Target(
            "archive", parts(("archive.html",), counted), lambda: [self._archive_page(counts)]
        )
        yield from self._terms.groups()
        yield Target("saved", parts(("saved.html",), ""), lambda: [self._saved_page()])
        yield Target("404", parts(("404.html",), ""), lambda: [self._missing_page()])
        pages = self._in.addresses.of_site()
        yield Target(
            "robots",
            parts((), (pages, self._archive.keys)),
            lambda: self._robots(pages),
        )
        trending = self._shop.base | {"templates": self._in.templates.fingerprints([TRENDING])}
        yield from Trending(
            self._archive, self._shop.briefs, self._names, self._printer, trending
        ).groups()
        yield from self._feeds.current()
        yield from self._following.groups()
        if self._settings.search:
            yield Target("search", parts(("search.html",), ""), lambda: [self._search_page()])
        yield from self._in.extra

    def _home(self, recent: list[date], counts: tuple[int, int]) -> File:
        newest = self._archive.newest
        day: Day | None = self._archive.day(newest) if newest else None
        view = day and day_views.day_view(
            day, self._archive, self._names, self._settings.edit_address
        )
        head = self._printer.head(
            urls.HOME,
            self._settings.name,
            self._settings.tagline,
            feeds=(*self._shop.site.feeds, *self._shop.daily),
            alternates=Exports.links(view.path) if view else (),
        )
        return self._printer.page(
            "index.html",
            head,
            day=view,
            recent=tuple(day_views.day_ref(when, self._archive) for when in recent),
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
                feeds=(*self._shop.daily, *digest_links(WEEKLY, self._settings.name)),
            ),
            years=period_views.years(self._archive),
            paper_count=counts[0],
            day_count=counts[1],
        )

    def _search_page(self) -> File:
        return self._printer.page(
            "search.html",
            self._printer.head(urls.SEARCH, "Search", "Search all papers.", index=False),
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
        text = self._shop.templates.render(
            "404.html",
            {
                "site": self._shop.site,
                "head": replace(
                    self._printer.head("404.html", "Page not found", index=False), canonical=None
                ),
                "root": self._settings.base,
            },
        )
        return File("404.html", text.encode())

    def _robots(self, pages: list[str]) -> Iterator[File]:
        url = self._settings.url
        yield File("robots.txt", sitemap.robots(url))
        if url:
            yield File("sitemaps/pages.xml", sitemap.sitemap(url, [(path, None) for path in pages]))
            maps = ["sitemaps/pages.xml", *(f"sitemaps/{key}.xml" for key in self._archive.keys)]
            yield File("sitemap.xml", sitemap.index(url, maps))
