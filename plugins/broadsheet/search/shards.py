"""Postings cut into shards: small files that each hold a range of keys.

docs/search-index.md describes the bytes. A shard's name is its place in the order of keys; which
shard holds a key is told by a directory of each shard's first key, cut short.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .codes import varint, varints
from .months import Postings, in_order

LARGEST = 15_000
"""How large a shard of several keys may get before compression, in bytes; about half is moved."""
SMALLEST = 5_000
MANY = 128
"""In a small index shards are smaller, down to `SMALLEST`, as long as there are fewer than this."""


@dataclass(slots=True)
class _Joined:
    """One key's postings over several months."""

    count: int = 0
    last: int = 0
    gaps: bytearray = field(default_factory=bytearray)
    codes: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard before compression: the keys it holds and its bytes."""

    first: str
    last: str
    keys: int
    payload: bytes


def join(months: Sequence[tuple[int, Postings]]) -> dict[str, _Joined]:
    """Several months' postings as one, in order of keys.

    Each month comes with the number of its first paper, ascending. A key's first paper is
    stored as its number, each other as the step from the one before.
    """
    joined: dict[str, _Joined] = {}
    for start, month in months:
        gaps, codes = month.gaps, month.codes
        gap_at = code_at = 0
        for key, count, first, last, gap_end, code_end in zip(
            month.keys,
            month.counts,
            month.firsts,
            month.lasts,
            month.gap_ends,
            month.code_ends,
            strict=True,
        ):
            entry = joined.get(key)
            if entry is None:
                entry = joined[key] = _Joined()
            step = start + first - entry.last
            if step < 128:
                entry.gaps.append(step)
            else:
                entry.gaps += varint(step)
            entry.gaps += gaps[gap_at:gap_end]
            entry.codes += codes[code_at:code_end]
            entry.count += count
            entry.last = start + last
            gap_at, code_at = gap_end, code_end
    return {key: joined[key] for key in in_order(list(joined))}


def cut(joined: dict[str, _Joined]) -> Iterator[Shard]:
    """Shards of like size. A key that would fill more than half of one stands alone."""
    weights = {
        key: len(key) + len(entry.gaps) + len(entry.codes) + 4 for key, entry in joined.items()
    }
    target = min(LARGEST, max(SMALLEST, sum(weights.values()) // MANY))
    waiting: list[str] = []
    size = 0
    for key, weight in weights.items():
        alone = weight * 2 > target
        if waiting and (alone or size + weight > target):
            yield _shard(waiting, joined)
            waiting, size = [], 0
        waiting.append(key)
        size += weight
        if alone:
            yield _shard(waiting, joined)
            waiting, size = [], 0
    if waiting:
        yield _shard(waiting, joined)


def _shard(keys: list[str], joined: dict[str, _Joined]) -> Shard:
    entries = [joined[key] for key in keys]
    text = "\n".join(front_coded(keys)).encode()
    payload = b"".join(
        (
            varint(len(text)),
            text,
            varints([entry.count for entry in entries]),
            *(entry.gaps for entry in entries),
            *(entry.codes for entry in entries),
        )
    )
    return Shard(keys[0], keys[-1], len(keys), payload)


def front_coded(keys: Iterable[str]) -> Iterator[str]:
    """Each key as one character for how much it shares with the one before, and the rest.

    The character's code is 33 plus the number of UTF-16 units shared, at most 90.
    """
    before = ""
    for key in keys:
        shared = 0
        for ours, theirs in zip(key[:90], before, strict=False):
            if ours != theirs:
                break
            shared += 1
        units = shared if key.isascii() else len(key[:shared].encode("utf-16-be")) // 2
        while units > 90:
            shared -= 1
            units = len(key[:shared].encode("utf-16-be")) // 2
        yield chr(33 + units) + key[shared:]
        before = key


def directory(shards: Sequence[Shard]) -> list[str]:
    """What tells which shard holds a key: the last one whose entry isn't greater than the key.

    An entry is the shard's first key, cut to what sets it apart from the key before.
    """
    entries: list[str] = []
    before = ""
    for shard in shards:
        first = shard.first
        length = 0
        while length < len(first) and length < len(before) and first[length] == before[length]:
            length += 1
        entries.append(first[: length + 1] if entries else "")
        before = shard.last
    return entries


def compressed(payload: bytes, *, noisy: bool = False) -> bytes:
    """The payload as the file holds it: zlib's format, which browsers call "deflate".

    Of `noisy` data, such as a common word's postings, deflate's search for repetitions can make
    more than it saves; then the shorter of two ways is taken.
    """
    if not noisy:
        return zlib.compress(payload, 6)
    return min((_deflated(payload, way) for way in (zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY)), key=len)


def _deflated(payload: bytes, strategy: int) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS, 9, strategy)
    return deflate.compress(payload) + deflate.flush()
