"""The site's addresses: how each kind is written, and which of them a site has. Pure.

Permanent: readers keep them. Each is relative to the site's root and ends with a slash where it is
a page; `file_of` gives the file that a static host serves for it. `Addresses` is the registry: the
plan takes sitemaps from it, redirects and `check` ask it what exists. A kind of page is a row of
`KINDS`; docs/architecture.md tells what else a new one needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

HOME = ""
TOPICS = "topics/"
TAGS = "tags/"
ARCHIVE = "archive/"
SEARCH = "search/"
SAVED = "saved/"
CURATORS = "curators/"
TRENDING = "trending/"
SUBSCRIBE = "subscribe/"
MISSING = "404.html"


def day(when: date) -> str:
    return f"{when:%Y/%m/%d}/"


def day_topic(when: date, topic: str) -> str:
    return f"{when:%Y/%m/%d}/{topic}/"


def month(key: str) -> str:
    """The page of a month given as "2025-08"."""
    return key.replace("-", "/") + "/"


def week(key: str) -> str:
    """The page of a week given as "2025-W32" (ISO 8601)."""
    return key.replace("-", "/") + "/"


def paper(key: str) -> str:
    return f"papers/{key}/"


def term(kind: str, slug: str) -> str:
    """The page of a topic or a tag (`kind`)."""
    return f"{kind}s/{slug}/"


def term_month(kind: str, slug: str, key: str) -> str:
    return f"{kind}s/{slug}/{key}/"


def subscription(name: str) -> str:
    return f"subscriptions/{name}/"


def feed(name: str, form: str) -> str:
    """A feed; `form` is rss, atom or json."""
    return f"feeds/{name}.{'json' if form == 'json' else form + '.xml'}"


def file_of(path: str) -> str:
    """The output file that is served at an address."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def relative_root(path: str) -> str:
    """The way from an address to the site's root, for links that work at any base path."""
    return "../" * path.count("/") or "./"


def week_key(when: date) -> str:
    """A day's ISO week, as "2025-W32"."""
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
        """The slugs of the month's topics or tags (`kind`)."""
        return self.topics if kind == "topic" else self.tags


class Addresses:
    """The addresses that a site has. `subscriptions` are names, `statics` the addresses of static
    pages that search engines may list; `hidden` those of the others. `search` says that there is a
    search page."""

    def __init__(
        self,
        months: Iterable[MonthPages],
        *,
        subscriptions: Sequence[str] = (),
        statics: Sequence[str] = (),
        hidden: Sequence[str] = (),
        search: bool = True,
    ) -> None:
        self.months = {one.key: one for one in sorted(months, key=lambda one: one.key)}
        self.subscriptions = subscriptions
        self.statics = statics
        self.hidden = hidden
        self.search = search

    def __contains__(self, address: str) -> bool:
        """Whether the site has a page or a file of its own at an address."""
        if address == "index.html" or address.endswith("/index.html"):
            address = address.removesuffix("index.html")
        if address in self.statics or address in self.hidden:
            return True
        twin = _TWIN.fullmatch(address)
        path, end = (twin[1], twin[2]) if twin else (address, "")
        for kind in KINDS:
            match = kind.pattern.fullmatch(path)
            if match and (not end or end in kind.twins):
                return kind.has(self, match)
        return False

    @cached_property
    def papers(self) -> frozenset[str]:
        """The ids of all papers."""
        return frozenset(key for one in self.months.values() for key in one.papers)

    @property
    def has_papers(self) -> bool:
        """Whether there is any paper."""
        return any(one.papers for one in self.months.values())

    @cached_property
    def weeks(self) -> dict[str, str]:
        """The weeks that have papers, each with the month of its first day that has some."""
        found: dict[str, str] = {}
        for one in self.months.values():
            for when in sorted(one.days):
                if one.days[when]:
                    found.setdefault(week_key(when), one.key)
        return found

    def weeks_of(self, key: str) -> list[str]:
        """The weeks that stand with a month."""
        return [week for week, month in self.weeks.items() if month == key]

    def terms(self, kind: str) -> list[str]:
        """The slugs of all topics or tags (`kind`) that have papers, sorted."""
        return sorted({slug for one in self.months.values() for slug in one.terms(kind)})

    # For search engines

    def of_month(self, key: str) -> Iterator[tuple[str, str | None]]:
        """A month's pages, each with the ISO date that it is of, where it has one."""
        one = self.months[key]
        yield month(key), None
        for name in self.weeks_of(key):
            yield week(name), None
        for when, topics in one.days.items():
            yield day(when), when.isoformat()
            for topic in topics:
                yield day_topic(when, topic), when.isoformat()
        for kind in ("topic", "tag"):
            for slug in one.terms(kind):
                yield term_month(kind, slug, key), None
        for name in one.papers:
            yield paper(name), None

    def of_site(self) -> list[str]:
        """The pages that no month has. What search engines are asked to leave out (the search page,
        saved papers, hidden pages, redirects) is in neither list."""
        return [
            HOME,
            *([TRENDING] if self.has_papers else []),
            TOPICS,
            TAGS,
            ARCHIVE,
            *(term(kind, slug) for kind in ("topic", "tag") for slug in self.terms(kind)),
            *self.statics,
            SUBSCRIBE,
            CURATORS,
            *map(subscription, self.subscriptions),
        ]

    # What each kind asks

    def _has_day(self, match: re.Match[str], topic: str | None = None) -> bool:
        try:
            when = date(*map(int, match.groups()[:3]))
        except ValueError:
            return False
        found = self.months.get(f"{when:%Y-%m}")
        topics = found.days.get(when) if found else None
        return topics is not None and (topic is None or topic in topics)

    def _has_term(self, kind: str, slug: str, key: str | None = None) -> bool:
        months = self.months.values() if key is None else [self.months[key]] * (key in self.months)
        return any(slug in one.terms(kind) for one in months)

    def _has_feed(self, name: str) -> bool:
        kind, _, slug = name.partition("/")
        if kind == "trending":
            return self.has_papers
        if kind == "subscriptions":
            return slug in self.subscriptions
        return kind in ("all", "daily", "weekly") or self._has_term(kind[:-1], slug)


