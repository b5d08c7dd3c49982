"""Variable-length numbers (unsigned LEB128): seven bits a byte, lowest first, and the top bit set
on all bytes but the last.

Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 5.3.1.
"""

from __future__ import annotations

from collections.abc import Iterable


def varint(number: int) -> bytes:
    """Return one number, from 0, as bytes."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


class _Encoded(dict[int, bytes]):
    """Memo of `varint` for numbers below 2**14."""

    def __missing__(self, number: int) -> bytes:
        encoded = varint(number)
        if number < 1 << 14:
            self[number] = encoded
        return encoded


_ENCODED = _Encoded()


def varints(numbers: Iterable[int]) -> bytes:
    """Return numbers, from 0, one after another."""
    return b"".join(map(_ENCODED.__getitem__, numbers))
