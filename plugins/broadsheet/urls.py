"""The site's addresses: how each is written, and which of them a site has. Pure.

Addresses are permanent, since readers keep them. Each is relative to the site's root and ends with
a slash where it is a page; `file_of` gives the file that a static host serves for it. `Addresses`
tells what exists: sitemaps are taken from it, redirects and `check` ask it. The kinds of address
come from the kinds of page (`pages.registry`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import quote

HOME = ""
TOPICS = "topics/"
TAGS = "tags/"
ARCHIVE = "archive/"
SEARCH = "search/"
SAVED = "saved/"
CURATORS = "curators/"
TRENDING = "trending/"
SUBSCRIBE = "subscribe/"
AUTHORS = "authors/"
MISSING = "404.html"
OFFLINE = "offline/"
WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
CARD = "card.png"

FEEDS = ("rss", "atom", "json")
"""The formats of feeds."""

EXPORTS = ("json", "bib", "ris", "md")
"""The endings of all export formats."""


_FEW_QUOTED = re.compile(r"[\w.~: \"-]*\Z", re.ASCII).match
"""Tells that a query has no signs to be quoted but spaces and quotes."""


def day(when: date) -> str:
    """Return the page of a day."""
    return f"{when.isoformat().replace('-', '/')}/"


def day_topic(when: date, topic: str) -> str:
    """Return the page of a topic on a day."""
    return f"{day(when)}{topic}/"


def month(key: str) -> str:
    """Return the page of a month given as "2025-08"."""
    return key.replace("-", "/") + "/"


def week(key: str) -> str:
    """Return the page of a week given as "2025-W32" (ISO 8601)."""
    return key.replace("-", "/") + "/"


def paper(key: str) -> str:
    """Return the page of a paper, by its id."""
    return f"papers/{key}/"


def term(kind: str, slug: str) -> str:
    """Return the page of a topic or a tag (`kind`)."""
    return f"{kind}s/{slug}/"


def term_month(kind: str, slug: str, key: str) -> str:
    """Return the page of a topic or a tag (`kind`) in a month."""
    return f"{kind}s/{slug}/{key}/"


def name(key: str) -> str:
    """Return the page of an author or an organisation, by its key ("author/ada-lovelace")."""
    kind, _, slug = key.partition("/")
    return f"{kind}s/{slug}/"


def names(kind: str) -> str:
    """Return the list of authors or organisations (`kind`) with most papers."""
    return f"{kind}s/"


def search_for(query: str) -> str:
    """Return the search page with a query."""
    if _FEW_QUOTED(query):  # most: quoting in general takes ten times as long
        quoted = query.replace(" ", "%20").replace('"', "%22")
    else:
        quoted = quote(query, safe=":")
    return f"{SEARCH}?q={quoted}"


def subscription(name: str) -> str:
    """Return the page of a subscription."""
    return f"subscriptions/{name}/"


def feed(name: str, form: str) -> str:
    """Return the address of a feed; `form` is rss, atom or json."""
    return f"feeds/{name}.{'json' if form == 'json' else form + '.xml'}"


def card(path: str) -> str:
    """Return the card of a page, by the page's address; the site's is that of its front page."""
    return f"{path}{CARD}"


def file_of(path: str) -> str:
    """Return the output file that is served at an address."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def relative_root(path: str) -> str:
    """Return the relative path from an address to the site's root, for links that work at any base
    path."""
    return "../" * path.count("/") or "./"


def week_key(when: date) -> str:
    """Return a day's ISO week, as "2025-W32"."""
    year, number, _ = when.isocalendar()
    return f"{year}-W{number:02d}"


@dataclass(frozen=True, slots=True)
class MonthPages:
    """What pages a month ("2025-08") has: its days with the topics that have papers on each, its
    papers' ids, and the topics and tags of these."""

    key: str
    days: Mapping[date, Collection[str]]
    papers: Collection[str]
    topics: Collection[str]
    tags: Collection[str]

    def terms(self, kind: str) -> Collection[str]:
        """Return the slugs of the month's topics or tags (`kind`)."""
        return self.topics if kind == "topic" else self.tags


