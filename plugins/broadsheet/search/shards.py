"""Postings cut into shards: small files that each hold a range of keys.

docs/search-index.md describes the bytes. A shard's name is its place in the order of keys; which
shard holds a key is told by a directory of each shard's first key, cut short.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log2
from operator import sub

from .codes import ESCAPE, times_of, varint, varints
from .documents import BOOSTS, FIELDS, K1
from .joining import Joined
from .months import code_units

LARGEST = 15_000
"""How large a shard of several keys may get before compression, in bytes; about half is moved."""
SMALLEST = 2_500
MANY = 256
"""In a small index shards are smaller, down to `SMALLEST`, as long as there are fewer than this."""

LONGEST = 20
"""Terms of so many letters or more are in one list of the vocabulary."""

LISTED, ALONE = b"\0", b"\1"
"""A shard's first byte: several keys with lists of papers, or a common key alone with a map."""
LATER_SHARE = 0.65
"""Of a common term's papers at most this share, those where it weighs least, are told later..."""
LATER_FROM = 1_500
"""... where telling of them takes at least so many bytes."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard before compression: its first and last key, its bytes in pieces of like data, and
    those of a second file for what is told later (empty where nothing is)."""

    first: str
    last: str
    pieces: tuple[bytes, ...]
    later: bytes = b""


def cut(joined: dict[str, Joined], papers: int) -> Iterator[Shard]:
    """Shards of like size. A key that would fill more than half of one stands alone.

    `papers` is how many papers there are.
    """
    weights = {}
    for key, entry in joined.items():
        count = len(entry.papers)
        each = 2 if count * 64 > papers else 3  # a step of one or two bytes, and a code
        weights[key] = len(key) + count * each + len(entry.apart) + 4
    target = min(LARGEST, max(SMALLEST, sum(weights.values()) // MANY))
    waiting: list[str] = []
    size = 0
    for key, weight in weights.items():
        alone = weight * 2 > target
        if waiting and (alone or size + weight > target):
            yield _listed(waiting, joined)
            waiting, size = [], 0
        if alone:
            yield _alone(key, joined[key], papers)
        else:
            waiting.append(key)
            size += weight
    if waiting:
        yield _listed(waiting, joined)


def _listed(keys: list[str], joined: dict[str, Joined]) -> Shard:
    """Each key's papers are its first one's number, then the steps from one to the next."""
    entries = [joined[key] for key in keys]
    text = "\n".join(front_coded(keys)).encode()
    steps = [
        (one[0], *map(sub, one[1:], one)) if len(one) > 1 else one
        for one in (entry.papers for entry in entries)
    ]
    payload = b"".join(
        (
            LISTED,
            varint(len(text)),
            text,
            varints(len(entry.papers) for entry in entries),
            varints(chain.from_iterable(steps)),
            *(entry.codes for entry in entries),
            *(entry.apart for entry in entries),
        )
    )
    return Shard(keys[0], keys[-1], (payload,))


def _alone(key: str, entry: Joined, papers: int) -> Shard:
    """A key that many papers have. What is alike stands together, each in a piece of its own for
    the compression: a bit a paper; then, of a term's papers, a bit for those that aren't light,
    and their codes; then which codes are light, and these, here or later."""
    name = key.encode()
    count = len(entry.papers)
    marks = bytearray(b"0") * papers
    for paper in entry.papers:
        marks[paper] = 49
    pieces = [
        b"".join((ALONE, varint(len(name)), name, varint(count))),
        _bits(marks),
    ]
    later = b""
    if entry.codes:
        codes, light = bytes(entry.codes), _light(entry.codes)
        heavy = bytes(code for code in range(256) if code not in light)
        rest = codes.translate(None, heavy) if len(light) > 1 else b""
        seen = Counter(codes)
        table = [varint(len(light)), *(bytes((code,)) + varint(seen[code]) for code in light)]
        if _entropy([seen[code] for code in light]) >= LATER_FROM:
            later, rest = rest, b""
        is_heavy = bytes(48 + (code not in light) for code in range(256))
        pieces += (
            _bits(codes.translate(is_heavy)),
            codes.translate(None, light) + entry.apart,
            b"".join((*table, bytes((bool(later),)), rest)),
        )
    return Shard(key, key, tuple(pieces), later)


def _entropy(counts: Sequence[int]) -> float:
    """How many bytes it takes at least to tell so many of each kind apart."""
    total = sum(counts)
    return sum(count * log2(total / count) for count in counts if count) / 8


def _light(codes: bytearray) -> bytes:
    """The codes that weigh least, in order of codes: at least one, and as many as stay within
    `LATER_SHARE` of the papers."""
    seen = Counter(codes)
    del seen[ESCAPE]
    ranked = sorted(seen, key=_WEIGHTS.__getitem__)
    left = len(codes) * LATER_SHARE
    light = ranked[:1]
    for code in ranked:
        left -= seen[code]
        if left < 0:
            break
        light.append(code)
    return bytes(sorted(set(light)))


_WEIGHTS = tuple(
    (
        sum(
            BOOSTS[name] * often / (K1 + often)
            for name, often in zip(FIELDS, times_of(code), strict=True)
        ),
        code,
    )
    for code in range(ESCAPE)
)


def _bits(marks: bytes | bytearray) -> bytes:
    """Zeros and ones (as characters) as a map: the first is the lowest bit of the first byte."""
    return int(marks[::-1], 2).to_bytes((len(marks) + 7) // 8, "little")


def by_length(keys: Iterable[str]) -> list[list[str]]:
    """Keys by their length in UTF-16 units, from 1; the last list has all longer ones too."""
    lists: list[list[str]] = [[] for _ in range(LONGEST)]
    for key in keys:
        units = len(key) if key.isascii() else len(code_units(key)) // 2
        lists[min(units, LONGEST) - 1].append(key)
    return lists


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


def compressed(*pieces: bytes) -> bytes:
    """The pieces as a file holds them: zlib's format, which browsers call "deflate". Pieces of
    unlike data are compressed each by itself, the shortest of several ways."""
    if len(pieces) == 1:
        return zlib.compress(pieces[0], 6)
    check = zlib.adler32(b"".join(pieces))
    return b"".join((b"\x78\x9c", *map(_piece, pieces), b"\x03\0", check.to_bytes(4, "big")))


def _piece(data: bytes) -> bytes:
    """A part of a deflated stream. In noisy data, such as a common word's codes, the search for
    repetitions can make more than it saves."""
    return min((_deflated(data, way) for way in _WAYS), key=len)


_WAYS = (zlib.Z_HUFFMAN_ONLY, zlib.Z_FILTERED, zlib.Z_DEFAULT_STRATEGY)


def _deflated(data: bytes, strategy: int) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, 9, strategy)
    return deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH)
