"""What mail is about: an issue with its stories, who sends it, and who gets it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime

from ..errors import BroadsheetError, shown

MOST_STORIES = 60
"""Papers in one message."""

LONGEST_ADDRESS = 254
LONGEST_TOKEN = 200

# An address that SMTP carries without extensions (RFC 5321, 4.1.2: a dot-string at a domain).
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*\Z")
_TOKEN = re.compile(rf"[A-Za-z0-9._~-]{{8,{LONGEST_TOKEN}}}\Z")


def is_address(text: str) -> bool:
    """Whether this is an address that mail can go to, and nothing besides: it can neither end a
    header or a command nor begin another."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.match(text) is not None


def is_token(text: str) -> bool:
    """Whether this can be a subscriber's token: what it is made of needs no escaping anywhere."""
    return _TOKEN.match(text) is not None


class MailError(BroadsheetError):
    """Mail can't be built or sent: a setting, the subscribers' file or the server's answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A paper in a message, in plain text; `address` is its page, absolute. `links` lead to its
    text and code: (label, address)."""

    title: str
    address: str
    authors: str = ""
    lead: str = ""
    votes: int | None = None
    links: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSection:
    """The papers of one topic, best first; `total` counts those that are left out, too."""

    heading: str
    address: str
    stories: tuple[Story, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A day ("daily") or a week ("weekly"), of all papers or of one subscription.

    `key` is "2025-08-07" or "2025-W32", `heading` the same in words, `address` its page on the
    site, `moment` when it came out. `subscription` is a subscription's name, "" for all papers,
    and `about` what it is called.
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
        """What the ledger calls it."""
        return issue_name(self.kind, self.key, self.subscription)

    @property
    def total(self) -> int:
        """How many papers it is about, shown or not."""
        return sum(section.total for section in self.sections)


def issue_name(kind: str, key: str, subscription: str = "") -> str:
    """An issue's name: "daily/2025-08-07", or "daily/2025-08-07/robots" of a subscription."""
    return f"{kind}/{key}/{subscription}" if subscription else f"{kind}/{key}"


def trimmed(issue: Issue, most: int = MOST_STORIES) -> Issue:
    """The issue with at most `most` papers: every topic keeps its best ones, the longest give way
    first."""
    sizes = [len(section.stories) for section in issue.sections]
    if sum(sizes) <= most:
        return issue
    cap = max(sizes)
    while cap > 1 and sum(min(size, cap) for size in sizes) > most:
        cap -= 1
    kept = []
    left = most
    for section in issue.sections:
        stories = section.stories[: min(cap, left)]
        left -= len(stories)
        kept.append(replace(section, stories=stories))
    return replace(issue, sections=tuple(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends: the digest.

    `address` is what From says. `home` is the site's address without a trailing slash. In
    `unsubscribe` (https) the subscriber's token stands for "{token}"; `unsubscribe_mail` is an
    address that reads requests. `list_id` is such as "daily.example.org".
    """

    name: str
    address: str
    home: str
    list_id: str
    language: str = "en"
    unsubscribe: str | None = None
    unsubscribe_mail: str | None = None

    def __post_init__(self) -> None:
        """Raises MailError where what goes into headers as it is could break out of them."""
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
    """One row of the subscribers' file. Printed it shows no address."""

    address: str
    subscription: str
    frequency: str  # "daily" or "weekly"
    token: str
    line: int

    def __post_init__(self) -> None:
        """Raises MailError where address or token could break out of a header or a command."""
        if not is_address(self.address) or not is_token(self.token):
            raise MailError("found an address or a token that mail can't carry", line=self.line)

    def __repr__(self) -> str:
        return f"Subscriber(line {self.line})"

    __str__ = __repr__

    @property
    def key(self) -> str:
        """By what it is told from others: a hash of its address."""
        return hashlib.sha256(self.address.strip().lower().encode()).hexdigest()[:32]
