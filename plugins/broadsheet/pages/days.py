"""The pages of days: the day, its topics, its papers, and the files beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from ..archive.model import Day
from ..archive.summaries import Summary
from ..incremental.plan import File, Target
from ..render import citations
from ..render.exports import Exports
from ..render.views import DayView, Link
from . import day_views
from .context import BuildContext, PageKind

DAY_TEMPLATES = ("day.html", "day_topic.html")
PAPER_TEMPLATES = ("paper.html",)
TEMPLATES = DAY_TEMPLATES + PAPER_TEMPLATES
TITLE = 64  # characters of a neighbour's title


def group_keys(when: date) -> tuple[str, str]:
    """The groups of a day: its own pages, and those of its papers."""
    return f"day {when}", f"papers {when}"


class DayPages(PageKind):
    """Plans and renders them."""

    def __init__(self, shop: BuildContext) -> None:
        super().__init__(shop)
        self._near = shop.near
        self._view = lru_cache(maxsize=1)(self._seen)  # for both groups of a day

    def month_around(self, summary: Summary) -> object:
        """What stands around a month's days."""
        days_around = [self.around(date.fromisoformat(day.iso)) for day in summary.days]
        return days_around, self._near.around_month(summary.key)

    def groups(self, summary: Summary) -> Iterator[Target]:
        """Two groups for each day of a month: a new day changes what stands around the one before,
        and nothing of its papers."""
        for one in summary.days:
            when = date.fromisoformat(one.iso)
            day, papers = group_keys(when)
            yield Target(
                day,
                self._shop.parts(DAY_TEMPLATES, one.digest, self.around(when)),
                partial(self._day_files, when),
                weight=5 + one.count // 3,
            )
            yield Target(
                papers,
                self._shop.parts(PAPER_TEMPLATES, one.digest, self._near.around(when)),
                partial(self._paper_files, when),
                weight=2 + one.count * 2 // 3,
            )

    def around(self, when: date) -> object:
        """What stands around a day: its neighbours, and which of its papers other days have."""
        missing = self._archive.days[when].missing
        return (
            self._archive.neighbours(when),
            [one in self._archive.ids for one in missing],
        )

    def _seen(self, when: date) -> tuple[Day, DayView]:
        self._archive.month(f"{when:%Y-%m}")  # all of which the next groups need
        day = self._archive.day(when)
        assert day is not None
        return day, day_views.day_view(day, self._archive, self._names, self._settings.edit_address)

    def _day_files(self, when: date) -> Iterator[File]:
        day, view = self._view(when)
        head = self._printer.head
        total = f"{view.count} paper{'s' * (view.count != 1)}"
        twins = Exports.links(view.path)
        yield self._printer.page(
            "day.html",
            head(
                view.path,
                view.title,
                f"{total} of {view.title}.",
                feeds=self._shop.daily,
                alternates=twins,
            ),
            day=view,
        )
        yield from self._twins.files(
            view.path, "day", view.title, day_views.reading_order(day), full=True
        )
        for group in view.groups:
            names = f"{group.topic.label}, {view.date}"
            yield self._printer.page(
                "day_topic.html",
                head(
                    group.topic.path,
                    names,
                    f"{group.topic.count} papers on {group.topic.label} of {view.title}.",
                    feeds=self._shop.feeds_of("topic", group.topic.kind)[:1],
                ),
                day=view,
                group=group,
            )

    def _paper_files(self, when: date) -> Iterator[File]:
        day, view = self._view(when)
        papers = [paper for group in view.groups for paper in group.papers]
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
                    feeds=self._shop.site.feeds[:1],
                    **citations.head(paper, cited, url),
                ),
                paper=replace(paper, bibtex=citations.bibtex(cited), related=related[paper.id]),
                previous=before and Link(path=before.path, label=shortened(before.title)),
                next=after and Link(path=after.path, label=shortened(after.title)),
            )


def shortened(title: str) -> str:
    """A title in a line that leads to it."""
    return title if len(title) <= TITLE else title[: max(title.rfind(" ", 0, TITLE), 20)] + "…"
