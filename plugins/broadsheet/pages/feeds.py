"""The feeds of all papers, of each topic and of each tag; the daily and the weekly feed; the list
of all feeds."""

from __future__ import annotations

from collections.abc import Iterable

from ..incremental.plan import Target
from ..urls import AddressKind, feed_kind
from .kind import PageKind


class FeedFiles(PageKind):
    """Feeds that are no other kind's own."""

    name = "feeds"
    addresses = (
        feed_kind("(?:all|daily|weekly)"),
        AddressKind(r"feeds/feeds\.opml"),
    )

    def month_inputs(self, key: str) -> object:
        """Return what a month's archive documents depend on."""
        return sorted(self._context.feeds.month_parts(key).items())

    def month_targets(self, key: str) -> Iterable[Target]:
        """Return the targets of a month's archive documents."""
        return self._context.feeds.month(key)

    def site_targets(self) -> Iterable[Target]:
        """Return a target for each feed."""
        return self._context.feeds.current()
