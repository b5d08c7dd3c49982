"""What all kinds of page work with: the archive, labels, settings, feeds, and what renders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from .. import urls
from ..archive.people import AUTHOR, ORGANISATION
from ..cards.card import drawable, size_of
from ..content.redirects import Redirect
from ..feeds.links import DAILY, digest_links, feed_links
from ..incremental.plan import File, fingerprint
from ..io.cache import Store
from ..io.settings import Settings
from ..locale.script import FILE as WORDS
from ..locale.script import script
from ..outlinks import OutLink
from ..render import assets
from ..render.exports import Exports
from ..render.labels import Labels
from ..render.views import CardView, Link, SiteView
from ..subscriptions.targets import SubscriptionSettings
from ..topics import Vocabulary
from ..urls import Addresses
from .day_views import DayViews
from .term_views import TermUse, uses

if TYPE_CHECKING:
    from ..archive.archive import Archive
    from ..archive.people_index import People
    from ..render.templates import Templates
    from .kind import PageKind
    from .static import StaticPage

_OF_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildInputs:
    """All that a site is made of. `code` is a fingerprint of Broadsheet's own code; `theme` are the
    theme's static files, `files` those that content links to."""

    archive: Archive
    vocabulary: Vocabulary
    settings: Settings
    templates: Templates
    code: str
    search_store: Store  # parts of the search index, and what is found by words
    people: People  # whom papers name
    item_store: Store  # the newest days' items of feeds
    asked: SubscriptionSettings  # what readers subscribe to
    redirects: tuple[Redirect, ...] = ()
    pages: tuple[StaticPage, ...] = ()
    theme: tuple[File, ...] = ()
    files: tuple[File, ...] = ()


class BuildContext:
    """A site's inputs, and the tools made of them once and used by many kinds of page.

    `kinds` are the kinds of page that the site has. `shared` are the parts that every page depends
    on; `base` are these and the vocabulary.
    """

    def __init__(self, inputs: BuildInputs, kinds: Sequence[type[PageKind]]) -> None:
        # Here, since what checks addresses takes the kinds of page, and none of this.
        from ..archive.briefs import Briefs
        from ..feeds.targets import FeedOptions, Feeds
        from ..related.papers import RelatedPapers
        from ..render.printer import Printer
        from ..search.index.targets import SearchIndex

        settings, archive = inputs.settings, inputs.archive
        self.inputs = inputs
        self.archive = archive
        self.settings = settings
        self.templates = inputs.templates
        self.people = inputs.people
        self.addresses = _addresses(inputs, kinds)
        self.site = site_view(inputs, kinds)
        self.labels = Labels(
            inputs.vocabulary, settings.words, settings.paper_links, settings.leads
        )
        self.feeds = Feeds(
            archive,
            self.labels,
            settings,
            FeedOptions(hub=settings.hub, identity=settings.identity),
            inputs.code,
            subscriptions=[(row.name, row.title) for row in inputs.asked.subscriptions],
            redirects=inputs.redirects,
            kept=inputs.item_store,
        )
        _forget_days(inputs.search_store, archive.keys[-2:])
        self.search = SearchIndex(archive, self.labels, inputs.search_store, inputs.code)
        self.briefs = Briefs(archive, inputs.search_store, inputs.code, settings.words)
        self.related = RelatedPapers(
            archive, self.briefs, inputs.search_store, inputs.code, words=settings.words
        )
        self.exports = Exports(self.labels, settings.url, settings.base)
        self.days = DayViews(archive, self.labels, settings.edit_address)
        self.printer = Printer(inputs.templates, settings, self.site)
        self.daily = digest_links(DAILY, settings.name, settings.words)
        self.shared = {
            "code": inputs.code,
            "settings": fingerprint(settings.fingerprint(), self.site),
        }
        self.base = self.shared | {
            "vocabulary": fingerprint(
                [(row.slug, row.name, row.description) for row in inputs.vocabulary.topics],
                [(row.slug, row.name, row.kind, row.description) for row in inputs.vocabulary.tags],
            ),
        }

    def parts(
        self, templates: Iterable[str], content: object, around: object = ""
    ) -> dict[str, str]:
        """Return what a target depends on: templates, its content, and what stands around it."""
        return self.base | {
            "templates": self.templates.fingerprints(templates),
            "content": fingerprint(content),
            "neighbours": fingerprint(around),
        }

    def feeds_of(self, kind: str, slug: str) -> tuple[Link, ...]:
        """Return the feeds of a topic or tag (`kind`)."""
        label = self.labels.term(kind, slug).label
        title = f"{self.settings.name}: {label}"
        return feed_links(f"{kind}s/{slug}", title, self.settings.term_feeds)

    @cached_property
    def term_uses(self) -> list[TermUse]:
        """All topics and tags that papers have."""
        return uses(self.archive, "topic") + uses(self.archive, "tag")


