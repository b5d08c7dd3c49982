"""/archive/: all days as small calendars, by year and month."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from .. import urls
from ..archive.archive import Archive
from ..feeds.links import WEEKLY, digest_links
from ..incremental.plan import File, Target
from ..locale import Words
from ..render.views import Link, MonthCalendar, YearView
from ..urls import AddressKind
from .context import BuildInputs
from .kind import PageKind
from .period_views import month_calendar


class ArchivePage(PageKind):
    """The archive page."""

    name = "archive"
    addresses = (AddressKind(urls.ARCHIVE, of_site=lambda _: [urls.ARCHIVE]),)
    templates = ("archive.html",)

    @classmethod
    def menu(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return the link to the archive."""
        return [
            Link(path=urls.ARCHIVE, label=inputs.settings.words.gettext("Archive"), kind="archive")
        ]

    def site_targets(self) -> Iterable[Target]:
        """Return the page's target."""
        counts = [(when, day.count) for when, day in sorted(self._archive.days.items())]
        yield Target("archive", self._context.parts(self.templates, counts), lambda: [self._page()])

    def _page(self) -> File:
        papers, days = self._archive.count, len(self._archive.published)
        words = self._words
        return self._printer.page(
            "archive.html",
            self._printer.head(
                urls.ARCHIVE,
                words.gettext("Archive"),
                words.ngettext(
                    "%(papers)s papers on %(count)s day.",
                    "%(papers)s papers on %(count)s days.",
                    days,
                    papers=papers,
                ),
                feeds=(*self._context.daily, *digest_links(WEEKLY, self._settings.name, words)),
            ),
            years=year_views(self._archive, words),
            paper_count=papers,
            day_count=days,
        )


def year_views(archive: Archive, words: Words) -> tuple[YearView, ...]:
    """Return all years, newest first, each with small calendars of its months."""
    views = []
    for year, keys in groupby(reversed(archive.keys), key=lambda key: key[:4]):
        months = tuple(
            MonthCalendar(
                path=urls.month(key),
                title=words.dates.month(key),
                count=archive.months[key].count,
                weekdays=words.dates.weekdays,
                rows=month_calendar(key, archive, words),
            )
            for key in keys
        )
        views.append(
            YearView(year=int(year), count=sum(month.count for month in months), months=months)
        )
    return tuple(views)
