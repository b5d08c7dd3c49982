"""/subscribe/: every feed with its formats, feed readers to open them in, and a mail service's
form."""

from __future__ import annotations

from collections.abc import Iterable

from .. import urls
from ..incremental.plan import File, Target, fingerprint
from ..render.views import Link
from ..subscriptions.subscribe_page import follow_views, readers
from ..urls import AddressKind
from .context import BuildInputs
from .kind import PageKind


class SubscribePage(PageKind):
    """The Subscribe page."""

    name = "subscribe"
    addresses = (AddressKind(urls.SUBSCRIBE, of_site=lambda _: [urls.SUBSCRIBE]),)
    templates = ("subscribe.html",)

    @classmethod
    def footer(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return the link to the page."""
        return [Link(path=urls.SUBSCRIBE, label=inputs.settings.words.gettext("Subscribe"))]

    def site_inputs(self) -> object:
        """Return the subscriptions, and the mail service's form."""
        return self._context.inputs.asked

    def site_targets(self) -> Iterable[Target]:
        """Return the page's target."""
        asked = self._context.inputs.asked
        parts = self._context.base | {
            "templates": self._context.templates.fingerprints(self.templates),
            "content": fingerprint(
                [source.name for source in self._context.feeds.sources],
                asked.form,
                [(row.name, row.title) for row in asked.subscriptions],
            ),
        }
        yield Target("subscribe", parts, lambda: [self._page()])

    def _page(self) -> File:
        asked = self._context.inputs.asked
        head = self._printer.head(
            urls.SUBSCRIBE,
            self._words.gettext("Subscribe"),
            self._words.gettext("Feeds, mail and searches of your own."),
        )
        return self._printer.page(
            "subscribe.html",
            head,
            groups=follow_views(
                self._context.feeds.sources,
                asked.subscriptions,
                self._labels,
                empty=self._archive.newest is None,
                term_feeds=self._settings.term_feeds,
            ),
            readers=readers(self._settings),
            form=asked.form,
        )
