"""Term statistics of some papers: which term stands how often in which of them.

Tokenizing and stemming are the costly part of indexing, so the statistics of each day and month are
kept as one compact value. Papers are numbered from 0 in the order given, oldest day first.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from operator import sub

import msgspec

from ..analysis.fields import FIELDS
from ..analysis.terms import derived_terms, indexed_terms, shared_terms
from ..analysis.words import terms_of, words
from .codes import ESCAPE, code_of
from .compression import inflated
from .documents import Document, folded_texts, lunr_document
from .facets import facet_keys
from .postings import Postings, joined, little_endian, merge, numbers_of, packed_postings

_MAGIC = b"bsm4"
_PARTS = 21
"""The parts of packed statistics: forms, names, votes, and six of each of three postings."""
_FREE, _EACH = 1 << 20, 1 << 16
"""Bytes of cached statistics that are unpacked at most, at all and for each paper, which takes some
2,000. A cache that was made up may have a thousand times its own; one with more counts as absent.
"""


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """The number of papers; the postings of their terms (derived ones too), facets and identifiers;
    how often each word is written in a form in titles (`forms`) and in authors' names (`names`);
    and the papers' votes."""

    papers: int
    terms: Postings
    facets: Postings
    identifiers: Postings
    forms: dict[str, int]
    names: dict[str, int]
    votes: array[int]


def packed_statistics(documents: Sequence[Document]) -> bytes:
    """Return the packed statistics of some papers, oldest day first.

    They depend on the documents alone. About 400 bytes a paper; takes about 0.25 ms a paper.
    """
    return pack(count_terms(documents))


def merged_statistics(parts: Sequence[bytes]) -> bytes:
    """Return the packed statistics of some days, oldest first, as one: the same bytes as
    `packed_statistics` of all their papers. Raises ValueError as `unpack` does."""
    return pack(merge_statistics([unpack(part) for part in parts]))


def count_terms(documents: Sequence[Document]) -> TermStatistics:
    """Tokenize, stem and count the words of some papers."""
    # A posting is one integer, the code's byte above the paper's number: this loop takes most of
    # a first build's time, and one list a term is the fastest to fill.
    terms: defaultdict[str, list[int]] = defaultdict(list)
    facets: defaultdict[str, list[int]] = defaultdict(list)
    identifiers: defaultdict[str, list[int]] = defaultdict(list)
    escapes: dict[tuple[str, int], bytes] = {}
    title_words: list[str] = []
    name_words: list[str] = []
    for number, document in enumerate(documents):
        in_abstract = [number | code << 24 for code in range(8)]
        texts = lunr_document(document)
        folded = folded_texts(document, texts)
        abstract = Counter(shared_terms(texts["abstract"]))
        elsewhere: dict[str, int] = {}  # frequencies in the other fields, 32 bits a field
        for position, field in enumerate(FIELDS):
            if field == "abstract":
                continue
            if field in ("tags", "topic"):
                field_terms = _label_terms(texts[field], folded[field])
            elif field == "title":
                title_words += words(texts[field])
                field_terms = shared_terms(texts[field])
            else:
                name_words += words(texts[field])
                field_terms = indexed_terms(texts[field])
            once = 1 << 32 * position
            for term in field_terms:
                elsewhere[term] = elsewhere.get(term, 0) + once
        for term, packed in elsewhere.items():
            times = packed | abstract.pop(term, 0) << 32
            code = _CODES[times]
            if code == _ESCAPED:
                escapes[term, number] = _code_of(times)[1]
            terms[term].append(number | code)
        for term, times in abstract.items():
            if times < 8:
                terms[term].append(in_abstract[times])
            else:
                code, escape = _code_of(times << 32)
                if code == ESCAPE:
                    escapes[term, number] = escape
                terms[term].append(number | code << 24)
        for key in facet_keys(document):
            facets[key].append(number)
        for key in document.identifiers:
            identifiers[key].append(number)
    return TermStatistics(
        papers=len(documents),
        terms=packed_postings(terms, escapes),
        facets=packed_postings(facets, None),
        identifiers=packed_postings(identifiers, None),
        forms=_written(title_words),
        names=_written(name_words),
        votes=array("I", (document.votes for document in documents)),
    )


def _written(forms: list[str]) -> dict[str, int]:
    """Return how often each form is written that is a word of at least three letters, in order."""
    return {
        form: times
        for form, times in sorted(Counter(forms).items())
        if len(form) > 2 and form.isalpha()
    }


@lru_cache(maxsize=4096)
def _label_terms(text: str, folded: str) -> tuple[str, ...]:
    """Return the terms of a paper's tags or topic, which many papers have."""
    return (*terms_of(words(text)), *derived_terms(folded))


def _code_of(packed: int) -> tuple[int, bytes]:
    return code_of(*(packed >> shift & 0xFFFFFFFF for shift in range(0, 32 * len(FIELDS), 32)))


class _Codes(dict[int, int]):
    """Memo from frequencies, 32 bits a field, to their code in the top byte; bounded."""

    def __missing__(self, packed: int) -> int:
        if len(self) >= _MOST_CODES:
            self.clear()
        code = self[packed] = _code_of(packed)[0] << 24
        return code


