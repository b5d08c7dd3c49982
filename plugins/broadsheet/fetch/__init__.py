"""Fetching: raw listings from where they are published, byte for byte as served.

Owns the sources and their requests (`sources`), HTTP (`client` over `wire`), judging answers,
retention, the fetch state file, and the settings of all that. May import errors, days, `io` and
`listings`. Exports the fetcher and its values.
"""

from __future__ import annotations

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
