"""Subscriptions on the site: which papers each matches, its page, its feeds and its twins.

What a query matches in a month is kept, so that a new day is matched against the open month only,
and a new subscription against all. Like every feed, a subscription's page and feeds show the newest
month that has matches and the one before; the search page shows all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Protocol

from markupsafe import Markup

from ..cache import Store
from ..query import Query, Subscription, address, matches, numbers, query_of
from . import urls
from .archive import Archive, Placed
from .feed_items import month_before, newest_of
from .feeds import Feeds, feed_links
from .month_index import MonthIndex
from .plan import File, Group, digest
from .show.papers import Names, title_row
from .templates import Printer
from .twins import SHORT
from .views import Link, SubscriptionView, TitleRow
from .wording import plain

TEMPLATE = "subscription.html"
LEAST = 10  # papers on a subscription's page and in its feeds, if there are
DAYS = 3  # ... and at least those of so many days
MOST = 30  # ... however many these brought


@dataclass(frozen=True, slots=True)
class Found:
    """What a query matches in a month: how many papers, the newest ones' numbers in the month, and
    a hash of both and of these papers."""

    count: int
    digest: str
    newest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What a query matches in several months: how many papers, and the last two months that have
    some, oldest first."""

    count: int = 0
    last: tuple[tuple[str, Found], ...] = ()

    def and_in(self, key: str, found: Found) -> Total:
        """This, and what it matches in a later month."""
        if not found.count:
            return self
        return Total(self.count + found.count, (*self.last[-1:], (key, found)))


class PageTwins(Protocol):
    """Writes the papers of a page in other formats beside it (see `twins`)."""

    def links(self, path: str, ends: Sequence[str]) -> tuple[Link, ...]:
        """Links to a page's twins."""

    def files(
        self, path: str, kind: str, title: str, papers: Sequence[Placed], *, ends: Sequence[str]
    ) -> Iterable[File]:
        """The twins of a page."""


class Matcher:
    """Matches queries month by month. `statistics` gives a month's search statistics."""

    def __init__(
        self,
        archive: Archive,
        names: Names,
        statistics: Callable[[str], bytes],
        kept: Store,
        code: str,
    ) -> None:
        self._archive = archive
        self._statistics = statistics
        self._kept = kept
        self.papers = lru_cache(maxsize=3)(self._flat)
        """A month's papers by their numbers."""
        self._common = digest(
            code,
            [(one.slug, one.name) for one in names.vocabulary.topics],
            [(one.slug, one.name) for one in names.vocabulary.tags],
        )

    def totals(self, keys: Sequence[str], queries: Mapping[str, Query]) -> dict[str, Total]:
        """What some queries, by their hashes, match in some months, oldest first.

        The months before the last are kept together, so that a new day need not look at each.
        """
        if not keys or not queries:
            return dict.fromkeys(queries, Total())
        *closed, newest = keys
        stamp = digest(
            self._common,
            [(key, self._archive.months[key].digest) for key in closed],
            sorted(queries),
        )
        made = _totals(self._kept.get("closed.matches", stamp))
        if made is None:
            made = dict.fromkeys(queries, Total())
            for key in closed:
                found = self.found(key, queries)
                made = {one: made[one].and_in(key, found[one]) for one in queries}
            self._kept.put("closed.matches", stamp, _kept_totals(made))
        found = self.found(newest, queries)
        return {one: made[one].and_in(newest, found[one]) for one in queries}

    def found(self, key: str, queries: Mapping[str, Query]) -> dict[str, Found]:
        """What some queries, by their hashes, match in a month."""
        stamp = digest(self._archive.months[key].digest, self._common)
        known = _known(self._kept.get(f"{key}.matches", stamp))
        missing = queries.keys() - known.keys()
        if missing:
            index = self.index(key)
            rows = self._rows(key)
            for one in missing:
                known[one] = _summed(matches(queries[one], index), rows)
            plain = {one: _plain(known[one]) for one in sorted(queries)}
            self._kept.put(f"{key}.matches", stamp, json.dumps(plain).encode())
        return known

    def index(self, key: str) -> MonthIndex:
        """A month as an index."""
        return MonthIndex(
            self._statistics(key), self._days(key), partial(self._texts, key),
            partial(self._votes, key),
        )  # fmt: skip

    def _flat(self, key: str) -> list[Placed]:
        return [one for day in self._archive.month(key).days for one in day.papers]

    def _rows(self, key: str) -> list[str]:
        """A hash of each of a month's papers."""
        return [digest(one.paper, one.date, one.topic) for one in self.papers(key)]

    def _days(self, key: str) -> list[tuple[date, int]]:
        return [(date.fromisoformat(day.iso), day.count) for day in self._archive.months[key].days]

    def _texts(self, key: str, number: int) -> tuple[str, str]:
        paper = self.papers(key)[number].paper
        return plain(paper.title), plain(paper.abstract)

    def _votes(self, key: str, number: int) -> int:
        return self.papers(key)[number].paper.upvotes or 0


def _summed(bits: int, rows: Sequence[str]) -> Found:
    newest = tuple(numbers(bits))[-MOST:]
    count = bits.bit_count()
    return Found(count, digest(count, [rows[number] for number in newest]), newest)


def _plain(found: Found) -> list[object]:
    return [found.count, found.digest, found.newest]


def _found(count: int, digest: str, newest: list[int]) -> Found:
    return Found(count, digest, tuple(newest))


