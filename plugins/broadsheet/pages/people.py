"""The pages of authors and of organisations: one with a feed for each name of several papers, and
the lists of those with most.

A page changes with its name's own papers alone, and shows no votes, which change by the hour.
Search engines are asked to leave them out: one page may be of several people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from .. import urls
from ..archive.name_use import NameUse
from ..archive.people import AUTHOR, MOST, ORGANISATION, PaperLine
from ..feeds.source import FORMAT_OF_NAMES
from ..incremental.plan import File, Target, fingerprint
from ..render import markdown
from ..render.views import ROW, HeadView, Link, NameView, TitleRow
from ..text.names import authors_short
from ..text.plain import plain
from ..urls import SLUG, AddressKind
from .context import BuildContext, BuildInputs
from .kind import PageKind, PartChange

if TYPE_CHECKING:
    from ..render.frames import Given

SHOWN = 100
"""The most papers on a page, the newest."""
_IN_MEMORY = 16384
"""The most rows in memory, of about 0.5 kB each."""
_PREFIX = "names"  # of the partitions' keys
_TARGET = "name "  # of the targets' keys


class PeoplePages(PageKind):
    """The pages of names."""

    name = "people"
    addresses = (
        AddressKind(
            f"({AUTHOR}|{ORGANISATION})s/",
            lambda site, match: match[1] in site.name_lists,
            of_site=lambda site: [urls.names(kind) for kind in site.name_lists],
        ),
        AddressKind(
            rf"({AUTHOR}|{ORGANISATION})s/{SLUG}/",
            lambda site, match: bool(site.has_name and site.has_name(f"{match[1]}/{match[2]}")),
        ),
        AddressKind(
            rf"feeds/({AUTHOR}|{ORGANISATION})s/{SLUG}\.atom\.xml",
            lambda site, match: bool(site.has_name and site.has_name(f"{match[1]}/{match[2]}")),
        ),
    )
    templates = ("names.html",)
    part_templates = ("name.html", ROW)

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        self._rows: dict[str, tuple[PaperLine, Markup]] = {}

    @classmethod
    def footer(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return the links to the lists that name somebody."""
        words = inputs.settings.words
        labels = {AUTHOR: words.gettext("Authors"), ORGANISATION: words.gettext("Organizations")}
        for kind, label in labels.items():
            if inputs.people.top(kind):
                yield Link(path=urls.names(kind), label=label)

    def part_inputs(self) -> Mapping[str, str]:
        """Return the groups of all names, by the keys of their partitions."""
        return {
            f"{_PREFIX}-{group}": fingerprint(stamp, self._firsts)
            for group, stamp in self._context.people.groups.items()
        }

    def part_change(self, key: str) -> PartChange | None:
        """Return which names' pages a group's last change touched."""
        before, names = self._context.people.last_change(_group_of(key))
        keys = frozenset(map(_target_key, names))
        return PartChange(fingerprint(before, self._firsts), keys) if before else None

    def part_targets(self, key: str, among: Collection[str] | None = None) -> Iterable[Target]:
        """Return a target for each name of a group."""
        wanted = None if among is None else set(map(_name_of, among))
        names = self._context.people.group(_group_of(key), wanted)
        for name in sorted(names):
            if wanted is None or name in wanted:
                use = names[name]
                yield Target(
                    _target_key(name),
                    self._part_base | {"content": fingerprint(use.told, self._firsts_of(use))},
                    partial(self._files, name, use),
                )

    @cached_property
    def _firsts(self) -> object:
        return self._context.feeds.firsts(self._archive.keys)

    @cached_property
    def _part_base(self) -> dict[str, str]:
        return self._context.base | {
            "templates": self._context.templates.fingerprints(self.part_templates)
        }

    def _firsts_of(self, use: NameUse) -> object:
        """Return the days that first published those papers that were moved since."""
        moved = self._archive.firsts
        return moved and [
            day
            for iso, number in use.papers
            if iso[:7] in moved
            and (day := moved[iso[:7]].get(self._context.people.line(iso, number).id))
        ]

    def site_inputs(self) -> object:
        """Return the names with most papers."""
        return self._top

    def site_targets(self) -> Iterable[Target]:
        """Return the targets of the lists."""
        for kind in self._context.addresses.name_lists:
            parts = self._context.parts(self.templates, self._top[kind])
            yield Target(f"{kind}s", parts, partial(self._list, kind))

    @cached_property
    def _top(self) -> dict[str, object]:
        return {kind: self._context.people.top(kind) for kind in (AUTHOR, ORGANISATION)}

    def _list(self, kind: str) -> list[File]:
        words = self._words
        authors = kind == AUTHOR
        title = words.gettext("Authors") if authors else words.gettext("Organizations")
        links = tuple(
            Link(path=urls.name(use.key), label=use.name, count=use.total)
            for use in self._context.people.top(kind)
        )
        about = (
            words.gettext("Who wrote most of the papers in %(site)s.", site=self._settings.name)
            if authors
            else words.gettext(
                "Where most of the papers in %(site)s come from, as far as listings say.",
                site=self._settings.name,
            )
        )
        head = self._printer.head(urls.names(kind), title, about)
        return [
            self._printer.page(
                "names.html", head, kind=kind, links=links, least=self._context.people.least
            )
        ]

    def _files(self, key: str, use: NameUse) -> Iterator[File]:
        kind, _, slug = key.partition("/")
        people, words = self._context.people, self._words
        papers = [people.line(*place) for place in use.papers]
        # The newest day first, and its papers in their order.
        newest = sorted(papers, key=lambda line: line.iso, reverse=True)
        count = len(papers)
        with_feed = kind == ORGANISATION or count >= self._settings.author_feeds > 0
        title = f"{self._settings.name}: {use.name}"
        path = urls.name(key)
        about = words.ngettext(
            "%(count)s paper of %(name)s in %(site)s: %(titles)s.",
            "%(count)s papers of %(name)s in %(site)s: %(titles)s.",
            count,
            name=use.name,
            site=self._settings.name,
            titles="; ".join(plain(line.title) for line in newest[:2]),
        )
        texts = {
            "name": use.name,
            "about": about,
            "path": path,
            "canonical": self._printer.canonical(path) or "",
            "title": title,
            "feed": urls.feed(f"{kind}s/{slug}", FORMAT_OF_NAMES) if with_feed else "",
            "rows": Markup("".join([self._row(path, line) for line in newest[:SHOWN]])),
            "since": words.dates.plain(date.fromisoformat(newest[-1].iso)),
            "search": author_search(use.name) if kind == AUTHOR else "",
        }
        view = partial(self._view, kind, count, with_feed)
        yield self._printer.framed("name.html", (kind, count, with_feed), path, texts, view)
        if with_feed:
            yield self._context.feeds.of_name(f"{kind}s/{slug}", title, about, path, newest)

    def _view(
        self, kind: str, count: int, with_feed: bool, texts: Given
    ) -> tuple[HeadView, dict[str, object]]:
        """Return the head and the values of a name's page."""
        path = texts["path"]
        feed = Link(path=texts["feed"], label=texts["title"], kind=FORMAT_OF_NAMES)
        head = HeadView(
            title=texts["name"],
            description=texts["about"],
            path=path,
            canonical=texts["canonical"] if self._settings.url else None,
            feeds=(feed,) if with_feed else (),
            card=self._context.site.own_card,
            index=False,
        )
        named = NameView(
            kind=kind,
            name=texts["name"],
            path=path,
            count=count,
            rows=texts["rows"],
            since=texts["since"],
            most=MOST,
            search=texts["search"] if kind == AUTHOR and self._settings.search else None,
        )
        return head, {"named": named}

    def _row(self, path: str, line: PaperLine) -> Markup:
        """Return a paper's row on a name's page, the same on those of all its names."""
        known = self._rows.get(line.id)
        if known is not None and known[0] is line:
            return known[1]
        if len(self._rows) >= _IN_MEMORY:
            self._rows.clear()
        made = TitleRow(
            path=urls.paper(line.id),
            title_html=markdown.unannotated(markdown.title(line.title)),
            authors_short=authors_short(line.authors, line.author_count, self._words),
            iso=line.iso,
            topic=self._labels.topic(line.topic),
            upvotes=None,
            date=self._words.dates.brief(date.fromisoformat(line.iso)),
        )
        row = self._printer.row(path, made)
        self._rows[line.id] = line, row
        return row


def _group_of(key: str) -> str:
    """Return the group of names that a partition has."""
    return key[len(_PREFIX) + 1 :]


def _target_key(name: str) -> str:
    return _TARGET + name


def _name_of(target: str) -> str:
    return target[len(_TARGET) :]


@lru_cache(1 << 14)
def author_search(name: str) -> str:
    """Return the search page with all papers of an author."""
    return urls.search_for(f'author:"{name.replace(chr(34), " ")}"')
