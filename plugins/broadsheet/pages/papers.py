"""The page of a paper."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from functools import partial

from msgspec.structs import replace

from .. import urls
from ..archive.people import AUTHOR, ORGANISATION
from ..archive.summaries import DaySummary
from ..incremental.plan import File, Target
from ..render import citations
from ..render.views import CardView, DayView, Link, PaperView
from ..text.name_slugs import name_slug
from ..text.plain import plain
from ..urls import SLUG, AddressKind
from .context import card_view
from .kind import PageKind
from .people import author_search

TITLE = 64  # characters of a neighbour's title


def target_key(when: date) -> str:
    """Return the key of the target that holds the pages of a day's papers."""
    return f"papers {when}"


class PaperPages(PageKind):
    """The pages of papers.

    `DayPages` plans them, each day's beside the day itself: both are made of the same view, of
    which only the last is in memory.
    """

    name = "papers"
    addresses = (
        AddressKind(
            rf"papers/{SLUG}/",
            lambda site, match: match[1] in site.papers,
            of_month=lambda site, key: [(urls.paper(p), None) for p in site.months[key].papers],
        ),
    )
    month_templates = ("paper.html",)

    def month_inputs(self, key: str) -> object:
        """Return what the related papers of a month's papers, and the links of the names, depend
        on."""
        return self._context.related.around_month(key), self._context.people.around(key)

    def target(self, day: DaySummary) -> Target:
        """Return the target that holds the pages of a day's papers."""
        when = date.fromisoformat(day.iso)
        around = self._context.related.around(when), self._context.people.around_day(when)
        return Target(
            target_key(when),
            self._context.parts(self.month_templates, day.fingerprint, around),
            partial(self._files, when),
            weight=2 + day.count * 2 // 3,
            kind=self.name,
        )

    def _name(self, kind: str, name: str, linked: Container[str]) -> Link:
        """Return the link of a name: to its page, else an author's to a search."""
        key = f"{kind}/{name_slug(name)}"
        if key in linked:
            return Link(path=urls.name(key), label=name, kind=kind)
        search = kind == AUTHOR and self._settings.search
        return Link(path=author_search(name) if search else "", label=name, kind="search")

    def _named(self, paper: PaperView, linked: Container[str]) -> PaperView:
        """Return a paper as its own page shows it: with links of its authors and organisation."""
        by = paper.organisation
        return replace(
            paper,
            author_links=tuple(self._name(AUTHOR, name, linked) for name in paper.authors),
            organisation=by and self._name(ORGANISATION, by.label, linked),
        )

    def _card(self, paper: PaperView, day: DayView) -> CardView | None:
        """Return a paper's card; its day's where papers have none, the site's where neither has."""
        settings = self._settings
        return (
            card_view(settings, "papers", paper.path, paper.title)
            or card_view(settings, "days", day.path, day.title)
            or self._context.site.own_card
        )

    def _files(self, when: date) -> Iterator[File]:
        day, view = self._context.days.view(when)
        papers = [paper for group in view.groups for paper in group.papers]
        placed = {entry.paper.id: entry for entry in day.papers}
        related = self._context.related.related(day)
        linked = self._context.people.linked_on(when)
        for position, paper in enumerate(papers):
            before = papers[position - 1] if position else None
            after = papers[position + 1] if position + 1 < len(papers) else None
            reference = self._exports.reference(placed[paper.id])
            yield self._printer.page(
                "paper.html",
                self._printer.head(
                    paper.path,
                    paper.title,
                    paper.lead.text,
                    feeds=self._context.site.feeds[:1],
                    **citations.head(
                        paper,
                        plain(placed[paper.id].paper.abstract),
                        reference,
                        self._settings.url,
                        self._context.site,
                        self._card(paper, view),
                    ),
                ),
                paper=replace(
                    self._named(paper, linked),
                    bibtex=citations.bibtex(self._exports.bibtex(placed[paper.id])),
                    related=related[paper.id],
                ),
                previous=before and Link(path=before.path, label=shortened(before.title)),
                next=after and Link(path=after.path, label=shortened(after.title)),
            )


def shortened(title: str) -> str:
    """Return a title cut at a word, for the link to a neighbour."""
    return title if len(title) <= TITLE else title[: max(title.rfind(" ", 0, TITLE), 20)] + "…"
