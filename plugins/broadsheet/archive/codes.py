"""Codes: what a row tells a reader's browser of its paper's topic, tags, categories and authors, so
that interests kept there can be found in it. Pure.

Names in full would cost a row several times as much: a code is four characters, 24 bits of a
CRC-32. That two names of a site share one is unlikely and harmless (a paper more is marked, by a
wrong reason). theme/static/js/interest-codes.js makes the same of an interest; a test compares
both.
"""

from __future__ import annotations

import base64
import zlib
from functools import lru_cache

from ..papers import Paper

AUTHORS = 30
"""The authors that a paper's row has codes of, the first ones. A paper of a collaboration has
hundreds."""

FIRST = 3
"""The first authors that a title in a list has codes of, beside the last one: weeks and months list
thousands of papers, and names don't compress."""


@lru_cache(maxsize=100_000)
def code(kind: str, name: str) -> str:
    """Return the code of a "topic" or "tag" (by its slug), a "category" or an "author": capitals
    and runs of spaces don't count."""
    key = f"{kind}:{' '.join(name.lower().split())}"
    return base64.urlsafe_b64encode(zlib.crc32(key.encode()).to_bytes(4, "big")[1:]).decode()


def codes(paper: Paper, topic: str, *, listed: bool = False) -> str:
    """Return the codes of a paper's row, or of its title in a list (`listed`), in one string."""
    authors = paper.authors[:AUTHORS]
    if listed and len(authors) > FIRST:
        authors = (*authors[:FIRST], paper.authors[-1])
    return code("topic", topic) + "".join(
        code(kind, name)
        for kind, names in (
            ("tag", paper.tags),
            ("category", paper.categories),
            ("author", authors),
        )
        for name in names
    )
