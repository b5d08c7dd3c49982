"""Codes of term frequencies: how often a term stands in each field of a paper, in one byte.

    0-127    abstract 0-7 (bits 0-2), title 0-3 (bits 3-4), tags 0-1 (bit 5), topic 0-1 (bit 6);
             0 itself is unused
    128-191  abstract 8-15 (bits 0-2, less 8), title 0-3 (bits 3-4), topic 0-1 (bit 5)
    192-254  authors 1-63, no other field
    255      an escape: five variable-length numbers, one a field in the order of FIELDS

The codes of a key stand together, one byte each; the numbers of its escapes follow them.
"""

from __future__ import annotations

from .varint import varints

Times = tuple[int, ...]
"""How often a term stands in each field, in the order of FIELDS."""

ESCAPE = 255
"""The code of frequencies that fit no other code."""


def code_of(title: int, abstract: int, tags: int, topic: int, authors: int) -> tuple[int, bytes]:
    """Return the code of a term's frequencies (at least one is above 0), and the escape's bytes,
    which are empty unless the code is `ESCAPE`."""
    if authors:
        if authors < 64 and not (title or abstract or tags or topic):
            return 191 + authors, b""
    elif title < 4 and topic < 2:
        if abstract < 8 and tags < 2:
            return abstract | title << 3 | tags << 5 | topic << 6, b""
        if 8 <= abstract < 16 and not tags:
            return 128 | abstract - 8 | title << 3 | topic << 5, b""
    return ESCAPE, varints([title, abstract, tags, topic, authors])


def times_of(code: int) -> tuple[int, int, int, int, int]:
    """Return the frequency in each field that a code below `ESCAPE` stands for."""
    if code < 128:
        return (code >> 3 & 3, code & 7, code >> 5 & 1, code >> 6, 0)
    if code < 192:
        return (code >> 3 & 3, (code & 7) + 8, 0, code >> 5 & 1, 0)
    return (0, 0, 0, 0, code - 191)