def _addresses(inputs: BuildInputs, kinds: Sequence[type[PageKind]]) -> Addresses:
    people, ends = inputs.people, {row.new for row in inputs.redirects}
    return Addresses(
        [summary.pages() for summary in inputs.archive.months.values()],
        kinds=[address for kind in kinds for address in kind.addresses],
        subscriptions=[row.name for row in inputs.asked.subscriptions],
        statics=[page.path for page in inputs.pages if page.listed],
        hidden=[page.path for page in inputs.pages if not page.listed],
        search=inputs.settings.search,
        offline=_works_offline(inputs),
        has_name=people.has_page if people.least else None,
        # A list stays, if empty, where the addresses of former names lead to it.
        name_lists=[
            kind
            for kind in (AUTHOR, ORGANISATION)
            if people.top(kind) or (people.least and urls.names(kind) in ends)
        ],
        term_feeds=inputs.settings.term_feeds,
        term_exports=inputs.settings.term_exports,
        cards=drawn_cards(inputs.settings),
    )


def site_view(inputs: BuildInputs, kinds: Sequence[type[PageKind]]) -> SiteView:
    """Return what all pages show of the site: its name, menu, footer and theme files."""
    settings, form = inputs.settings, inputs.asked.form
    messages = script(settings.words)
    said = () if messages is None else (File(WORDS, messages),)
    version = assets.version((*inputs.theme, *said))
    return SiteView(
        name=settings.name,
        tagline=settings.tagline,
        url=settings.url,
        lang=settings.words.language,
        direction=settings.words.direction,
        content_lang=settings.words.foreign,
        words=f"{WORDS}?v={version}" if said else None,
        menu=(
            *(link for kind in kinds for link in kind.menu(inputs)),
            *map(_link, settings.menu),
        ),
        pages=tuple(link for kind in kinds for link in kind.footer(inputs)),
        feeds=feed_links("all", settings.name),
        repository=settings.repository,
        suggest=settings.suggest_url,
        search=settings.search,
        offline=_works_offline(inputs),
        card=_card(inputs),
        own_card=_own_card(inputs),
        open_search=bool(settings.search and settings.url),
        stylesheet=f"theme/css/main.css?v={version}",
        scripts=(f"theme/js/site.js?v={version}",),
        version=version,
        mail_origin=form.origin if form else None,
        csp=settings.csp,
        links=tuple(map(_link, settings.links)),
        social=tuple(map(_link, settings.social)),
        links_name=settings.links_name,
        social_name=settings.social_name,
    )


def _works_offline(inputs: BuildInputs) -> bool:
    """Return whether browsers keep pages: where settings say so and the theme has the worker."""
    return inputs.settings.offline and any(file.path == assets.WORKER for file in inputs.theme)


def _card(inputs: BuildInputs) -> str | None:
    """Return the address of the theme's picture for link previews, which must be absolute."""
    there = any(file.path == assets.CARD for file in inputs.theme)
    return f"{inputs.settings.url}/{assets.CARD}" if there and inputs.settings.url else None


def _own_card(inputs: BuildInputs) -> CardView | None:
    """Return the site's card, where it has one: that which is drawn, or a picture of the digest's
    own in its place, of which a PNG's size is known."""
    view = card_view(inputs.settings, "site", urls.HOME, inputs.settings.name)
    picture = next((file.data for file in inputs.files if file.path == urls.CARD), None)
    if view is None or picture is None:
        return view
    width, height = size_of(picture) or (0, 0)
    return replace(view, width=width, height=height)


def drawn_cards(settings: Settings) -> tuple[str, ...]:
    """Return what has cards that are drawn: nothing of a site without an address, since previews
    take only absolute ones."""
    return settings.cards if settings.url else ()


def card_view(settings: Settings, level: str, path: str, title: str) -> CardView | None:
    """Return the card of a page, where pages of its level ("site", "days", "papers") have one."""
    if level not in drawn_cards(settings):
        return None
    return CardView(address=f"{settings.url}/{urls.card(path)}", alt=drawable(title))


def _link(link: OutLink) -> Link:
    return Link(path=link.address, label=link.label, kind="" if link.inside else "out")


def _forget_days(store: Store, opened: Sequence[str]) -> None:
    """Drop what is cached of single days, but for those of the month that is still filling and of
    the one before it, whose statistics are made of them on the first day after it."""
    for name in store.names():
        if _OF_DAY.match(name) and name[:7] not in opened:
            store.drop(name)
