"""The values of posts: a day, a target to post to, and what became of a request. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from ..locale import Words
from ..text.visible import visible

if TYPE_CHECKING:
    from ..mail.model import Issue

KINDS = ("slack", "discord", "telegram", "mastodon", "bluesky")
"""The services."""

LEADING = 8
"""Titles in a post at most."""

LONGEST_TITLE = 200
"""Characters of a title in a post."""

_TELLING = 8  # characters of a part of a secret that is worth hiding


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedPaper:
    """A paper in a post: its title as plain text, and its page's address."""

    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A day as a post. `name` is the digest's, `day` an ISO date, `heading` the same in words,
    `count` such as "47 papers", `more` what is said of `n` papers that are not named; `stories` are
    the leading papers of `total`; `moment` is when the day begins."""

    name: str
    day: str
    heading: str
    count: str
    address: str
    stories: tuple[PostedPaper, ...]
    total: int
    moment: datetime
    language: str
    words: Words = field(repr=False)

    def more(self, named: int) -> str:
        """Return what is said of the papers beyond the first `named`; "" where there are none."""
        rest = self.total - named
        if rest <= 0 or not named:
            return ""
        return self.words.ngettext("... and %(count)s more", "... and %(count)s more", rest)


def post_of(issue: Issue, name: str, language: str, words: Words) -> Post:
    """Return a day's issue as a post: pinned papers, then those with the most votes."""
    stories = [story for section in issue.sections for story in section.stories]
    stories.sort(key=lambda story: (not story.pinned, -(story.votes or 0)))
    return Post(
        name=visible(name),
        day=issue.key,
        heading=issue.heading,
        count=words.ngettext("%(count)s paper", "%(count)s papers", issue.total),
        address=issue.address,
        stories=tuple(
            PostedPaper(title=visible(story.title), address=story.address)
            for story in stories[:LEADING]
        ),
        total=issue.total,
        moment=issue.moment,
        language=language,
        words=words,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTarget:
    """Where posts go: a service (one of `KINDS`) and who posts there.

    `name` is the target's in the settings and the delivery log, `server` an address without a
    trailing slash ("" for webhooks, whose whole address is the secret), `account` a handle or a
    chat. `secret` is a webhook, a token or a password; printed the target shows nothing of it.
    """

    kind: str
    name: str
    server: str = ""
    account: str = ""
    secret: str = field(default="", repr=False)

    def redacted(self, text: str) -> str:
        """Return a server's words without the secret, whole or in part."""
        for part in sorted(_parts(self.secret), key=len, reverse=True):
            text = text.replace(part, "***")
        return text


def _parts(secret: str) -> Iterable[str]:
    """Return what of a secret may not be told: itself, and the long parts of a webhook's path or
    a bot's token."""
    parts = (part for mark in "/:?" for part in secret.split(mark))
    return {part for part in (secret, *parts) if len(part) >= _TELLING}


class State(Enum):
    """What became of a request to post."""

    SENT = "sent"
    LATER = "later"  # not taken; the service asks to try again
    REFUSED = "refused"  # not taken, and won't be as it is
    UNKNOWN = "unknown"  # perhaps taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a service's answer means: `wait` is how long it asks to wait, in seconds, `why` says
    what it answered where it did not take the post."""

    state: State
    why: str = ""
    wait: float | None = None
    code: int | None = None
