"""Shards: the postings of a range of keys, in a file each (see docs/search-index.md).

An index partitioned by term (Manning, Raghavan and Schütze, "Introduction to Information
Retrieval", 2008, section 20.3): a query fetches only the shards that hold its terms. A directory
lists the first key of each shard, truncated.

Of a very common term, postings of low weight may be deferred to a second file: a bound on their
scores mostly shows that none of these papers is among the best (the idea of impact-ordered postings
and MaxScore: Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from math import log2
from operator import sub

from ..analysis.fields import BOOSTS, FIELDS, K1
from ..analysis.folding import DERIVED
from .codes import ESCAPE, times_of
from .front_coding import code_units, front_coded
from .postings import Held, KeyPostings, numbers_held, opened
from .varint import varint, varints

LARGEST = 15_000
"""The largest shard of several keys, in bytes before compression; about half of it is sent."""
SMALLEST = 2_500
MANY = 256
"""Shards of a small index are smaller, down to `SMALLEST`, while there are fewer than `MANY`."""

SMALLEST_GROWING = 10_000
"""The least size of the shards of a generation that grows: a day writes them all anew, and a word
of it takes 4 kB then."""

LONGEST = 20
"""Terms of so many letters or more are in one list of the vocabulary."""

LISTED, ALONE, WITH_DERIVED = b"\0", b"\1", b"\2"
"""The first byte of a shard: several keys with lists of papers, or one common key with a bitmap,
which may have its derived term (folding.py) behind it, so that both come in one file."""

LOW_WEIGHT_SHARE = 0.65
"""The largest share of a term's papers whose codes count as of low weight."""
DEFERRED_FROM = 1_500
"""The least number of bytes that codes of low weight take for them to be deferred."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard before compression: its first and last key, its bytes in pieces of like data, and the
    bytes of the file of deferred postings (empty where there are none)."""

    first: str
    last: str
    pieces: tuple[bytes, ...]
    deferred: bytes = b""


