"""A paper's texts in plain words, remembered: pages, feeds, mail and the search index of one month
all ask for them, one after another.
"""

from __future__ import annotations

from functools import lru_cache

from .. import tex
from .lead import lead

_KEPT = 1 << 15  # texts: two a paper, for the papers of two busy months

plain = lru_cache(_KEPT)(tex.plain)
"""A text without Markdown, its maths as Unicode: see `tex.plain`."""


@lru_cache(_KEPT)
def lead_of(text: str) -> str:
    """The lead sentence of an abstract that is Markdown: see `lead.lead`."""
    return lead(plain(text))
