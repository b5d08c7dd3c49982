"""What mail is about: an issue with its stories, who sends it, and who gets it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from ..errors import BroadsheetError

MOST_STORIES = 60
"""Papers in one message."""


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
class Section:
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
    sections: tuple[Section, ...]
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

    def __repr__(self) -> str:
        return f"Subscriber(line {self.line})"

    __str__ = __repr__

    @property
    def key(self) -> str:
        """What the ledger knows it by: a hash of the address, which it doesn't keep."""
        return hashlib.sha256(self.address.strip().lower().encode()).hexdigest()[:32]
