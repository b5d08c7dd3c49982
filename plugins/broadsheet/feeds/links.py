"""What feeds are called, and links to them."""

from __future__ import annotations

from collections.abc import Collection

from .. import urls
from ..locale import Words
from ..render.views import Link

DAILY, WEEKLY, TRENDING = "daily", "weekly", "trending"
LABELS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
"""The name of each format, for readers."""


def feed_links(name: str, title: str, forms: Collection[str] = urls.FEEDS) -> tuple[Link, ...]:
    """Return links to a feed ("all", "topics/vision", "daily" ...) in some formats, for a page's
    head."""
    return tuple(
        Link(path=urls.feed(name, form), label=f"{title} ({label})", kind=form)
        for form, label in LABELS.items()
        if form in forms
    )


def digest_title(name: str, site: str, words: Words) -> str:
    """Return the title of the daily, the weekly or the trending feed of a site."""
    if name == DAILY:
        return words.gettext("%(site)s: day by day", site=site)
    if name == WEEKLY:
        return words.gettext("%(site)s: week by week", site=site)
    return words.gettext("%(site)s: trending", site=site)


def digest_links(name: str, site: str, words: Words) -> tuple[Link, ...]:
    """Return links to one of these feeds in each format, for a page's head."""
    return feed_links(name, digest_title(name, site, words))
