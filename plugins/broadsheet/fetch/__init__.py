"""Raw listings fetched from where they are published, byte for byte as served.

`Fetcher` does it; `paper` fetches one paper's record. Planning (`plan`), judging (`answer`), the
decision what to keep (`keep`), bodies (`body`) and waits (`retry`) are pure; `client` speaks
HTTP over `wire`, which knows `hosts`; `store` and `memory` write files, `clock` knows the time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..listings.formats import parse
from .answer import Contents, contents_of
from .client import Limits
from .clock import Clock
from .fetcher import Fetcher, Outcome, Status
from .plan import SourceAddresses, arxiv_id

__all__ = [
    "MEMORY",
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

MEMORY = Path(".broadsheet/fetch.json")
"""Where fetching remembers, from the site's folder."""


def read_listing(data: bytes, name: str) -> Contents:
    """What a raw listing holds, read as an import would. Raises ListingError."""
    return contents_of(parse(data, file=name))


def paper(
    identifier: str,
    *,
    memory: Path | None = MEMORY,
    contact: str | None = None,
    addresses: SourceAddresses | None = None,
    clock: Clock | None = None,
    limits: Limits | None = None,
    progress: Callable[[str], None] = lambda message: None,
) -> bytes:
    """arXiv's own record of one paper as raw Atom, by its id (2401.16164, with or without
    version, math/0601001) or address. Raises FetchError where there is no such paper."""
    with Fetcher(
        seeds=Path("seeds"),
        read=read_listing,
        memory=memory,
        contact=contact,
        addresses=addresses,
        clock=clock,
        limits=limits,
        progress=progress,
    ) as fetcher:
        return fetcher.paper(identifier)
