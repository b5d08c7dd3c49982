"""Fetching: raw listings from where they are published, byte for byte as served.

Owns HTTP (`client` over `wire`), request plans, judging answers, retention, and the fetch state
file. May import errors, days, `io` and `listings`. Exports the fetcher and its values.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..listings.formats import parse
from .answer import Contents, contents_of
from .client import Limits
from .clock import Clock
from .fetcher import Fetcher, Outcome, Status
from .request_plan import SourceAddresses, arxiv_id

__all__ = [
    "STATE_FILE",
    "Clock",
    "Fetcher",
    "Limits",
    "Outcome",
    "SourceAddresses",
    "Status",
    "arxiv_id",
    "paper",
    "read_listing",
]

STATE_FILE = Path(".broadsheet/fetch.json")
"""The fetch state file, relative to the site's folder."""


def read_listing(data: bytes, name: str) -> Contents:
    """Return what a raw listing holds, read as an import would. Raises ListingError."""
    return contents_of(parse(data, file=name))


def paper(
    identifier: str,
    *,
    state: Path | None = STATE_FILE,
    contact: str | None = None,
    addresses: SourceAddresses | None = None,
    clock: Clock | None = None,
    limits: Limits | None = None,
    progress: Callable[[str], None] = lambda message: None,
) -> bytes:
    """Return arXiv's record of one paper as raw Atom, by its id (2401.16164, with or without
    version, math/0601001) or address. Raises FetchError where there is no such paper."""
    with Fetcher(
        seeds=Path("seeds"),
        read=read_listing,
        state=state,
        contact=contact,
        addresses=addresses,
        clock=clock,
        limits=limits,
        progress=progress,
    ) as fetcher:
        return fetcher.paper(identifier)
