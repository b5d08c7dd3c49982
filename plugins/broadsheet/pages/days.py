"""The pages of a day and of its topics, and the day's exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from .. import urls
from ..archive.archive import Archive
from ..incremental.plan import File, Target
from ..render.exports import Exports
from ..urls import SLUG, Addresses, AddressKind, all_exports
from .cards import CardFiles
from .context import BuildContext, card_view
from .day_views import described, reading_order
from .kind import PageKind
from .papers import PaperPages
from .papers import target_key as papers_target_key

_DAY = r"([0-9]{4})/([0-9]{2})/([0-9]{2})/"


def target_keys(when: date) -> tuple[str, str]:
    """Return the keys of a day's targets: its own pages, and those of its papers."""
    return f"day {when}", papers_target_key(when)


def day_inputs(archive: Archive, when: date) -> object:
    """Return what stands around a day: the days before and after, and which of its papers other
    days have."""
    missing = archive.days[when].missing
    return archive.neighbours(when), [paper in archive.ids for paper in missing]


def _of_month(site: Addresses, key: str) -> Iterator[tuple[str, str]]:
    for when, topics in site.months[key].days.items():
        yield urls.day(when), when.isoformat()
        for topic in topics:
            yield urls.day_topic(when, topic), when.isoformat()


class DayPages(PageKind):
    """The pages of days."""

    name = "days"
    addresses = (
        AddressKind(_DAY, Addresses.has_day, exports=all_exports, of_month=_of_month),
        AddressKind(_DAY + SLUG + "/", lambda site, match: site.has_day(match, match[4])),
    )
    month_templates = ("day.html", "day_topic.html")

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        self._papers = PaperPages(context)
        self._cards = CardFiles(context)

    def month_inputs(self, key: str) -> object:
        """Return what stands around each day of a month."""
        return [
            day_inputs(self._archive, date.fromisoformat(day.iso))
            for day in self._archive.months[key].days
        ]

    def month_targets(self, key: str) -> Iterable[Target]:
        """Return two targets for each day of a month, since a new day changes what stands around
        the one before, and nothing of its papers; a third where cards are drawn."""
        for day in self._archive.months[key].days:
            when = date.fromisoformat(day.iso)
            around = day_inputs(self._archive, when)
            yield Target(
                target_keys(when)[0],
                self._context.parts(self.month_templates, day.fingerprint, around),
                partial(self._files, when),
                weight=5 + day.count // 3,
            )
            yield self._papers.target(day)
            if self._cards.drawn:
                yield self._cards.target(day)

    def _files(self, when: date) -> Iterator[File]:
        day, view = self._context.days.view(when)
        words = self._words
        card = card_view(self._settings, "days", view.path, view.title)
        head = self._printer.head(
            view.path,
            view.title,
            described(
                words.ngettext(
                    "%(count)s paper of %(day)s.",
                    "%(count)s papers of %(day)s.",
                    view.count,
                    day=view.title,
                ),
                day.papers,
            ),
            feeds=self._context.daily,
            alternates=Exports.links(view.path),
            card=card,
        )
        yield self._printer.page("day.html", head, day=view)
        yield from self._exports.files(view.path, "day", view.title, reading_order(day), full=True)
        for group in view.groups:
            head = self._printer.head(
                group.topic.path,
                words.gettext("%(topic)s, %(when)s", topic=group.topic.label, when=view.date),
                described(
                    words.ngettext(
                        "%(count)s paper on %(topic)s of %(day)s.",
                        "%(count)s papers on %(topic)s of %(day)s.",
                        group.topic.count or 0,
                        topic=group.topic.label,
                        day=view.title,
                    ),
                    (placed for placed in day.papers if placed.topic == group.topic.kind),
                ),
                feeds=self._context.feeds_of("topic", group.topic.kind)[:1],
                card=card,
            )
            yield self._printer.page("day_topic.html", head, day=view, group=group)
