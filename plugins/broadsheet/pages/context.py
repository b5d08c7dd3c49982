"""What all parts of the plan work with: the archive, its names and settings, and what renders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..archive.archive import Archive
from ..archive.briefs import Briefs
from ..content.redirects import Redirect
from ..feeds.targets import DAILY, FeedOptions, Feeds, digest_links, feed_links
from ..incremental.plan import Target, fingerprint
from ..io.cache import Store
from ..io.settings import Settings
from ..related.papers import RelatedPapers
from ..render.exports import Exports
from ..render.labels import Labels
from ..render.templates import Printer, Templates
from ..render.views import Link, SiteView
from ..search.targets import SearchIndex
from ..subscriptions.targets import Asked
from ..topics import Vocabulary
from ..urls import Addresses

_OF_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.")


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """All that a site is made of."""

    archive: Archive
    vocabulary: Vocabulary
    settings: Settings
    templates: Templates
    site: SiteView
    code: str  # a hash of Broadsheet's own code
    kept: Store  # for parts of the search index
    items: Store  # for newest days' items of feeds
    asked: Asked  # what readers subscribe to
    redirects: tuple[Redirect, ...]
    addresses: Addresses  # what pages the site has
    extra: tuple[Target, ...] = ()  # groups that come from elsewhere: static pages, theme files


class BuildContext:
    """A site's inputs, and the tools that are made of them once and used by many pages. `base` is
    what every group depends on, by parts."""

    def __init__(self, inputs: BuildInputs) -> None:
        self.archive = inputs.archive
        self.settings = inputs.settings
        self.templates = inputs.templates
        self.site = inputs.site
        self.names = Labels(inputs.vocabulary)
        self.feeds = Feeds(
            inputs.archive,
            self.names,
            inputs.settings,
            FeedOptions(hub=inputs.settings.hub, identity=inputs.settings.identity),
            inputs.code,
            subscriptions=[(one.name, one.title) for one in inputs.asked.subscriptions],
            redirects=inputs.redirects,
            kept=inputs.items,
        )
        _forget_days(inputs.kept, inputs.archive.keys[-1:])
        self.search = SearchIndex(inputs.archive, self.names, inputs.kept, inputs.code)
        self.briefs = Briefs(inputs.archive, inputs.kept, inputs.code)
        self.near = RelatedPapers(inputs.archive, self.briefs, inputs.kept, inputs.code)
        self.twins = Exports(self.names, inputs.settings.url, inputs.settings.base)
        self.printer = Printer(inputs.templates, inputs.settings, inputs.site)
        self.daily = digest_links(DAILY, inputs.settings.name)
        self.base = {
            "code": inputs.code,
            "settings": fingerprint(inputs.settings.fingerprint(), inputs.site),
            "vocabulary": fingerprint(
                [(one.slug, one.name, one.description) for one in inputs.vocabulary.topics],
                [(one.slug, one.name, one.kind, one.description) for one in inputs.vocabulary.tags],
            ),
        }

    def parts(
        self, templates: tuple[str, ...], content: object, around: object = ""
    ) -> dict[str, str]:
        """What a group depends on: templates, its content, and what stands around it."""
        return self.base | {
            "templates": self.templates.fingerprints(templates),
            "content": fingerprint(content),
            "neighbours": fingerprint(around),
        }

    def feeds_of(self, kind: str, slug: str) -> tuple[Link, ...]:
        """The feeds of a topic or tag."""
        label = self.names.term(kind, slug).label
        return feed_links(f"{kind}s/{slug}", f"{self.settings.name}: {label}")


def _forget_days(kept: Store, opened: Sequence[str]) -> None:
    """Drop what was kept of single days, but for those of the month that is still filling."""
    for name in kept.names():
        if _OF_DAY.match(name) and name[:7] not in opened:
            kept.drop(name)


class PageKind:
    """A kind of page, planned and rendered in a workshop."""

    def __init__(self, shop: BuildContext) -> None:
        self._shop = shop
        self._archive = shop.archive
        self._settings = shop.settings
        self._names = shop.names
        self._twins = shop.twins
        self._printer = shop.printer
