"""Fetching: raw listings from where they are published, byte for byte as served.

Owns the sources and their requests (`sources`), HTTP (`client` over `wire`), judging answers,
retention, the fetch state file, and the settings of all that. May import errors, days, `io` and
`listings`. Exports the fetcher and its values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exports import exported

if TYPE_CHECKING:
    from .answer import read_listing
    from .client import AbsentError
    from .clock import Clock
    from .context import STATE_FILE, Context
    from .fetcher import Fetcher
    from .limits import Limits
    from .lookup import Lookup
    from .outcome import FetchOutcome, Status
    from .request import AGAIN, MOST_AGAIN, SourceAddresses, WantedDays
    from .settings import FetchSettings, of_pelican
    from .sources import SOURCES, Arxiv, HuggingFace, Source, WebFeed
else:
    __getattr__ = exported(
        __name__,
        {
            "answer": "read_listing",
            "client": "AbsentError",
            "clock": "Clock",
            "context": "STATE_FILE Context",
            "fetcher": "Fetcher",
            "limits": "Limits",
            "lookup": "Lookup",
            "outcome": "FetchOutcome Status",
            "request": "AGAIN MOST_AGAIN SourceAddresses WantedDays",
            "settings": "FetchSettings of_pelican",
            "sources": "SOURCES Arxiv WebFeed HuggingFace Source",
        },
    )

__all__ = [
    "AGAIN",
    "MOST_AGAIN",
    "SOURCES",
    "STATE_FILE",
    "AbsentError",
    "Arxiv",
    "Clock",
    "Context",
    "FetchOutcome",
    "FetchSettings",
    "Fetcher",
    "HuggingFace",
    "Limits",
    "Lookup",
    "Source",
    "SourceAddresses",
    "Status",
    "WantedDays",
    "WebFeed",
    "of_pelican",
    "read_listing",
]
