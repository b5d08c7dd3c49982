"""Postings: which papers hold a key (a term or a facet), and how often.

Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 1.2; merging
is that of their section 4.2.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat

from msgspec import Struct

from .front_coding import in_order


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of several keys, in JavaScript's order of keys, one after another.

    Key i is in `counts[i]` papers. `papers` are the papers' numbers, ascending for each key, and
    `codes` the code of the term's frequencies in each (see codes.py). The escapes of key i are
    `escapes[escape_ends[i-1]:escape_ends[i]]`. Facets have no codes.
    """

    keys: tuple[str, ...]
    counts: array[int]
    papers: array[int]
    escape_ends: array[int]
    codes: bytes
    escapes: bytes


class KeyPostings(Struct):
    """The postings of one key: papers' numbers, their codes, and the codes' escapes."""

    papers: array[int]
    codes: bytearray
    escapes: bytes = b""


Held = KeyPostings | int
"""The postings of one key while they are merged. Most keys are in one paper: that is a number, from
the lowest bits on the code, whether there is one, and the paper's."""

_CODED = 256


def numbers_held(held: Held) -> tuple[int, Sequence[int], bytes | bytearray, bytes]:
    """Return how many papers hold a key, their numbers, the codes and the escapes: as `opened`, but
    cheaper for keys of one paper."""
    if isinstance(held, int):
        return 1, (held >> 9,), _ONE_CODE[held & 255] if held & _CODED else b"", b""
    return len(held.papers), held.papers, held.codes, held.escapes


_ONE_CODE = tuple(bytes((code,)) for code in range(256))


def opened(held: Held) -> KeyPostings:
    """Return postings that may be a number as such."""
    if not isinstance(held, int):
        return held
    return KeyPostings(
        array("I", (held >> 9,)), bytearray((held & 255,)) if held & _CODED else bytearray()
    )


def packed_postings(
    packed: Mapping[str, list[int]], escapes: Mapping[tuple[str, int], bytes] | None
) -> Postings:
    """Return postings of integers that have a code in the top byte and a paper's number below it.

    `escapes` are by key and paper, ascending by paper. Where it is None, keys have no codes.
    """
    keys = in_order(list(packed))
    lists = [packed[key] for key in keys]
    data = bytearray(little_endian(array("I", chain.from_iterable(lists))).tobytes())
    codes = bytes(data[3::4])
    data[3::4] = bytes(len(codes))
    by_key: dict[str, bytes] = {}
    for (key, _), escape in (escapes or {}).items():
        by_key[key] = by_key.get(key, b"") + escape
    return Postings(
        tuple(keys),
        array("I", map(len, lists)),
        numbers_of("I", data),
        array("I", accumulate(map(len, map(by_key.get, keys, repeat(b""))))),
        b"" if escapes is None else codes,
        b"".join(by_key[key] for key in keys if key in by_key),
    )


def merge(parts: Iterable[tuple[int, Postings]]) -> dict[str, KeyPostings]:
    """Return the postings of several days or months by key, in order of keys.

    Each part comes with the number of its first paper, ascending.
    """
    merged: dict[str, Held] = {}
    for start, part in parts:
        add(merged, start, part)
    return {key: opened(held) for key, held in ordered(merged).items()}


def add(merged: dict[str, Held], start: int, part: Postings) -> None:
    """Add the postings of a day or a month, whose first paper has this number, to those before."""
    papers = array("I", map(start.__add__, part.papers)) if start else part.papers
    codes, escapes = part.codes, part.escapes
    at = escape_at = 0
    for key, count, escape_end in zip(part.keys, part.counts, part.escape_ends, strict=True):
        end = at + count
        held = merged.get(key)
        if held is None:
            if count == 1 and escape_end == escape_at:
                merged[key] = papers[at] << 9 | (_CODED | codes[at] if codes else 0)
                at = end
                continue
            entry = merged[key] = KeyPostings(papers[at:end], bytearray(codes[at:end]))
        else:
            entry = held if isinstance(held, KeyPostings) else opened(held)
            merged[key] = entry
            entry.papers += papers[at:end]
            entry.codes += codes[at:end]
        if escape_end > escape_at:
            entry.escapes += escapes[escape_at:escape_end]
            escape_at = escape_end
        at = end


def ordered(merged: Mapping[str, Held]) -> dict[str, Held]:
    """Return postings in order of keys."""
    return {key: merged[key] for key in in_order(list(merged))}


def joined(by_key: Mapping[str, KeyPostings]) -> Postings:
    """Return postings by key, in order of keys, as `Postings`."""
    entries = list(by_key.values())
    return Postings(
        tuple(by_key),
        array("I", (len(entry.papers) for entry in entries)),
        array("I", chain.from_iterable(entry.papers for entry in entries)),
        array("I", accumulate(len(entry.escapes) for entry in entries)),
        b"".join(entry.codes for entry in entries),
        b"".join(entry.escapes for entry in entries),
    )


def numbers_of(typecode: str, data: bytes | bytearray) -> array[int]:
    """Return the numbers that little-endian bytes hold."""
    numbers: array[int] = array(typecode)
    numbers.frombytes(data)
    return little_endian(numbers)


def little_endian(numbers: array[int]) -> array[int]:
    """Return numbers with their bytes in little-endian order; the same on most machines."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
