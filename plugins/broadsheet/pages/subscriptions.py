"""The pages, feeds and exports of subscriptions, in the plan of the site."""

from __future__ import annotations

from collections.abc import Iterable

from .. import urls
from ..incremental.plan import Target
from ..render.exports import SHORT
from ..render.views import ROW
from ..subscriptions.model import TEMPLATE
from ..urls import SLUG, AddressKind, feed_kind
from .context import BuildContext
from .kind import PageKind


class SubscriptionPages(PageKind):
    """The pages of subscriptions; `subscriptions.pages` makes them."""

    name = "subscriptions"
    addresses = (
        AddressKind(
            rf"subscriptions/{SLUG}/",
            lambda site, match: match[1] in site.subscriptions,
            exports=lambda _: SHORT,
            of_site=lambda site: map(urls.subscription, site.subscriptions),
        ),
        feed_kind(rf"subscriptions/{SLUG}", lambda site, match: match[1] in site.subscriptions),
    )
    templates = (TEMPLATE, ROW)

    def __init__(self, context: BuildContext) -> None:
        super().__init__(context)
        from ..subscriptions.matcher import Matcher  # as in `BuildContext`
        from ..subscriptions.pages import Subscriptions

        inputs = context.inputs
        matcher = Matcher(
            context.archive,
            context.labels,
            context.search.statistics,
            inputs.search_store,
            inputs.code,
        )
        self._subscriptions = Subscriptions(context, inputs.asked.subscriptions, matcher)

    def month_inputs(self, key: str) -> object:
        """Return what all subscriptions ask for: a month's matches are cached by it."""
        return self._subscriptions.fingerprint

    def month_targets(self, key: str) -> Iterable[Target]:
        """Return the target that matches a month's papers."""
        return self._subscriptions.month(key)

    def site_inputs(self) -> object:
        """Return the subscriptions."""
        return self._context.inputs.asked.subscriptions

    def site_targets(self) -> Iterable[Target]:
        """Return a target for each subscription."""
        return self._subscriptions.groups()
