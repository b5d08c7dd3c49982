"""Any feed: RSS, Atom or JSON Feed, by its address.

A feed shows its newest papers, whichever days they are of. A capture is kept where it holds papers
that earlier ones lack, under the day that it names, else under the day on which it was taken (UTC).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from ...errors import FetchError, shown
from ..hosts import is_loopback
from ..limits import HostPolicy
from ..request import ANY, Request, Silence, SourceAddresses, Step, WantedDays
from .source import Source

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 60
_WORD = re.compile(r"[a-z0-9]+")
_TOO_COMMON = frozenset("www feeds feed rss rdf atom xml json index current latest en".split())


@dataclass(frozen=True, slots=True)
class WebFeed(Source):
    """The feed at `url`. Its captures are named by `name` (small letters, digits, hyphens), by
    default after the address. Raises FetchError for what is neither."""

    url: str
    name: str | None = None

    def __post_init__(self) -> None:
        _host(self.url)
        if self.name is None:
            object.__setattr__(self, "name", _name_of(self.url))
        if len(self.capture) > _LONGEST or not _NAME.fullmatch(self.capture):
            raise FetchError(
                f"{shown(self.capture)} can't name a feed's captures: expected small letters, "
                "digits and hyphens, such as journal-of-things"
            )

    @property
    def capture(self) -> str:
        """The name of its captures' source."""
        return self.name or ""

    @property
    def label(self) -> str:
        return self.capture

    @property
    def policy(self) -> HostPolicy:
        return HostPolicy(f"feed {_host(self.url)}", 1.0)

    @property
    def captures(self) -> frozenset[str]:
        return frozenset({self.capture})

    def steps(
        self, wanted: WantedDays, today: date, addresses: SourceAddresses
    ) -> tuple[Step, ...]:
        if wanted.day is not None and wanted.day != today:
            reason = "a feed shows its newest papers alone, and can't be asked for days"
            return (Silence(source=self.capture, day=wanted.day, category=None, reason=reason),)
        return (
            Request(
                url=self.url,
                source=self.capture,
                extension=ANY,
                day=today,
                unnamed=True,
                rolling=True,
            ),
        )


def _host(url: str) -> str:
    """Return an address's host. Raises FetchError for what can't be a feed's address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("https", "http") or not url.isprintable() or " " in url:
        raise FetchError(
            f"{shown(url)} is not a feed's address: expected such as https://example.org/feed.xml"
        )
    if parts.username is not None:
        raise FetchError(f"the feed of {shown(host)} has a password in its address; expected none")
    if parts.scheme == "http" and not is_loopback(host):
        raise FetchError(f"{shown(url)} isn't safe to ask: expected an https address")
    return host


def _name_of(url: str) -> str:
    """Return a name made of an address: nature-com-nphys for https://www.nature.com/nphys.rss."""
    parts = urlsplit(url)
    words = _WORD.findall(f"{parts.hostname} {parts.path} {parts.query}".lower())
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word
        if word not in _TOO_COMMON and len(longer) <= _LONGEST:
            name = longer
    return name or "feed"
