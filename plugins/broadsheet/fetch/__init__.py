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
    from .outcome import Outcome, Status
    from .request import AGAIN, MOST_AGAIN, SourceAddresses, Wanted
    from .settings import FetchSettings, of_pelican
    from .sources import SOURCES, Arxiv, Feed, HuggingFace, Source
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
            "outcome": "Outcome Status",
            "request": "AGAIN MOST_AGAIN SourceAddresses Wanted",
            "settings": "FetchSettings of_pelican",
            "sources": "SOURCES Arxiv Feed HuggingFace Source",
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
    "Feed",
    "FetchSettings",
    "Fetcher",
    "HuggingFace",
    "Limits",
    "Lookup",
    "Outcome",
    "Source",
    "SourceAddresses",
    "Status",
    "Wanted",
    "of_pelican",
    "read_listing",
]
