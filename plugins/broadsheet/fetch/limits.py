"""Limits on requests: time, size and attempts for each, and the pause that a source's servers ask
for. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..listings.untrusted.decoding import MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits on time, size and attempts. Times are in seconds, sizes in bytes."""

    connect: float = 10.0
    read: float = 30.0  # between two parts of an answer
    whole: float = 300.0  # for one whole answer, from looking up its host, redirects included
    size: int = MAX_BYTES
    attempts: int = 4
    first_wait: float = 2.0
    longest_wait: float = 120.0  # a server that asks for more isn't waited for
    redirects: int = 4


@dataclass(frozen=True, slots=True)
class HostPolicy:
    """The limit that a source's servers share: its name, and the least seconds between requests."""

    name: str
    pause: float


ARXIV = HostPolicy("arxiv", 3.0)
"""One request every three seconds, over all of arXiv's interfaces, one connection at a time
(https://info.arxiv.org/help/api/tou.html)."""

CROSSREF = HostPolicy("crossref", 1.0)
"""Crossref asks for few requests a second and for a contact in the User-Agent
(https://www.crossref.org/documentation/retrieve-metadata/rest-api/)."""

HUGGINGFACE = HostPolicy("huggingface", 1.0)
"""No rule that we know of; a second keeps the times in the names of two pages apart."""