def _kept_totals(totals: Mapping[str, Total]) -> bytes:
    return json.dumps(
        {
            one: [total.count, [[key, *_plain(found)] for key, found in total.last]]
            for one, total in totals.items()
        },
        sort_keys=True,
    ).encode()


def _totals(kept: bytes | None) -> dict[str, Total] | None:
    if kept is None:
        return None
    return {
        one: Total(count, tuple((key, _found(*found)) for key, *found in last))
        for one, (count, last) in json.loads(kept).items()
    }


def _known(kept: bytes | None) -> dict[str, Found]:
    if kept is None:
        return {}
    return {one: _found(*found) for one, found in json.loads(kept).items()}


class Subscriptions:
    """The pages, feeds and twins of all subscriptions."""

    def __init__(
        self,
        subscriptions: Sequence[Subscription],
        archive: Archive,
        names: Names,
        matcher: Matcher,
        feeds: Feeds,
        printer: Printer,
        *,
        edit: Callable[[str], str | None],
        parts: dict[str, str],
        twins: PageTwins | None = None,
    ) -> None:
        self._all = subscriptions
        self._archive = archive
        self._names = names
        self._matcher = matcher
        self._feeds = feeds
        self._printer = printer
        self._edit = edit
        self._parts = parts
        self._twins = twins
        self._rows: dict[str, tuple[TitleRow, Markup]] = {}

    @cached_property
    def _queries(self) -> list[tuple[str, Query]]:
        """What each subscription asks for, under its hash."""
        return [(digest(asked), asked) for asked in map(query_of, self._all)]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that is asked for; "" where nothing is."""
        return digest(sorted({stamp for stamp, _ in self._queries})) if self._all else ""

    def month(self, key: str) -> Iterator[Group]:
        """A group that has no files: it finds what a month's papers match, while its texts are at
        hand, and keeps it for `groups`. So processes share the matching as they do the rendering.
        """
        if self._all:
            parts = {
                "content": digest(self._archive.months[key].digest, self.fingerprint),
                "names": self._parts.get("vocabulary", ""),
                "code": self._parts.get("code", ""),
            }
            weight = 1 + len(self._queries) // 5
            yield Group(f"matches {key}", parts, partial(self._match, key), weight, (key,))

    def _match(self, key: str) -> tuple[File, ...]:
        self._matcher.found(key, dict(self._queries))
        return ()

    def groups(self) -> Iterator[Group]:
        """A group a subscription, those of one month together, newest month first."""
        totals = self._matcher.totals(self._archive.keys, dict(self._queries))
        groups = []
        for (stamp, _), one in zip(self._queries, self._all, strict=True):
            total = totals[stamp].count
            window = _window(totals[stamp].last)
            parts = self._parts | {
                "content": digest(one, total, [(key, each.digest) for key, each in window]),
                "firsts": self._feeds.firsts(key for key, _ in window),
                "moved": digest(self._feeds.old_names(f"subscriptions/{one.name}")),
            }
            groups.append((
                [key for key, _ in window],
                Group(f"subscription {one.name}", parts, partial(self._files, one, total, window)),
            ))  # fmt: skip
        yield from (group for _, group in sorted(groups, key=lambda pair: pair[0], reverse=True))

    def _files(
        self, one: Subscription, total: int, window: Sequence[tuple[str, Found]]
    ) -> Iterator[File]:
        placed: list[Placed] = []
        for key, found in window:
            papers = self._matcher.papers(key)
            placed += [papers[number] for number in found.newest]
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
        if self._twins is not None:
            yield from self._twins.files(path, "subscription", one.title, placed, ends=SHORT)

    def _row(self, path: str, placed: Placed) -> tuple[TitleRow, Markup]:
        """A paper's row, made once: one paper is on many of these pages, which all lie equally
        deep."""
        key = placed.paper.id
        if key not in self._rows:
            row = title_row(placed, self._names)
            self._rows[key] = row, self._printer.row(path, row)
        return self._rows[key]

    def _title(self, one: Subscription) -> str:
        return f"{self._feeds.name}: {one.title}"

    def _page(self, one: Subscription, total: int, placed: Sequence[Placed]) -> File:
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
            alternates=self._twins.links(path, SHORT) if self._twins else (),
        )
        return self._printer.page(TEMPLATE, head, subscription=view)


def subscription_path(name: str) -> str:
    """The address of a subscription's page."""
    return urls.subscription(name)


def asked(one: Subscription, names: Names) -> tuple[tuple[str, str], ...]:
    """What a subscription looks for, in words: ("Words", "robot*"), ("Topics", "Robotics")."""
    rows = [
        ("Any of", one.words),
        ("Each of", ", ".join(one.required)),
        ("None of", ", ".join(one.excluded)),
        ("Topics", ", ".join(_topic(slug, names) for slug in one.topics)),
        ("Tags", ", ".join(names.tag(slug).label for slug in one.tags)),
        ("Authors", ", ".join(one.authors)),
        ("Votes", f"at least {one.votes}" if one.votes else ""),
        ("Since", one.since),
    ]
    return tuple((label, text) for label, text in rows if text)


def _topic(slug: str, names: Names) -> str:
    known = names.topics.get(slug)
    return known.label if known else slug


def _window(found: Sequence[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """The newest month with matches, and the month before where that has some too, newest first."""
    if not found:
        return []
    key, newest = found[-1]
    window = [(key, newest)]
    if newest.count < MOST and len(found) > 1 and found[-2][0] == month_before(key):
        window.append(found[-2])
    return window
