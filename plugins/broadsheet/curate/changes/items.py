"""A day's paper as lists for curators show it, whether it waits or is published. Pure.

Its texts are strangers'. Here they are plain text in one line, without characters that could steer
a terminal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...content.waiting import WaitingPaper
from ...errors import plain
from ...papers import Paper
from ...text.plain import lead_of
from ...text.plain import plain as plain_text
from ...topics import OTHER


@dataclass(frozen=True, slots=True)
class DayItem:
    """A paper of the day: in which topic, whether it waits, and why."""

    paper: Paper
    topic: str
    waits: bool
    why: str = ""

    @classmethod
    def of_waiting(cls, one: WaitingPaper) -> DayItem:
        """Return a paper that waits, in the topic that it would go to."""
        return cls(one.paper, one.topic or OTHER.slug, True, one.why)

    @property
    def id(self) -> str:
        return self.paper.id

    @property
    def mark(self) -> str:
        """A fingerprint of the paper as curators see it, but for what imports refresh (votes)."""
        seen = replace(
            self.paper, upvotes=None, comments=None, stars=None, as_of=None, updated=None
        )
        text = repr((seen, self.topic, self.waits))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def title(self) -> str:
        """The title in one line of plain text, without characters that could steer a terminal."""
        return plain(plain_text(self.paper.title))

    @property
    def authors(self) -> str:
        """The authors in one line, likewise."""
        return plain(", ".join(self.paper.authors))

    @property
    def lead(self) -> str:
        """The lead sentence of the abstract, likewise."""
        return plain(lead_of(self.paper.abstract, self.paper.title))

    @property
    def abstract(self) -> str:
        """The abstract, likewise."""
        return plain(plain_text(self.paper.abstract))

    def holds(self, words: Sequence[str]) -> bool:
        """Return whether each of some lower-case words stands in what the list shows of it."""
        text = " ".join(
            (self.title, self.authors, self.topic, *self.paper.tags, self.why, self.id)
        ).lower()
        return all(word in text for word in words)
