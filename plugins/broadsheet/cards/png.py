"""Rows of pixels as a PNG. Pure.

Most rows of a card are those of the card before it, so a picture is made of pieces that are
compressed each by itself: DEFLATE lets them stand one after another, and the checksum of the whole
is reckoned from theirs.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from isal import isal_zlib

from .card import SIGNATURE

Colour = tuple[int, int, int]

_BEGIN, _END = b"\x78\x01", b"\x03\x00"  # of a zlib stream: its header, an empty last block
_BASE = 65521  # of Adler-32
_LEVEL = 0
"""Of ISA-L; level 1 was seen to give other bytes for the same rows now and then, once in some
thousand pieces, and level 0 was not; why is not known."""


@dataclass(frozen=True, slots=True)
class PngPiece:
    """Some rows, compressed: the data, the checksum and the length of the rows."""

    data: bytes
    adler: int
    length: int


def piece(rows: bytes | bytearray) -> PngPiece:
    """Return rows as a piece; each has a first byte that says how it is filtered (0)."""
    packer = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -15)
    data = packer.compress(rows) + packer.flush(isal_zlib.Z_FULL_FLUSH)
    return PngPiece(data, isal_zlib.adler32(rows), len(rows))


def picture(size: tuple[int, int], palette: Sequence[Colour], pieces: Iterable[PngPiece]) -> bytes:
    """Return a PNG with 16 colours, four bits a pixel."""
    head = struct.pack(">IIBBBBB", *size, 4, 3, 0, 0, 0)
    data, adler = [_BEGIN], 1
    for one in pieces:
        data.append(one.data)
        adler = _joined(adler, one)
    data += [_END, struct.pack(">I", adler)]
    colours = b"".join(map(bytes, palette))
    return b"".join(
        (
            SIGNATURE,
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", colours),
            _chunk(b"IDAT", b"".join(data)),
            _chunk(b"IEND", b""),
        )
    )


def _joined(adler: int, one: PngPiece) -> int:
    """Return the Adler-32 of what has a checksum, and a piece after it."""
    low = (adler & 0xFFFF) + (one.adler & 0xFFFF) - 1
    high = (adler >> 16) + (one.adler >> 16) + one.length * ((adler & 0xFFFF) - 1)
    return (high % _BASE) << 16 | low % _BASE


def _chunk(name: bytes, data: bytes) -> bytes:
    check = isal_zlib.crc32(data, isal_zlib.crc32(name))
    return b"".join((struct.pack(">I", len(data)), name, data, struct.pack(">I", check)))
