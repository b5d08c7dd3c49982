"""A month's statistics: which term stands how often in which of its papers, as one compact value.

The site keeps the value of each month, so that a build cuts and stems only the words of months
that changed. Papers are numbered within the month, from 0, in the order given (oldest day first).
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import sub

from .codes import ESCAPE, code_of, varints
from .documents import FIELDS, Document, lunr_document
from .words import terms_of, text_terms, words

_MAGIC = b"bsm2"


@dataclass(frozen=True, slots=True)
class Postings:
    """Keys with the papers that hold them, in sorted order of keys, ready to be strung together.

    Key i is in `counts[i]` papers, the first of them `firsts[i]`, the last `lasts[i]`;
    `gaps[gap_ends[i-1]:gap_ends[i]]` are the steps between them. `codes` has a code for each paper
    of each key, and `apart[apart_ends[i-1]:apart_ends[i]]` what key i's codes tell apart. (Facets
    have no codes.)
    """

    keys: tuple[str, ...]
    counts: array[int]
    firsts: array[int]
    lasts: array[int]
    gap_ends: array[int]
    apart_ends: array[int]
    gaps: bytes
    codes: bytes
    apart: bytes


@dataclass(frozen=True, slots=True)
class Month:
    """What `month_statistics` packs. `forms` counts the words of titles as they are written."""

    papers: int
    terms: Postings
    facets: Postings
    forms: dict[str, int]


def month_statistics(documents: Sequence[Document]) -> bytes:
    """The statistics of a month's papers (oldest day first), as a value to keep.

    Depends on the documents alone. About 250 bytes a paper; takes about 0.1 ms a paper.
    """
    return pack(count(documents))


def count(documents: Sequence[Document]) -> Month:
    """Cut, stem and count the words of a month's papers."""
    # A posting is one integer, the paper's number above the code's byte: this loop is where a
    # first build's time goes, and one list a term is the fastest to fill.
    terms: defaultdict[str, list[int]] = defaultdict(list)
    facets: defaultdict[str, list[int]] = defaultdict(list)
    escapes: dict[tuple[str, int], bytes] = {}
    forms: Counter[str] = Counter()
    for number, document in enumerate(documents):
        base = number << 8
        texts = lunr_document(document)
        abstract = Counter(text_terms(texts["abstract"]))
        elsewhere: dict[str, int] = {}  # how often in each field, packed: 32 bits a field
        for position, field in enumerate(FIELDS):
            if field == "abstract":
                continue
            cut = words(texts[field])
            if field == "title":
                forms.update(cut)
            once = 1 << 32 * position
            for term in terms_of(cut):
                elsewhere[term] = elsewhere.get(term, 0) + once
        for term, packed in elsewhere.items():
            code, apart = _code_of(packed | abstract.pop(term, 0) << 32)
            if apart:
                escapes[term, number] = apart
            terms[term].append(base | code)
        for term, once in abstract.items():
            if once < 8:
                terms[term].append(base | once)
            else:
                code, apart = _code_of(once << 32)
                if apart:
                    escapes[term, number] = apart
                terms[term].append(base | code)
        for key in facet_keys(document):
            facets[key].append(base)
    return Month(
        papers=len(documents),
        terms=_postings(terms, escapes),
        facets=_postings(facets, None),
        forms={
            form: seen for form, seen in sorted(forms.items()) if len(form) > 2 and form.isalpha()
        },
    )


@lru_cache(maxsize=4096)
def _code_of(packed: int) -> tuple[int, bytes]:
    return code_of(*(packed >> shift & 0xFFFFFFFF for shift in range(0, 32 * len(FIELDS), 32)))


def facet_keys(document: Document) -> list[str]:
    """The keys by which a paper is filtered: its topic, tags and authors, each once.

    An author's name is compared without regard to case and to spaces around its parts.
    """
    keys = [f"topic:{document.topic}"] if document.topic else []
    keys += [f"tag:{tag}" for tag in document.tags]
    keys += [f"author:{author_key(author)}" for author in document.authors]
    return list(dict.fromkeys(keys))


def author_key(author: str) -> str:
    """A name as it is compared: lower case, one space between its parts."""
    if not author.isascii():
        author = author.encode("utf-8", "replace").decode()
    return " ".join(author.lower().split())


