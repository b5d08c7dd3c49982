"""The pages of a topic or a tag: its own with feeds and exports, and one for each month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import islice

from .. import urls
from ..archive.model import PublishedPaper
from ..archive.summaries import Settled
from ..incremental.plan import File, Target
from ..render.exports import Exports
from ..render.views import Link
from ..urls import SLUG, Addresses, AddressKind, feed_kind
from . import term_views
from .context import BuildContext
from .day_views import TITLES, described_by
from .kind import PageKind
from .term_views import TermUse

Around = tuple[str | None, str | None]
"""The month before and the month after."""

_KINDS = ("topic", "tag")


def _of_site(site: Addresses) -> Iterator[str]:
    for kind in _KINDS:
        for slug in site.terms(kind):
            yield urls.term(kind, slug)


def _of_month(site: Addresses, key: str) -> Iterator[tuple[str, None]]:
    for kind in _KINDS:
        for slug in site.months[key].terms(kind):
            yield urls.term_month(kind, slug, key), None


class TermPages(PageKind):
    """The pages of topics and tags."""

    name = "terms"
    addresses = (
        AddressKind(
            rf"(topic|tag)s/{SLUG}/",
            lambda site, match: site.has_term(match[1], match[2]),
            exports=lambda site: site.term_exports,
            of_site=_of_site,
        ),
        AddressKind(
            rf"(topic|tag)s/{SLUG}/([0-9]{{4}}-[0-9]{{2}})/",
            lambda site, match: site.has_term(match[1], match[2], match[3]),
            of_month=_of_month,
        ),
        feed_kind(
            rf"(topic|tag)s/{SLUG}",
            lambda site, match: (
                match[3].removesuffix(".xml") in site.term_feeds
                and site.has_term(match[1], match[2])
            ),
        ),
    )
    templates = ("term.html",)
    month_templates = ("term_month.html",)

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        self._terms_of = lru_cache(maxsize=2)(self._month_terms)

    def month_inputs(self, key: str) -> object:
        """Return the months around that have each of a month's topics and tags too, and whether
        the month is open."""
        return self._is_open(key), [around for _, around in self._uses_of(key)]

    def month_targets(self, key: str) -> Iterable[Target]:
        """Return a target for each topic and tag of a month."""
        for use, around in self._uses_of(key):
            term: object = self._archive.months[key].term(use.kind, use.slug)
            if settled := self._settled(use, key):
                term = settled
            label = self._labels.term(use.kind, use.slug).label
            yield Target(
                f"{use.kind} {use.slug} {key}",
                self._context.parts(self.month_templates, (term, label), around),
                partial(self._month_files, use, key, around),
            )

    def site_targets(self) -> Iterable[Target]:
        """Return a target for each topic and tag, those with the same newest month together."""
        for use in sorted(self._context.term_uses, key=lambda use: use.months[-1][0]):
            yield Target(
                f"{use.kind} {use.slug}",
                self._context.parts(self.templates, use.months),
                partial(self._files, use),
                reads=(use.months[-1][0],) if self._settings.term_exports else (),
            )

    def _is_open(self, key: str) -> bool:
        return key == self._archive.keys[-1]

    def _settled(self, use: TermUse, key: str) -> Settled | None:
        """Return what the page of the open month shows, where that is not all: the newest papers
        are on the term's own page, which each day changes anyhow."""
        term = self._archive.months[key].term(use.kind, use.slug)
        return term.settled if self._is_open(key) and term.settled.count < term.count else None

    @cached_property
    def _uses_by_month(self) -> dict[str, list[tuple[TermUse, Around]]]:
        months: dict[str, list[tuple[TermUse, Around]]] = {}
        for use in self._context.term_uses:
            keys = [key for key, _ in use.months]
            for before, key, after in zip([None, *keys], keys, [*keys[1:], None], strict=False):
                months.setdefault(key, []).append((use, (before, after)))
        return months

    def _uses_of(self, key: str) -> list[tuple[TermUse, Around]]:
        return self._uses_by_month.get(key, [])

    def _month_files(self, use: TermUse, key: str, around: Around) -> Iterator[File]:
        settled = self._settled(use, key)
        terms = self._terms_of(key)
        papers, until = terms.papers(use.kind, use.slug), None
        if settled is not None:
            until = self._words.dates.plain(date.fromisoformat(settled.iso))
            papers = papers[-settled.count :]
        view = term_views.month_term_view(use, len(papers), self._labels)
        before, after = (self._month_link(use, other) for other in around)
        month = self._words.dates.month(key)
        # A topic and a tag may have one name; their pages have titles of their own.
        title = view.name
        if use.kind == "tag":
            title = self._words.gettext("Tag: %(tag)s", tag=title)
        yield self._printer.page(
            "term_month.html",
            self._printer.head(
                urls.term_month(use.kind, use.slug, key),
                self._words.gettext("%(topic)s, %(when)s", topic=title, when=month),
                described_by(
                    self._words.gettext(
                        "%(name)s: papers of %(month)s.", name=view.name, month=month
                    ),
                    term_views.leading_titles(papers),
                ),
                feeds=self._context.feeds_of(use.kind, use.slug)[:1],
            ),
            term=view,
            month=Link(path=urls.month(key), label=month, count=view.count),
            rows=terms.by_day(papers),
            until=until,
            previous=before,
            next=after,
        )

    def _month_link(self, use: TermUse, key: str | None) -> Link | None:
        if key is None:
            return None
        return Link(
            path=urls.term_month(use.kind, use.slug, key), label=self._words.dates.month(key)
        )

    def _month_terms(self, key: str) -> term_views.MonthTerms:
        return term_views.MonthTerms(self._context.briefs.month(key), self._labels)

    def _exported(self, use: TermUse, key: str) -> Iterator[File]:
        """Yield the exports of a term's newest papers, those of its newest month."""
        ends = self._settings.term_exports
        if not ends:
            return
        days = reversed(self._archive.month(key).days)
        papers = (placed for day in days for placed in day.papers if _has(placed, use))
        view = term_views.term_view(use, self._labels)
        newest = list(islice(papers, term_views.NEWEST))
        yield from self._exports.files(view.path, use.kind, view.name, newest, ends=ends)

    def _files(self, use: TermUse) -> Iterator[File]:
        """Yield the files of a term's own page, which shows titles of its newest month: what a
        reader comes for, and what changes with that month only."""
        key = use.months[-1][0]
        newest = self._terms_of(key)
        view = term_views.term_view(use, self._labels)
        words = self._words
        title = words.gettext("Papers on %(topic)s", topic=view.name)
        about = view.description or words.gettext("%(title)s, the newest first.", title=title)
        first = newest.papers(use.kind, use.slug)[:TITLES]
        yield self._printer.page(
            "term.html",
            self._printer.head(
                view.path,
                title if use.kind == "topic" else words.gettext("Tag: %(tag)s", tag=view.name),
                described_by(about, (brief.title for brief in first)),
                feeds=self._context.feeds_of(use.kind, use.slug),
                alternates=Exports.links(view.path, self._settings.term_exports),
            ),
            term=view,
            newest=newest.newest(use.kind, use.slug),
        )
        yield from self._exported(use, key)


def _has(placed: PublishedPaper, use: TermUse) -> bool:
    return placed.topic == use.slug if use.kind == "topic" else use.slug in placed.paper.tags