_MOST_CODES = 4096
_CODES = _Codes()
_ESCAPED = ESCAPE << 24


def first_numbers(parts: Sequence[TermStatistics]) -> list[int]:
    """Return the number of each part's first paper, and last the number of all papers."""
    return list(accumulate((part.papers for part in parts), initial=0))


def merge_statistics(parts: Sequence[TermStatistics]) -> TermStatistics:
    """Return the statistics of some days as one: what `count_terms` finds in all their papers."""
    starts = first_numbers(parts)
    forms, names = Counter[str](), Counter[str]()
    for part in parts:
        forms.update(part.forms)
        names.update(part.names)
    placed = list(zip(starts, parts, strict=False))
    return TermStatistics(
        papers=starts[-1],
        terms=joined(merge([(start, part.terms) for start, part in placed])),
        facets=joined(merge([(start, part.facets) for start, part in placed])),
        identifiers=joined(merge([(start, part.identifiers) for start, part in placed])),
        forms=dict(sorted(forms.items())),
        names=dict(sorted(names.items())),
        votes=array("I", chain.from_iterable(part.votes for part in parts)),
    )


def pack(statistics: TermStatistics) -> bytes:
    """Return statistics as bytes, the same on every machine."""
    parts: list[bytes] = [
        json.dumps(forms, ensure_ascii=False, sort_keys=True).encode()
        for forms in (statistics.forms, statistics.names)
    ]
    parts.append(little_endian(statistics.votes).tobytes())
    for postings in (statistics.terms, statistics.facets, statistics.identifiers):
        parts.append("\n".join(postings.keys).encode())
        # Differences compress better; from a key's last paper to the next key's first they are
        # negative.
        steps = array("i", map(sub, postings.papers, chain((0,), postings.papers)))
        for numbers in (postings.counts, steps, postings.escape_ends):
            parts.append(little_endian(numbers).tobytes())
        parts += (postings.codes, postings.escapes)
    head = struct.pack(f"<I{len(parts)}I", statistics.papers, *map(len, parts))
    return _MAGIC + zlib.compress(b"".join((head, *parts)), 1)


def unpack(value: bytes, most: int = 1 << 30) -> TermStatistics:
    """Return the statistics that `pack` packed. Raises ValueError where the value is damaged, of
    another version, or of more than `most` bytes."""
    if value[:4] != _MAGIC:
        raise ValueError("not term statistics of this version")
    try:
        data = inflated(value[4:], most)
        papers, *sizes = struct.unpack_from(f"<I{_PARTS}I", data)
    except (ValueError, struct.error) as error:
        raise ValueError(f"damaged term statistics ({error})") from None
    parts: list[bytes] = []
    start = 4 * (1 + _PARTS)
    for size in sizes:
        parts.append(data[start : start + size])
        start += size
    if start != len(data):
        raise ValueError("truncated term statistics")
    return TermStatistics(
        papers=papers,
        terms=_unpacked(parts[3:9]),
        facets=_unpacked(parts[9:15]),
        identifiers=_unpacked(parts[15:21]),
        forms=msgspec.json.decode(parts[0], type=dict[str, int]),
        names=msgspec.json.decode(parts[1], type=dict[str, int]),
        votes=numbers_of("I", parts[2]),
    )


def checked_statistics(value: bytes, papers: int) -> bytes:
    """Return packed statistics that were cached. Raises ValueError unless they are of so many
    papers and consistent."""
    statistics = unpack(value, _FREE + papers * _EACH)
    if statistics.papers != papers:
        raise ValueError(f"statistics of {statistics.papers} papers; expected {papers}")
    _refuse_inconsistent(statistics.terms, papers, coded=True)
    _refuse_inconsistent(statistics.facets, papers, coded=False)
    _refuse_inconsistent(statistics.identifiers, papers, coded=False)
    if len(statistics.votes) != papers:
        raise ValueError(f"votes of {len(statistics.votes)} papers; expected {papers}")
    return value


def _refuse_inconsistent(postings: Postings, papers: int, *, coded: bool) -> None:
    """Raise ValueError for postings whose columns contradict each other."""
    total = sum(postings.counts)
    ends = postings.escape_ends
    if not (
        len(postings.keys) == len(set(postings.keys)) == len(postings.counts) == len(ends)
        and total == len(postings.papers)
        and len(postings.codes) == (total if coded else 0)
        and max(postings.papers, default=-1) < papers
        and list(ends) == sorted(ends)
        and (ends[-1] if ends else 0) == len(postings.escapes)
    ):
        raise ValueError("inconsistent postings")


def _unpacked(parts: list[bytes]) -> Postings:
    keys = parts[0].decode()
    counts, steps, escape_ends = map(numbers_of, ("I", "i", "I"), parts[1:4])
    papers = array("I", accumulate(steps))
    return Postings(
        tuple(keys.split("\n")) if counts else (), counts, papers, escape_ends, parts[4], parts[5]
    )
