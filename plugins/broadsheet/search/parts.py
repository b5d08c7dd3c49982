"""The parts of the published index, as files below search/ (docs/search-index.md).

    generation([statistics, ...])  the shards of all closed months together, or of the open month
    cards(documents)               the cards of a closed month, or of a day of the open one
    manifest(...)                  what a browser loads first

All are functions of their arguments alone. `packed_statistics` gives a month's statistics.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import msgspec

from .cards import PER_FILE, card_files, named_files
from .completion import common_words, completion_text
from .compression import compressed
from .documents import Document
from .fields import BOOSTS, FIELDS, K1, B
from .folding import DERIVED
from .front_coding import front_coded
from .postings import merge
from .shards import LARGEST, SMALLEST_OPEN, by_length, cut, directory
from .spelling import spelling_texts, written_words
from .statistics import first_numbers, unpack
from .topic_runs import topic_runs
from .varint import varints

FORMAT = 3
"""The version of the index's format; the page's script refuses any other."""

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the index: its files (path below search/ to bytes), and its entry for the manifest.

    The entry is small JSON text. Of a part that is known to be unchanged, the entry alone is kept
    and the files are left as they are.
    """

    files: Mapping[str, bytes]
    entry: str


class _GenerationEntry(msgspec.Struct):
    name: str
    papers: int
    terms: str
    ids: str


class _CardsEntry(msgspec.Struct):
    name: str
    days: list[str | int]


def generation_entry(data: bytes) -> str:
    """Return a generation's entry that was cached. Raises msgspec.DecodeError for anything else."""
    msgspec.json.decode(data, type=_GenerationEntry)
    return data.decode()


def cards_entry(data: bytes) -> str:
    """Return the entry of cards that was cached. Raises msgspec.DecodeError for anything else."""
    msgspec.json.decode(data, type=_CardsEntry)
    return data.decode()


def generation(statistics: Sequence[bytes], *, opened: bool = False) -> Part:
    """Return the shards of some months, oldest first: all closed months, or the open one.

    Papers are numbered through all the months. An `opened` generation, which each day makes anew,
    has fewer and larger shards. Raises ValueError where packed statistics are
    damaged or of another version (then they should be made again).
    """
    months = [unpack(packed) for packed in statistics]
    starts = first_numbers(months)
    placed = list(zip(starts, months, strict=False))
    papers = starts[-1]
    terms = merge([(start, month.terms) for start, month in placed])
    facets = merge([(start, month.facets) for start, month in placed])
    identifiers = merge([(start, month.identifiers) for start, month in placed])
    smallest = SMALLEST_OPEN if opened else None
    shards = {
        "t": list(cut(terms, papers, smallest=smallest)),
        "f": list(cut(facets, papers, smallest=smallest)),
        "i": list(cut(identifiers, papers, smallest=LARGEST)),
    }
    payloads = {
        f"{kind}{number}": shard.pieces
        for kind, of_kind in shards.items()
        for number, shard in enumerate(of_kind)
    }
    for number, shard in enumerate(shards["t"]):
        if shard.deferred:
            payloads[f"t{number}l"] = (shard.deferred, b"")
    typed = (term for term in terms if term[-1] != DERIVED)
    for length, keys in enumerate(by_length(typed), 1):
        payloads[f"v{length}"] = ("\n".join(front_coded(keys)).encode(),)
    written = written_words((month.forms for month in months), (month.names for month in months))
    for letter, text in spelling_texts(written).items():
        payloads[f"s{letter}"] = (text.encode(),)
    words = completion_text(common_words(month.forms for month in months))
    payloads["facets"] = ("\n".join(front_coded(directory(shards["f"]))).encode(),)
    payloads["topics"] = (topic_runs(facets, papers),)
    payloads["words"] = (words.encode(),)
    payloads["votes"] = (varints(chain.from_iterable(month.votes for month in months)),)
    name = _name(piece for pieces in payloads.values() for piece in pieces)
    entry = {
        "name": name,
        "papers": papers,
        "terms": "\n".join(front_coded(directory(shards["t"]))),
        "ids": "\n".join(front_coded(directory(shards["i"]))),
    }
    files = {f"{name}/{path}.bin": compressed(*pieces) for path, pieces in payloads.items()}
    return Part(files, json.dumps(entry, ensure_ascii=False, separators=(",", ":")))


def cards(documents: Sequence[Document]) -> Part:
    """Return the cards of a closed month, or of a day of the open month; oldest day first."""
    days = Counter(document.date for document in documents)
    contents = card_files(documents)
    name = _name(contents)
    entry = {"name": name, "days": _timetable(days)}
    return Part(named_files(name, contents), json.dumps(entry, separators=(",", ":")))


def manifest(
    *,
    closed: str | None,
    opened: str | None,
    cards: Sequence[str],
    topics: Mapping[str, str],
) -> Part:
    """Return the manifest of the parts with these entries.

    `closed` and `opened` are generations' entries (None where there is none); `cards` are those of
    all units, in the papers' order: closed months, then the open month's days. `topics` gives the
    label of each topic that has papers, by its slug.
    """
    value = {
        "format": FORMAT,
        "fields": {field: BOOSTS[field] for field in FIELDS},
        "k1": K1,
        "b": B,
        "cardsPerFile": PER_FILE,
        "generations": [json.loads(entry) for entry in (closed, opened) if entry is not None],
        "units": [json.loads(entry) for entry in cards],
        "topics": dict(topics),
    }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Part({MANIFEST: text.encode("utf-8", "replace")}, "")


def _timetable(days: Mapping[str, int]) -> list[str | int]:
    """Return the first day and its number of papers, then for each further day the days since the
    one before and its number of papers."""
    table: list[str | int] = []
    before = None
    for iso, papers in sorted(days.items()):
        day = date.fromisoformat(iso)
        table += [iso if before is None else (day - before).days, papers]
        before = day
    return table


def _name(payloads: Iterable[bytes]) -> str:
    """Return a name for a part's files: a hash of their contents."""
    sha256 = hashlib.sha256(b"broadsheet search %d\n" % FORMAT)
    for payload in payloads:
        sha256.update(b"%d\n" % len(payload))
        sha256.update(payload)
    return sha256.hexdigest()[:12]
