"""The pages of topics and tags: each by itself, each month by month, and the indexes of all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache, partial

from .. import calendar, urls
from ..archive.model import Placed
from ..incremental.plan import File, Target
from ..render.exports import Exports
from ..render.views import Link, TitleRow
from . import term_views
from .context import BuildContext, PageKind
from .term_views import Use

TEMPLATES = ("topics.html", "tags.html", "term.html")
MONTH_TEMPLATES = ("term_month.html",)

Around = tuple[str | None, str | None]
"""The month before and the month after."""


class TermPages(PageKind):
    """Plans and renders them."""

    def __init__(self, shop: BuildContext) -> None:
        super().__init__(shop)
        self._rows = lru_cache(maxsize=2)(self._month_rows)
        self._placed = lru_cache(maxsize=2)(self._month_placed)

    def around_month(self, key: str) -> object:
        """What stands around a month's pages of topics and tags."""
        return [around for _, around in self._uses_of(key)]

    def month_groups(self, key: str) -> Iterator[Target]:
        """A group for each topic and tag of a month."""
        for use, around in self._uses_of(key):
            term = self._archive.months[key].term(use.kind, use.slug)
            label = self._names.term(use.kind, use.slug).label
            yield Target(
                f"{use.kind} {use.slug} {key}",
                self._shop.parts(MONTH_TEMPLATES, (term, label), around),
                partial(self._month_files, use, key, around),
                reads=(key,),
            )

    def groups(self) -> Iterator[Target]:
        """The indexes, and a group for each topic and tag, those of one month together."""
        summed = [(use.kind, use.slug, use.months) for use in self.uses]
        yield Target("terms", self._shop.parts(("topics.html", "tags.html"), summed), self._indexes)
        for use in sorted(self.uses, key=lambda use: use.months[-1][0]):
            yield Target(
                f"{use.kind} {use.slug}",
                self._shop.parts(("term.html",), use.months),
                partial(self._files, use),
                reads=(use.months[-1][0],),
            )

    @cached_property
    def uses(self) -> list[Use]:
        """All topics and tags that papers have."""
        return term_views.uses(self._archive, "topic") + term_views.uses(self._archive, "tag")

    @cached_property
    def _uses_by_month(self) -> dict[str, list[tuple[Use, Around]]]:
        """What a month's papers have, each with the months around that have it too."""
        found: dict[str, list[tuple[Use, Around]]] = {}
        for use in self.uses:
            keys = [key for key, _ in use.months]
            for before, key, after in zip([None, *keys], keys, [*keys[1:], None], strict=False):
                found.setdefault(key, []).append((use, (before, after)))
        return found

    def _uses_of(self, key: str) -> list[tuple[Use, Around]]:
        return self._uses_by_month.get(key, [])

    def _month_files(self, use: Use, key: str, around: Around) -> Iterator[File]:
        count = self._archive.months[key].term(use.kind, use.slug).count
        view = term_views.month_view(use, count, self._names)
        before, after = (self._month_link(use, one) for one in around)
        path = urls.term_month(use.kind, use.slug, key)
        month = calendar.month(key)
        yield self._printer.page(
            "term_month.html",
            self._printer.head(
                path,
                f"{view.name}, {month}",
                f"{view.name}: papers of {month}.",
                feeds=self._shop.feeds_of(use.kind, use.slug)[:1],
            ),
            term=view,
            month=Link(path=urls.month(key), label=month, count=view.count),
            rows=self._rows(key)[(use.kind, use.slug)],
            previous=before,
            next=after,
        )

    def _month_link(self, use: Use, key: str | None) -> Link | None:
        if key is None:
            return None
        return Link(path=urls.term_month(use.kind, use.slug, key), label=calendar.month(key))

    def _month_rows(self, key: str) -> term_views.TermRows:
        return term_views.month_rows(self._archive.month(key), self._names)

    def _month_placed(self, key: str) -> dict[tuple[str, str], list[Placed]]:
        return term_views.month_placed(self._archive.month(key))

    def _newest(self, use: Use) -> tuple[TitleRow, ...]:
        """Titles of the newest month in which a term occurs, newest first: what a reader comes for,
        and what changes with that month only."""
        days = self._rows(use.months[-1][0])[(use.kind, use.slug)]
        return tuple(row for _, rows in days for row in rows)[: term_views.NEWEST]

    def _indexes(self) -> Iterator[File]:
        topics = term_views.topic_views(self._archive, self._names)
        yield self._printer.page(
            "topics.html",
            self._printer.head(urls.TOPICS, "Topics", "What the papers are about."),
            terms=topics,
        )
        yield self._printer.page(
            "tags.html",
            self._printer.head(urls.TAGS, "Tags", "Methods, tasks and models of the papers."),
            groups=term_views.tag_groups(self._archive, self._names),
        )

    def _files(self, use: Use) -> Iterator[File]:
        view = term_views.term_view(use, self._names)
        yield self._printer.page(
            "term.html",
            self._printer.head(
                view.path,
                view.name,
                view.description,
                feeds=self._shop.feeds_of(use.kind, use.slug),
                alternates=Exports.links(view.path),
            ),
            term=view,
            newest=self._newest(use),
        )
        papers = self._placed(use.months[-1][0])[(use.kind, use.slug)][: term_views.NEWEST]
        yield from self._twins.files(view.path, use.kind, view.name, papers)
