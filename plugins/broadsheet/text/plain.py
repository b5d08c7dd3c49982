"""Papers' texts as plain text, cached: pages, feeds, mail and the search index of a month all ask
for them."""

from __future__ import annotations

from functools import lru_cache

from .. import tex

_CACHED = 1 << 14  # texts: two a paper, for the papers of two busy months

plain = lru_cache(_CACHED)(tex.plain)
"""Returns a text without Markdown, with maths as Unicode: see `tex.plain`."""


@lru_cache(_CACHED // 2)
def lead_of(abstract: str, title: str = "") -> str:
    """Return the lead sentence of an abstract, both in Markdown, with its paper's title: see
    `lead.lead`."""
    from .lead import lead  # its expressions take long to compile, and few commands tell leads

    return lead(plain(abstract), plain(title))
