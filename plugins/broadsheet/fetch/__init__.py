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
    from .clock import Clock
    from .context import STATE_FILE, Context
    from .fetcher import Fetcher, paper
    from .limits import Limits
    from .lookup import Lookup
    from .outcome import Outcome, Status
    from .request import AGAIN, MOST_AGAIN, SourceAddresses, Wanted
    from .settings import FetchSettings, of_pelican
    from .sources import SOURCES, Arxiv, Feed, HuggingFace, Source
    from .sources.arxiv import arxiv_id
else:
    __getattr__ = exported(
        __name__,
        {
            "answer": "read_listing",
            "clock": "Clock",
            "context": "STATE_FILE Context",
            "fetcher": "Fetcher paper",
            "limits": "Limits",
            "lookup": "Lookup",
            "outcome": "Outcome Status",
            "request": "AGAIN MOST_AGAIN SourceAddresses Wanted",
            "settings": "FetchSettings of_pelican",
            "sources": "SOURCES Arxiv Feed HuggingFace Source",
            "sources.arxiv": "arxiv_id",
        },
    )

__all__ = [
    "AGAIN",
    "MOST_AGAIN",
    "SOURCES",
    "STATE_FILE",
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
    "arxiv_id",
    "of_pelican",
    "paper",
    "read_listing",
]