def cut(postings: dict[str, Held], papers: int, smallest: int | None = None) -> Iterator[Shard]:
    """Yield shards of like size, given keys in order and the number of papers in the index;
    postings are taken out of `postings` as they are cut. A key that would fill more than half of a
    shard has one of its own. `smallest` is the least size of a small index's shards, `SMALLEST` if
    None."""
    sizes = {}
    for key, entry in postings.items():
        count, escapes = (
            (1, 0) if isinstance(entry, int) else (len(entry.papers), len(entry.escapes))
        )
        posting = 2 if count * 64 > papers else 3  # a step of one or two bytes, and a code
        sizes[key] = len(key) + count * posting + escapes + 4
    target = min(
        LARGEST, max(SMALLEST if smallest is None else smallest, sum(sizes.values()) // MANY)
    )
    waiting: list[str] = []
    total = 0
    beside = ""  # the derived term that stands in its own term's shard
    for (key, size), following in zip(sizes.items(), (*islice(sizes, 1, None), ""), strict=False):
        if key == beside:
            continue
        alone = size * 2 > target
        if waiting and (alone or total + size > target):
            yield _listed(waiting, postings)
            waiting, total = [], 0
        if alone:
            is_derived = following == key + DERIVED and sizes[following] * 2 <= target
            own = opened(postings.pop(key))
            is_derived &= len(own.codes) > 0
            beside = following if is_derived else ""
            derived = opened(postings.pop(beside)) if beside else None
            yield _alone(key, own, papers, derived=derived)
        else:
            waiting.append(key)
            total += size
    if waiting:
        yield _listed(waiting, postings)


def _listed(keys: list[str], postings: dict[str, Held]) -> Shard:
    """Return a shard of several keys, taken out of `postings`. A key's papers are the first one's
    number, then the differences from one to the next."""
    text = "\n".join(front_coded(keys)).encode()
    counts, papers, codes, escapes = zip(
        *(numbers_held(postings.pop(key)) for key in keys), strict=True
    )
    payload = b"".join(
        (
            LISTED,
            varint(len(text)),
            text,
            varints(counts),
            varints(chain.from_iterable(map(_steps, papers))),
            *codes,
            *escapes,
        )
    )
    return Shard(keys[0], keys[-1], (payload,))


def _steps(papers: Sequence[int]) -> Sequence[int]:
    """Return the first paper's number, and the differences from one to the next."""
    return (papers[0], *map(sub, papers[1:], papers)) if len(papers) > 1 else papers


def _alone(
    key: str, entry: KeyPostings, papers: int, *, derived: KeyPostings | None = None
) -> Shard:
    """Return the shard of one common key, and of the term `derived` from it. Each kind of data is a
    piece of its own, for the compression: a bitmap of papers; then, for a term, a bitmap of the
    postings that aren't of low weight, their codes, and the codes of low weight, here or deferred;
    then the derived term's postings, as in a shard of several keys."""
    name = key.encode()
    count = len(entry.papers)
    bits = bytearray(b"0") * papers
    for paper in entry.papers:
        bits[paper] = 49
    pieces = [
        b"".join((WITH_DERIVED if derived else ALONE, varint(len(name)), name, varint(count))),
        _bitmap(bits),
    ]
    deferred = b""
    if entry.codes:
        codes, low_weight = bytes(entry.codes), _low_weight(entry.codes)
        others = bytes(code for code in range(256) if code not in low_weight)
        rest = codes.translate(None, others) if len(low_weight) > 1 else b""
        counts = Counter(codes)
        table = [
            varint(len(low_weight)),
            *(bytes((code,)) + varint(counts[code]) for code in low_weight),
        ]
        if _entropy([counts[code] for code in low_weight]) >= DEFERRED_FROM:
            deferred, rest = rest, b""
        is_other = bytes(48 + (code not in low_weight) for code in range(256))
        pieces += (
            _bitmap(codes.translate(is_other)),
            codes.translate(None, low_weight) + entry.escapes,
            b"".join((*table, bytes((bool(deferred),)), rest)),
        )
    if derived is None:
        return Shard(key, key, tuple(pieces), deferred)
    numbers = varints((len(derived.papers), *_steps(derived.papers)))
    pieces.append(b"".join((numbers, derived.codes, derived.escapes)))
    return Shard(key, key + DERIVED, tuple(pieces), deferred)


def _entropy(counts: Sequence[int]) -> float:
    """Return the entropy (Shannon, 1948) in bytes of a sequence with so many of each symbol."""
    total = sum(counts)
    return sum(count * log2(total / count) for count in counts if count) / 8


def _low_weight(codes: bytearray) -> bytes:
    """Return the codes that add least to a score, in order of codes: at least one, and as many as
    stay within `LOW_WEIGHT_SHARE` of the papers; never `ESCAPE`, and none with the title or authors
    where there are others, since these fields alone put papers in a higher rank."""
    counts = Counter(codes)
    del counts[ESCAPE]
    every = sorted(counts, key=_WEIGHTS.__getitem__)
    ranked = [code for code in every if code not in _STRONG] or every[:1]
    left = len(codes) * LOW_WEIGHT_SHARE
    low_weight = ranked[:1]
    for code in ranked:
        left -= counts[code]
        if left < 0:
            break
        low_weight.append(code)
    return bytes(sorted(set(low_weight)))


_WEIGHTS = tuple(
    (
        sum(
            BOOSTS[field] * times / (K1 + times)
            for field, times in zip(FIELDS, times_of(code), strict=True)
        ),
        code,
    )
    for code in range(ESCAPE)
)
"""The weight of each code without its term's idf (see fields.py); equal ones go by code."""


_STRONG = frozenset(
    code
    for code in range(ESCAPE)
    for field, times in zip(FIELDS, times_of(code), strict=True)
    if times and field in ("title", "authors")
)
"""The codes of terms in the title or among the authors."""


def _bitmap(bits: bytes | bytearray) -> bytes:
    """Return the characters 0 and 1 as a bitmap: the first is the lowest bit of the first byte."""
    return int(bits[::-1], 2).to_bytes((len(bits) + 7) // 8, "little")


def by_length(keys: Iterable[str]) -> list[list[str]]:
    """Return keys by their length in UTF-16 code units, from 1; the last list has all longer ones
    too."""
    lists: list[list[str]] = [[] for _ in range(LONGEST)]
    for key in keys:
        units = len(key) if key.isascii() else len(code_units(key)) // 2
        lists[min(units, LONGEST) - 1].append(key)
    return lists


def directory(shards: Sequence[Shard]) -> list[str]:
    """Return the directory of shards: a key is in the last shard whose entry isn't greater.

    An entry is the shard's first key, truncated to what sets it apart from the key before.
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
