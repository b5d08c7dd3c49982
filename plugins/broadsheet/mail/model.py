"""The values of mail: an issue with its stories, its sender, and a subscriber. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime

from ..errors import BroadsheetError, shown
from ..locale import ENGLISH, Words

MOST_STORIES = 60
"""Papers in one message at most."""

LONGEST_ADDRESS = 254
LONGEST_TOKEN = 200

# An address that SMTP carries without extensions (RFC 5321, 4.1.2: a dot-string at a domain).
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*\Z")
_TOKEN = re.compile(rf"[A-Za-z0-9._~-]{{8,{LONGEST_TOKEN}}}\Z")


def is_address(text: str) -> bool:
    """Return whether a text is exactly one mail address; such a text can't end a header or an SMTP
    command and begin another."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.match(text) is not None


def is_token(text: str) -> bool:
    """Return whether a text can be a subscriber's token: its characters need no escaping in HTML,
    headers or addresses."""
    return _TOKEN.match(text) is not None


class MailError(BroadsheetError):
    """Mail can't be built or sent, because of a setting, the subscribers' file or the server's
    answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A paper in a message, in plain text. `address` is the absolute address of its page; `links`
    are (label, address) of its text and code; `summary` is a model's, named as such."""

    title: str
    address: str
    authors: str = ""
    lead: str = ""
    summary: str = ""
    votes: int | None = None
    links: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSection:
    """The papers of one topic, those with the most votes first. `total` includes those left out."""

    heading: str
    address: str
    stories: tuple[Story, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A day ("daily") or a week ("weekly"), of all papers or of one subscription.

    `key` is "2025-08-07" or "2025-W32", `heading` the same in words, `address` its page on the
    site, `moment` when it came out. `subscription` is a subscription's name ("" for all papers)
    and `about` its title.
    """

    kind: str
    key: str
    heading: str
    address: str
    moment: datetime
    sections: tuple[IssueSection, ...]
    subscription: str = ""
    about: str = ""

    @property
    def name(self) -> str:
        """Its name in the delivery log."""
        return issue_name(self.kind, self.key, self.subscription)

    @property
    def total(self) -> int:
        """The number of its papers, shown or left out."""
        return sum(section.total for section in self.sections)


def issue_name(kind: str, key: str, subscription: str = "") -> str:
    """Return an issue's name: "daily/2025-08-07", or "daily/2025-08-07/robots" for the issue of a
    subscription."""
    return f"{kind}/{key}/{subscription}" if subscription else f"{kind}/{key}"


def trimmed(issue: Issue, most: int = MOST_STORIES) -> Issue:
    """Return the issue with at most `most` papers: each topic keeps its first ones, and the longest
    topics are cut first."""
    sizes = [len(section.stories) for section in issue.sections]
    if sum(sizes) <= most:
        return issue
    cap = max(sizes)
    while cap > 1 and sum(min(size, cap) for size in sizes) > most:
        cap -= 1
    sections = []
    left = most
    for section in issue.sections:
        stories = section.stories[: min(cap, left)]
        left -= len(stories)
        sections.append(replace(section, stories=stories))
    return replace(issue, sections=tuple(sections))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The digest as a sender.

    `address` is the From address, beside `from_name` or else the name. `home` is the site's address
    without a trailing slash. In `unsubscribe` (an https address) "{token}" is
    replaced by the subscriber's token; `unsubscribe_mail` is a mailbox that takes requests
    to leave. `list_id` is such as "daily.example.org".
    """

    name: str
    address: str
    home: str
    list_id: str
    language: str = "en"
    words: Words = ENGLISH
    unsubscribe: str | None = None
    unsubscribe_mail: str | None = None
    from_name: str | None = None

    def __post_init__(self) -> None:
        """Raise MailError for a value that could break out of a header."""
        for address in (self.address, self.unsubscribe_mail):
            if address and not is_address(address):
                raise MailError(f"found {shown(address)}; expected a mail address")
        for text in (self.list_id, self.unsubscribe or ""):
            if not text.isascii() or re.search(r"[\x00-\x20\x7f<>\"]", text):
                raise MailError(f"found {shown(text)}; expected no space, quote or angle bracket")

    @property
    def domain(self) -> str:
        """The domain of its address."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A row of the subscribers' file. Printed it shows no address."""

    address: str
    subscription: str
    frequency: str  # "daily" or "weekly"
    token: str
    line: int

    def __post_init__(self) -> None:
        """Raise MailError for an address or token that could break out of a header or a command."""
        if not is_address(self.address) or not is_token(self.token):
            raise MailError("found an address or a token that mail can't carry", line=self.line)

    def __repr__(self) -> str:
        return f"Subscriber(line {self.line})"

    __str__ = __repr__

    @property
    def key(self) -> str:
        """A hash of the address, which identifies the subscriber."""
        return hashlib.sha256(self.address.strip().lower().encode()).hexdigest()[:32]
