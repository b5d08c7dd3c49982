"""The sources: a module for each, and this registry of them. Pure.

A source is a frozen dataclass that `source.Source` describes. Its fields are the keys of its row in
BROADSHEET_SOURCES (`fetch/settings.py`), of the types str, int, bool, tuple[str, ...] or one of
these and None; one without a default is required. A new source is a module and a row here.
"""

from __future__ import annotations

from .arxiv import Arxiv
from .feed import WebFeed
from .huggingface import HuggingFace
from .source import Source

__all__ = ["SOURCES", "Arxiv", "HuggingFace", "Source", "WebFeed"]

SOURCES: dict[str, type[Source]] = {
    "huggingface": HuggingFace,
    "arxiv": Arxiv,
    "feed": WebFeed,
}
"""Each source's name in the settings, and its class."""
