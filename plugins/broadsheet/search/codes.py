"""How often a term stands in each field of one paper, as a code: nearly always one byte.

    0-127    abstract 0-7 (bits 0-2), title 0-3 (bits 3-4), tags 0-1 (bit 5), topic 0-1 (bit 6);
             0 itself stands for nothing
    128-191  abstract 8-15 (bits 0-2, less 8), title 0-3 (bits 3-4), topic 0-1 (bit 5)
    192-254  authors 1-63, nothing else
    255      told apart: five variable-length numbers, one a field in the order of FIELDS

A key's codes stand together, a byte each; what is told apart stands behind them.
Variable-length numbers are the usual ones: seven bits a byte, lowest first, the top bit set on all
bytes but the last.
"""

from __future__ import annotations

from collections.abc import Iterable

ESCAPE = 255


def varint(number: int) -> bytes:
    """One variable-length number, from 0."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


class _Written(dict[int, bytes]):
    """Small numbers as they are written."""

    def __missing__(self, number: int) -> bytes:
        written = varint(number)
        if number < 1 << 14:
            self[number] = written
        return written


_WRITTEN = _Written()


def varints(numbers: Iterable[int]) -> bytes:
    """Variable-length numbers, one after the other."""
    return b"".join(map(_WRITTEN.__getitem__, numbers))


def code_of(title: int, abstract: int, tags: int, topic: int, authors: int) -> tuple[int, bytes]:
    """The code of how often a term stands in each field (at least one is not 0), and what is told
    apart: nothing unless the code is `ESCAPE`."""
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
    """How often a term with a code below `ESCAPE` stands in each field."""
    if code < 128:
        return (code >> 3 & 3, code & 7, code >> 5 & 1, code >> 6, 0)
    if code < 192:
        return (code >> 3 & 3, (code & 7) + 8, 0, code >> 5 & 1, 0)
    return (0, 0, 0, 0, code - 191)
