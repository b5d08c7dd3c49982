"""The pages, feeds and exports of subscriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Protocol

from markupsafe import Markup

from .. import urls
from ..archive.archive import Archive
from ..archive.model import PublishedPaper
from ..feeds.links import feed_links
from ..feeds.source import month_before, newest_of
from ..feeds.targets import Feeds
from ..incremental.plan import File, Target, fingerprint
from ..io.settings import Settings
from ..render.exports import SHORT
from ..render.labels import Labels
from ..render.papers import title_row
from ..render.printer import Printer
from ..render.templates import Templates
from ..render.views import ROW, Link, SubscriptionView, TitleRow
from ..search.query.language import Query
from .matcher import MOST, MatchedPapers, Matcher
from .model import TEMPLATE, Subscription, address, query_of

LEAST = 10
"""The least papers on a subscription's page and in its feeds, if there are as many."""

DAYS = 3
"""A page and its feeds hold all papers of so many days up to the newest paper's, but `MOST` at
most."""


class SubscriptionExports(Protocol):
    """Writes the exports of a page, its papers in other formats (see render/exports.py)."""

    def links(self, path: str, ends: Sequence[str]) -> tuple[Link, ...]:
        """Return links to a page's exports."""

    def files(
        self,
        path: str,
        kind: str,
        title: str,
        papers: Sequence[PublishedPaper],
        *,
        ends: Sequence[str],
    ) -> Iterable[File]:
        """Yield the exports of a page."""


class SubscriptionContext(Protocol):
    """What subscriptions need of the build context. `base` are the parts that every page depends
    on."""

    @property
    def archive(self) -> Archive: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def feeds(self) -> Feeds: ...
    @property
    def templates(self) -> Templates: ...
    @property
    def printer(self) -> Printer: ...
    @property
    def exports(self) -> SubscriptionExports: ...
    @property
    def base(self) -> dict[str, str]: ...


