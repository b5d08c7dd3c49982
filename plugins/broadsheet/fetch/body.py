"""An answer's body: its transfer compression undone, never more of it than allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator


class BodyError(Exception):
    """A body is refused; `again` says whether another request may help."""

    def __init__(self, message: str, *, again: bool) -> None:
        super().__init__(message)
        self.again = again


def decoded(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Return the bytes that `chunks` carry under the Content-Encoding `encoding` (gzip or none).

    `limit` bounds, in bytes, both what is sent and what it expands to, and so the memory.
    Raises BodyError beyond it, for other encodings, and for
    a compressed body that breaks off.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return b"".join(_within(chunks, limit))
    if encoding in ("gzip", "x-gzip"):
        return _gunzipped(_within(chunks, limit), limit)
    raise BodyError(f"the answer is encoded as {encoding[:40]!r}, expected gzip", again=False)


def _within(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    taken = 0
    for chunk in chunks:
        taken += len(chunk)
        if taken > limit:
            raise _too_long(limit)
        yield chunk


def _gunzipped(chunks: Iterable[bytes], limit: int) -> bytes:
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    parts: list[bytes] = []
    room = limit + 1
    for chunk in chunks:
        if unpack.eof:
            raise BodyError("the compressed answer goes on after its end", again=True)
        try:
            part = unpack.decompress(chunk, room)
        except zlib.error as error:
            raise BodyError("the compressed answer is damaged", again=True) from error
        room -= len(part)
        if room <= 0:
            raise _too_long(limit)
        parts.append(part)
    if not unpack.eof:
        raise BodyError("the compressed answer breaks off", again=True)
    return b"".join(parts)


def _too_long(limit: int) -> BodyError:
    return BodyError(f"the answer is longer than {limit:,} bytes", again=False)
