"""The Subscribe page: every feed in its formats, feed readers to open it in, and the form of a mail
service, if one is configured.

    BROADSHEET_SUBSCRIBE = {"service": "listmonk", "url": "https://lists.example.org",
                            "lists": {"Every day": "<uuid>", "Every week": "<uuid>"}}
    BROADSHEET_SUBSCRIBE = {"service": "buttondown", "name": "papers"}
    BROADSHEET_SUBSCRIBE = {"service": "mailto", "address": "subscribe@example.org"}

A site keeps no mail addresses: the form is sent to the service.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from .. import urls
from ..errors import SettingsError, shown
from ..feeds.links import DAILY, LABELS, TRENDING, WEEKLY
from ..feeds.source import ALL, FeedSource
from ..io.settings import Settings
from ..render.labels import Labels
from ..render.views import FollowView, Link, SubscribeForm
from ..weburl import is_web_address
from .model import Subscription

PATH = urls.SUBSCRIBE
TEMPLATE = "subscribe.html"
MANY = 60
"""The most subscriptions whose feeds are listed; of more, only the pages are."""

_BUTTONDOWN = "https://buttondown.com/api/emails/embed-subscribe/"
_READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed%2F{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
)


def form_of(values: Mapping[str, Any]) -> SubscribeForm | None:
    """Return the form for BROADSHEET_SUBSCRIBE; None where it is unset. Raises SettingsError for a
    wrong value."""
    value = values.get("BROADSHEET_SUBSCRIBE")
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise _wrong(value, "a dictionary with `service`")
    given = {str(key): option for key, option in value.items()}
    service = given.pop("service", None)
    makers = {"listmonk": _listmonk, "buttondown": _buttondown, "mailto": _mailto}
    if service not in makers:
        raise _wrong(value, "service listmonk, buttondown or mailto")
    return makers[service](given)


def _wrong(value: object, expected: str) -> SettingsError:
    return SettingsError(f"BROADSHEET_SUBSCRIBE = {shown(value)}: expected {expected}")


def _listmonk(given: Mapping[str, Any]) -> SubscribeForm:
    """Return listmonk's public form (listmonk.app/docs, "Subscription forms")."""
    url = str(given.get("url", "")).rstrip("/")
    parts = urlsplit(url)
    lists = given.get("lists")
    if not is_web_address(url) or parts.scheme != "https" or re.search("[;,]", url):
        raise _wrong(url, "url with https://")
    if not isinstance(lists, Mapping) or not lists:
        raise _wrong(lists, 'lists such as {"Every day": "its uuid"}')
    return SubscribeForm(
        service="listmonk",
        action=f"{url}/subscription/form",
        origin=f"{parts.scheme}://{parts.netloc}",
        hidden=(("nonce", ""),),
        choices=tuple(("l", str(uuid), str(label)) for label, uuid in lists.items()),
    )


def _buttondown(given: Mapping[str, Any]) -> SubscribeForm:
    """Return Buttondown's form for other sites (docs.buttondown.com, "Building your subscriber
    base")."""
    name = str(given.get("name", ""))
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        raise _wrong(name, "name, the newsletter's name at Buttondown")
    tags = given.get("tags") or {}
    if not isinstance(tags, Mapping):
        raise _wrong(tags, 'tags such as {"Every day": "daily"}')
    return SubscribeForm(
        service="Buttondown",
        action=_BUTTONDOWN + name,
        origin="https://buttondown.com",
        hidden=(("embed", "1"),),
        choices=tuple(("tag", str(tag), str(label)) for label, tag in tags.items()),
    )


def _mailto(given: Mapping[str, Any]) -> SubscribeForm:
    """Return a link that writes a mail, instead of a form."""
    address = str(given.get("address", ""))
    if not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+", address):
        raise _wrong(address, "address, a mail address")
    return SubscribeForm(
        service="mailto", action=f"mailto:{address}?subject=subscribe", origin=None, mail=address
    )


@dataclass(frozen=True, slots=True)
class _FollowRow:
    """A feed, by its name, with a title, the address of its page, and its formats."""

    name: str
    title: str
    path: str
    forms: Collection[str] = urls.FEEDS


def follow_views(
    sources: Sequence[FeedSource],
    subscriptions: Sequence[Subscription],
    names: Labels,
    *,
    empty: bool = False,
    term_feeds: Collection[str] = urls.FEEDS,
) -> tuple[tuple[str, tuple[FollowView, ...]], ...]:
    """Return feeds under headings. Feeds of tags are left out: the OPML file and the tags' own
    pages have them. Of more than `MANY` subscriptions, only the pages are listed. An `empty` digest
    has no trending feed; `term_feeds` are the formats of topics' feeds."""
    words = names.words
    main = [
        _FollowRow(ALL, words.gettext("All papers"), urls.HOME),
        *(
            ()
            if empty
            else (_FollowRow(TRENDING, words.gettext("What trends this week"), urls.TRENDING),)
        ),
        _FollowRow(DAILY, words.gettext("Each day as one item"), urls.ARCHIVE),
        _FollowRow(WEEKLY, words.gettext("Each week as one item"), urls.ARCHIVE),
    ]
    topics = [
        _FollowRow(
            source.name, names.topic(source.slug).label, names.topic(source.slug).path, term_feeds
        )
        for source in sources
        if source.kind == "topic"
    ]
    saved = [
        _FollowRow(f"subscriptions/{row.name}", row.title, urls.subscription(row.name))
        for row in subscriptions
    ]
    return tuple(
        (heading, tuple(_view(row, bare=rows is saved and len(saved) > MANY) for row in rows))
        for heading, rows in (
            (words.gettext("Everything"), main),
            (words.gettext("Subscriptions"), saved),
            (words.gettext("Topics"), topics),
        )
        if rows
    )


def _view(row: _FollowRow, *, bare: bool) -> FollowView:
    """Return a row as the template shows it, without its feeds if `bare`."""
    feeds = tuple(
        Link(path=urls.feed(row.name, form), label=label, kind=form)
        for form, label in LABELS.items()
        if not bare and form in row.forms
    )
    return FollowView(title=row.title, path=row.path, feeds=feeds)


def readers(settings: Settings) -> tuple[Link, ...]:
    """Return links that open the feed of all papers in feed readers on the web; none without
    SITEURL."""
    if not settings.url:
        return ()
    feed = quote(f"{settings.url}/{urls.feed(ALL, 'rss')}", safe="")
    return tuple(Link(path=address.format(feed), label=label) for label, address in _READERS)


def propose_address(settings: Settings) -> str | None:
    """Return the address of GitHub's page for a new file, where a subscription can be proposed,
    with "{name}" and "{text}" as placeholders; None where BROADSHEET_EDIT_URL isn't on GitHub."""
    edit = settings.edit_url or ""
    if urlsplit(edit).netloc != "github.com" or "/edit/" not in edit or not edit.endswith("{path}"):
        return None
    folder = edit.replace("/edit/", "/new/", 1).replace("{path}", "subscriptions")
    return f"{folder}?filename={{name}}.yml&value={{text}}"