class Subscriptions:
    """The pages, feeds and exports of all subscriptions."""

    def __init__(
        self,
        context: SubscriptionContext,
        subscriptions: Sequence[Subscription],
        matcher: Matcher,
    ) -> None:
        self._all = subscriptions
        self._archive = context.archive
        self._names = context.labels
        self._matcher = matcher
        self._feeds = context.feeds
        self._printer = context.printer
        self._edit = context.settings.edit_address
        self._parts = context.base | {"templates": context.templates.fingerprints([TEMPLATE, ROW])}
        self._twins = context.exports
        self._rows: dict[str, tuple[TitleRow, Markup]] = {}

    @cached_property
    def _queries(self) -> list[tuple[str, Query]]:
        """Each subscription's query with its fingerprint."""
        return [(fingerprint(query), query) for query in map(query_of, self._all)]

    @cached_property
    def fingerprint(self) -> str:
        """A fingerprint of all queries; "" without any."""
        return fingerprint(sorted({stamp for stamp, _ in self._queries})) if self._all else ""

    def month(self, key: str) -> Iterator[Target]:
        """Yield a target without files, which matches a month's papers while its texts are in
        memory, and keeps the matches for `groups`. So processes share the matching as they share
        the rendering."""
        if self._all:
            parts = {
                "content": fingerprint(self._archive.months[key].fingerprint, self.fingerprint),
                "names": self._parts.get("vocabulary", ""),
                "code": self._parts.get("code", ""),
            }
            weight = 1 + len(self._queries) // 5
            yield Target(f"matches {key}", parts, partial(self._match, key), weight, (key,))

    def _match(self, key: str) -> tuple[File, ...]:
        self._matcher.matched(key, dict(self._queries))
        return ()

    def groups(self) -> Iterator[Target]:
        """Yield a target for each subscription, newest month first: those that read the same months
        stand together."""
        totals = self._matcher.totals(self._archive.keys, dict(self._queries))
        targets = []
        for (stamp, _), subscription in zip(self._queries, self._all, strict=True):
            total = totals[stamp].count
            window = _window(totals[stamp].last)
            parts = self._parts | {
                "content": fingerprint(
                    subscription, total, [(key, matched.fingerprint) for key, matched in window]
                ),
                "firsts": self._feeds.firsts(key for key, _ in window),
                "moved": fingerprint(self._feeds.old_names(f"subscriptions/{subscription.name}")),
            }
            render = partial(self._files, subscription, total, window)
            target = Target(f"subscription {subscription.name}", parts, render)
            targets.append(([key for key, _ in window], target))
        yield from (target for _, target in sorted(targets, key=lambda pair: pair[0], reverse=True))

    def _files(
        self, one: Subscription, total: int, window: Sequence[tuple[str, MatchedPapers]]
    ) -> Iterator[File]:
        placed: list[PublishedPaper] = []
        for key, matched in window:
            papers = self._matcher.papers(key)
            placed += [papers[number] for number in matched.newest]
        placed.sort(key=lambda each: each.date, reverse=True)
        placed = newest_of(placed, LEAST, MOST, DAYS)
        yield self._page(one, total, placed)
        path = subscription_path(one.name)
        yield from self._feeds.formats(
            f"subscriptions/{one.name}",
            self._title(one),
            one.description or one.title,
            path,
            self._feeds.items(placed),
        )
        yield from self._twins.files(path, "subscription", one.title, placed, ends=SHORT)

    def _row(self, path: str, placed: PublishedPaper) -> tuple[TitleRow, Markup]:
        """Return a paper's row, which is rendered once: a paper is on many of these pages, and
        relative links are the same on all of them."""
        key = placed.paper.id
        if key not in self._rows:
            row = title_row(placed, self._names)
            self._rows[key] = row, self._printer.row(path, row)
        return self._rows[key]

    def _title(self, one: Subscription) -> str:
        return f"{self._feeds.name}: {one.title}"

    def _page(self, one: Subscription, total: int, placed: Sequence[PublishedPaper]) -> File:
        path = subscription_path(one.name)
        rows = [self._row(path, each) for each in placed]
        view = SubscriptionView(
            name=one.name,
            path=path,
            title=one.title,
            description=one.description,
            count=total,
            asked=asked(one, self._names),
            rows=tuple(row for row, _ in rows),
            rows_html=Markup("").join(html for _, html in rows),
            search=address(one),
            votes=one.votes,
            edit=self._edit(f"subscriptions/{one.name}.yml"),
        )
        head = self._printer.head(
            path,
            one.title,
            one.description,
            feeds=feed_links(f"subscriptions/{one.name}", self._title(one)),
            alternates=self._twins.links(path, SHORT),
        )
        return self._printer.page(TEMPLATE, head, subscription=view)


def subscription_path(name: str) -> str:
    """Return the address of a subscription's page."""
    return urls.subscription(name)


def asked(subscription: Subscription, labels: Labels) -> tuple[tuple[str, str], ...]:
    """Return what a subscription asks for, in words: ("Any of", "robot*"), ("Topics",
    "Robotics")."""
    words = labels.words
    listed = words.gettext(", ").join
    rows = [
        (words.gettext("Each of"), subscription.all),
        (words.gettext("Any of"), subscription.words),
        (words.gettext("Each of"), listed(subscription.required)),
        (words.gettext("None of"), listed(subscription.excluded)),
        (words.gettext("Topics"), listed(_topic(slug, labels) for slug in subscription.topics)),
        (words.gettext("Tags"), listed(labels.tag(slug).label for slug in subscription.tags)),
        (words.gettext("Authors"), listed(subscription.authors)),
        (
            words.gettext("Votes"),
            words.gettext("at least %(count)s", count=subscription.votes)
            if subscription.votes
            else "",
        ),
        (words.gettext("Since"), subscription.since),
    ]
    return tuple((label, text) for label, text in rows if text)


def _topic(slug: str, labels: Labels) -> str:
    known = labels.topics.get(slug)
    return known.label if known else slug


def _window(last: Sequence[tuple[str, MatchedPapers]]) -> list[tuple[str, MatchedPapers]]:
    """Return the months that a page shows, newest first: the newest one with matches, and the month
    before if it has some and there is room. `last` are the last months with matches, oldest
    first."""
    if not last:
        return []
    key, newest = last[-1]
    window = [(key, newest)]
    if newest.count < MOST and len(last) > 1 and last[-2][0] == month_before(key):
        window.append(last[-2])
    return window