class Addresses:
    """The addresses that a site has.

    `kinds` are the kinds of address there are (`pages.registry.addresses` gives all).
    `subscriptions` are names, `statics` the addresses of static pages that search engines may list,
    `hidden` those of the others. `search` says whether there is a search page.
    `has_name` tells whether an author or an organisation ("author/ada-lovelace") has a page; None
    where none has; `name_lists` are the kinds of name ("author") that have a list of those with
    most papers. `term_feeds` and `term_exports` are the formats that topics and tags have, `cards`
    what has a picture for link previews.
    """

    def __init__(
        self,
        months: Iterable[MonthPages],
        *,
        kinds: Sequence[AddressKind],
        subscriptions: Sequence[str] = (),
        statics: Sequence[str] = (),
        hidden: Sequence[str] = (),
        search: bool = True,
        offline: bool = True,
        has_name: Callable[[str], bool] | None = None,
        name_lists: Collection[str] = (),
        term_feeds: Collection[str] = FEEDS,
        term_exports: Collection[str] = EXPORTS,
        cards: Collection[str] = ("site", "days", "papers"),
    ) -> None:
        self.months = {month.key: month for month in sorted(months, key=lambda month: month.key)}
        self.kinds = kinds
        self.subscriptions = subscriptions
        self.statics = statics
        self.hidden = hidden
        self.search = search
        self.offline = offline
        self.has_name = has_name
        self.name_lists = name_lists
        self.term_feeds = term_feeds
        self.term_exports = term_exports
        self.cards = cards

    def __contains__(self, address: str) -> bool:
        """Return whether the site has a page or a file of its own at an address."""
        if address == "index.html" or address.endswith("/index.html"):
            address = address.removesuffix("index.html")
        export = _EXPORT.fullmatch(address)
        path, ending = (export[1], export[2]) if export else (address, "")
        return any(
            (not ending or ending in kind.exports(self))
            and (match := kind.matches(path)) is not None
            and kind.has(self, match)
            for kind in self.kinds
        )

    @cached_property
    def papers(self) -> frozenset[str]:
        """The ids of all papers."""
        return frozenset(key for month in self.months.values() for key in month.papers)

    @property
    def has_papers(self) -> bool:
        """Whether there is any paper."""
        return any(month.papers for month in self.months.values())

    @cached_property
    def weeks(self) -> dict[str, str]:
        """The weeks that have papers, each with the month of its first day that has some."""
        weeks: dict[str, str] = {}
        for month in self.months.values():
            for when in sorted(month.days):
                if month.days[when]:
                    weeks.setdefault(week_key(when), month.key)
        return weeks

    @cached_property
    def _weeks_by_month(self) -> dict[str, list[str]]:
        months: dict[str, list[str]] = {}
        for name, key in self.weeks.items():
            months.setdefault(key, []).append(name)
        return months

    def weeks_of(self, key: str) -> list[str]:
        """Return the weeks whose first day with papers is in a month."""
        return self._weeks_by_month.get(key, [])

    def terms(self, kind: str) -> list[str]:
        """Return the slugs of all topics or tags (`kind`) that have papers, sorted."""
        return sorted({slug for month in self.months.values() for slug in month.terms(kind)})

    def has_day(self, when: re.Match[str], topic: str | None = None) -> bool:
        """Return whether there is a day, or a day's page of a topic; the groups of `when` are year,
        month and day."""
        try:
            day_date = date(*map(int, when.groups()[:3]))
        except ValueError:
            return False
        pages = self.months.get(f"{day_date:%Y-%m}")
        topics = pages.days.get(day_date) if pages else None
        return topics is not None and (topic is None or topic in topics)

    def has_term(self, kind: str, slug: str, key: str | None = None) -> bool:
        """Return whether papers (of a month, where `key` names one) have a topic or a tag
        (`kind`)."""
        if key is not None:
            return key in self.months and slug in self.months[key].terms(kind)
        return any(slug in month.terms(kind) for month in self.months.values())

    # For search engines

    def of_month(self, key: str) -> Iterator[tuple[str, str | None]]:
        """Yield a month's pages, each with the ISO date that it is of, where it has one."""
        for kind in self.kinds:
            yield from kind.of_month(self, key)

    def of_site(self) -> list[str]:
        """Return the pages that belong to no month. What search engines are asked to leave out (the
        search page, saved papers, hidden pages, redirects) is in neither list."""
        return [address for kind in self.kinds for address in kind.of_site(self)]


def _always(_: Addresses, __: re.Match[str]) -> bool:
    return True


def _no_exports(_: Addresses) -> Collection[str]:
    return ()


def _none_of_month(_: Addresses, __: str) -> Iterable[tuple[str, str | None]]:
    return ()


def _none_of_site(_: Addresses) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class AddressKind:
    """A kind of address.

    `pattern` is a regular expression for the whole address; `has` says whether a site has one that
    matches. `exports` gives the endings of the files `index.*` beside the page. `of_month` and
    `of_site` list the addresses for sitemaps.
    """

    pattern: str
    has: Callable[[Addresses, re.Match[str]], bool] = _always
    exports: Callable[[Addresses], Collection[str]] = _no_exports
    of_month: Callable[[Addresses, str], Iterable[tuple[str, str | None]]] = _none_of_month
    of_site: Callable[[Addresses], Iterable[str]] = _none_of_site

    def matches(self, address: str) -> re.Match[str] | None:
        """Match an address against the pattern."""
        return re.fullmatch(self.pattern, address)


def all_exports(_: Addresses) -> Collection[str]:
    """Return the endings of the exports of a kind of address that has them all."""
    return EXPORTS


def feed_kind(name: str, has: Callable[[Addresses, re.Match[str]], bool] = _always) -> AddressKind:
    """Return the addresses of feeds in all formats; `name` is a regular expression for their
    names. The last group of a match is the format's ending."""
    return AddressKind(rf"feeds/{name}\.(rss\.xml|atom\.xml|json)", has)


SLUG = r"([A-Za-z0-9._-]+)"
"""A regular expression for a name in an address."""

_EXPORT = re.compile(r"((?:.+/)?)index\.(json|bib|ris|md)")
