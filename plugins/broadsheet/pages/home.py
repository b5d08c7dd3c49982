"""The front page: the newest day, and the days before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .. import urls
from ..incremental.plan import File, Target
from ..render.exports import Exports
from ..render.views import Link
from ..urls import AddressKind
from .context import BuildInputs
from .day_views import day_ref, day_view, described
from .days import day_inputs
from .kind import PageKind

LAST_DAYS = 7  # named on the home page


class HomePage(PageKind):
    """The front page."""

    name = "home"
    addresses = (AddressKind(urls.HOME, of_site=lambda _: [urls.HOME]),)
    templates = ("index.html",)

    @classmethod
    def menu(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return the link to today."""
        return [Link(path=urls.HOME, label=inputs.settings.words.gettext("Today"), kind="home")]

    def site_targets(self) -> Iterable[Target]:
        """Return the page's target."""
        archive = self._archive
        newest = archive.newest
        counts = (archive.count, len(archive.published))
        recent = archive.published[-LAST_DAYS:][::-1]
        parts = self._context.parts(
            self.templates,
            newest and archive.days[newest].fingerprint,
            (
                counts,
                newest and day_inputs(archive, newest),
                [(when, archive.days[when].count) for when in recent],
            ),
        )
        yield Target("home", parts, lambda: [self._page(recent, counts)])

    def _page(self, recent: list[date], counts: tuple[int, int]) -> File:
        newest = self._archive.newest
        day = self._archive.day(newest) if newest else None
        view = day and day_view(day, self._archive, self._labels, self._settings.edit_address)
        head = self._printer.head(
            urls.HOME,
            self._settings.name,
            described(self._settings.tagline, day.papers) if day else self._settings.tagline,
            feeds=(*self._context.site.feeds, *self._context.daily),
            alternates=Exports.links(view.path) if view else (),
        )
        return self._printer.page(
            "index.html",
            head,
            day=view,
            recent=tuple(
                day_ref(when, self._archive, self._words, beside=newest) for when in recent
            ),
            paper_count=counts[0],
            day_count=counts[1],
        )