def code_units(text: str) -> bytes:
    """A sorting key that puts strings in the order in which JavaScript compares them."""
    return text.encode("utf-16-be", "surrogatepass")


def in_order(keys: list[str]) -> list[str]:
    """Keys in JavaScript's order."""
    if any(map(_beyond_bmp, keys)):
        return sorted(keys, key=code_units)
    return sorted(keys)


def _beyond_bmp(key: str) -> bool:
    return not key.isascii() and max(key) > "\uffff"


def _postings(
    packed: dict[str, list[int]], escapes: dict[tuple[str, int], bytes] | None
) -> Postings:
    """Postings of packed integers; without codes where `escapes` is None."""
    keys = in_order(list(packed))
    counts, firsts, lasts = array("I"), array("I"), array("I")
    gap_ends, apart_ends = array("I"), array("I")
    gaps, codes, apart = bytearray(), bytearray(), bytearray()
    for key in keys:
        entries = packed[key]
        if len(entries) == 1:  # half of all keys
            [entry] = entries
            counts.append(1)
            firsts.append(entry >> 8)
            lasts.append(entry >> 8)
            if escapes is not None:
                codes.append(entry & 255)
                if entry & 255 == ESCAPE:
                    apart += escapes[key, entry >> 8]
            gap_ends.append(len(gaps))
            apart_ends.append(len(apart))
            continue
        numbers = [entry >> 8 for entry in entries]
        counts.append(len(numbers))
        firsts.append(numbers[0])
        lasts.append(numbers[-1])
        gaps += varints(list(map(sub, numbers[1:], numbers)))
        if escapes is not None:
            ones = bytes([entry & 255 for entry in entries])
            codes += ones
            if ESCAPE in ones:
                apart += b"".join(
                    escapes[key, number]
                    for number, one in zip(numbers, ones, strict=True)
                    if one == ESCAPE
                )
        gap_ends.append(len(gaps))
        apart_ends.append(len(apart))
    return Postings(
        tuple(keys),
        counts,
        firsts,
        lasts,
        gap_ends,
        apart_ends,
        bytes(gaps),
        bytes(codes),
        bytes(apart),
    )


def pack(month: Month) -> bytes:
    """The month as bytes, the same on every machine."""
    parts: list[bytes] = [json.dumps(month.forms, ensure_ascii=False, sort_keys=True).encode()]
    for postings in (month.terms, month.facets):
        parts.append("\n".join(postings.keys).encode())
        for numbers in (
            postings.counts,
            postings.firsts,
            postings.lasts,
            postings.gap_ends,
            postings.apart_ends,
        ):
            parts.append(_little(numbers).tobytes())
        parts += (postings.gaps, postings.codes, postings.apart)
    head = struct.pack(f"<I{len(parts)}I", month.papers, *map(len, parts))
    return _MAGIC + zlib.compress(b"".join((head, *parts)), 1)


def unpack(value: bytes) -> Month:
    """The month that `pack` packed. Raises ValueError where the value is damaged or older."""
    if value[:4] != _MAGIC:
        raise ValueError("these are no month's statistics of this version")
    try:
        data = zlib.decompress(value[4:])
        papers, *sizes = struct.unpack_from("<I19I", data)
    except (zlib.error, struct.error) as error:
        raise ValueError(f"a month's statistics are damaged ({error})") from None
    parts: list[bytes] = []
    start = 4 * 20
    for size in sizes:
        parts.append(data[start : start + size])
        start += size
    if start != len(data):
        raise ValueError("a month's statistics are cut off")
    return Month(
        papers=papers,
        terms=_unpacked(parts[1:10]),
        facets=_unpacked(parts[10:19]),
        forms=json.loads(parts[0]),
    )


def _unpacked(parts: list[bytes]) -> Postings:
    keys = parts[0].decode()
    counts, firsts, lasts, gap_ends, apart_ends = (_numbers(part) for part in parts[1:6])
    return Postings(
        tuple(keys.split("\n")) if counts else (),
        counts,
        firsts,
        lasts,
        gap_ends,
        apart_ends,
        parts[6],
        parts[7],
        parts[8],
    )


def _numbers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    return _little(numbers)


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers
