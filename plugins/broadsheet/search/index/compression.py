"""Files in zlib's format (RFC 1950), which browsers call "deflate"."""

from __future__ import annotations

import zlib

_STRATEGIES = (zlib.Z_HUFFMAN_ONLY, zlib.Z_FILTERED, zlib.Z_DEFAULT_STRATEGY)


def compressed(*pieces: bytes) -> bytes:
    """Return pieces of data as one compressed file. Several pieces, of unlike data, are compressed
    apart from each other, each by the strategy that gives the fewest bytes."""
    if len(pieces) == 1:
        return zlib.compress(pieces[0], 6)
    check = zlib.adler32(b"".join(pieces))
    return b"".join((b"\x78\x9c", *map(_blocks, pieces), b"\x03\0", check.to_bytes(4, "big")))


def inflated(data: bytes, most: int) -> bytes:
    """Return what a compressed file holds. Raises ValueError where it is damaged, cut off, or holds
    more than `most` bytes, of which no more are made."""
    inflate = zlib.decompressobj()
    try:
        whole = inflate.decompress(data, most)
        # The end of a file that is just as large may be unread.
        whole += inflate.decompress(inflate.unconsumed_tail, 1)
    except zlib.error as error:
        raise ValueError(f"damaged ({error})") from None
    if len(whole) > most or not inflate.eof:
        raise ValueError("cut off, or too large")
    return whole


def _blocks(data: bytes) -> bytes:
    """Return a piece as deflate blocks (RFC 1951) that end on a byte. In noisy data, such as a
    common term's codes, references to repetitions can take more bytes than they save."""
    return min((_deflated(data, strategy) for strategy in _STRATEGIES), key=len)


def _deflated(data: bytes, strategy: int) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, 9, strategy)
    return deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH)