Has = Callable[[Addresses, re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of address: how it is written, when a site has it, and in which other formats its
    papers stand beside it (the endings of `index.*`)."""

    name: str
    pattern: re.Pattern[str]
    has: Has
    twins: tuple[str, ...] = ()


def _always(_: Addresses, __: re.Match[str]) -> bool:
    return True


_SLUG = r"[A-Za-z0-9._-]+"
_ALL = ("json", "bib", "ris", "md")
_DAY = r"([0-9]{4})/([0-9]{2})/([0-9]{2})/"
_TWIN = re.compile(r"((?:.+/)?)index\.(json|bib|ris|md)")


def _kind(name: str, pattern: str, has: Has = _always, twins: tuple[str, ...] = ()) -> Kind:
    return Kind(name, re.compile(pattern), has, twins)


KINDS = (
    _kind("home", ""),
    _kind("index", r"(?:topics|tags|archive|saved|curators|subscribe)/"),
    _kind("search", "search/", lambda site, _: site.search),
    _kind("trending", "trending/", lambda site, _: site.has_papers),
    _kind("paper", rf"papers/({_SLUG})/", lambda site, match: match[1] in site.papers),
    _kind("term", rf"(topic|tag)s/({_SLUG})/", lambda site, match: site._has_term(*match.groups()),
          _ALL),
    _kind("term's month", rf"(topic|tag)s/({_SLUG})/([0-9]{{4}}-[0-9]{{2}})/",
          lambda site, match: site._has_term(*match.groups())),
    _kind("month", r"([0-9]{4})/([0-9]{2})/",
          lambda site, match: f"{match[1]}-{match[2]}" in site.months),
    _kind("week", r"([0-9]{4})/(W[0-9]{2})/",
          lambda site, match: f"{match[1]}-{match[2]}" in site.weeks, _ALL),
    _kind("day", _DAY, lambda site, match: site._has_day(match), _ALL),
    _kind("day's topic", rf"{_DAY}({_SLUG})/", lambda site, match: site._has_day(match, match[4])),
    _kind("subscription", rf"subscriptions/({_SLUG})/",
          lambda site, match: match[1] in site.subscriptions, ("json", "bib")),
    _kind("feed", rf"feeds/(all|daily|weekly|trending|(?:topics|tags|subscriptions)/{_SLUG}?)"
          r"\.(?:rss\.xml|atom\.xml|json)", lambda site, match: site._has_feed(match[1])),
    _kind("file", r"feeds/feeds\.opml|404\.html|robots\.txt|sitemap\.xml|theme/.+"),
)  # fmt: skip
"""All kinds of addresses; a static page has any that is none of these."""
