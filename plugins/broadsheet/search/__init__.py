"""The search index that the site publishes: shards by term, cards by day, and a small manifest.

    digest_month(documents)      the month's statistics, a value to keep (the costly part)
    digest_days([digest, ...])   the same of its days' statistics
    generation([digest, ...])    the shards of closed months together, or of the open month
    cards(name, documents)       the cards of a closed month, or of a day of the open one
    manifest(...)                what a reader's browser loads first

All are functions of their arguments alone. Paths are below search/. docs/search-index.md tells
the format and how the browser reads it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .cards import PER_FILE, chunks, files
from .completion import common_words, completion_text
from .documents import BOOSTS, FIELDS, K1, B, Document, lunr_document
from .joining import join, merged, starts_of
from .months import month_statistics, pack, unpack
from .shards import by_length, compressed, cut, directory, front_coded

__all__ = [
    "FORMAT",
    "MANIFEST",
    "Document",
    "Part",
    "cards",
    "digest_days",
    "digest_month",
    "generation",
    "lunr_document",
    "manifest",
]

FORMAT = 2
"""The version of the index's format; the page's script refuses any other."""

MANIFEST = "manifest.json"

digest_month = month_statistics


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the index: its files (path below search/ to bytes), and its entry for the manifest.

    The entry is small JSON text. Who knows that nothing changed may keep the entry and the
    paths, and leave the files as they are.
    """

    files: Mapping[str, bytes]
    entry: str


def digest_days(digests: Sequence[bytes]) -> bytes:
    """A month's statistics made of those of its days, oldest first: what `digest_month` makes of
    all their papers. Raises ValueError as `generation` does."""
    return pack(merged([unpack(digest) for digest in digests]))


def generation(digests: Sequence[bytes]) -> Part:
    """The shards of some months (oldest first): all closed months together, or the open one.

    A paper's number runs on over the months. Raises ValueError where a digest is damaged or of
    another version (then it should be made again).
    """
    months = [unpack(digest) for digest in digests]
    starts = starts_of(months)
    terms = join([(start, month.terms) for start, month in zip(starts, months, strict=False)])
    facets = join([(start, month.facets) for start, month in zip(starts, months, strict=False)])
    papers = starts[-1]
    shards = {"t": list(cut(terms, papers)), "f": list(cut(facets, papers))}
    payloads = {
        f"{kind}{number}": shard.pieces
        for kind, some in shards.items()
        for number, shard in enumerate(some)
    }
    for number, shard in enumerate(shards["t"]):
        if shard.later:
            payloads[f"t{number}l"] = (shard.later, b"")
    for length, keys in enumerate(by_length(terms), 1):
        payloads[f"v{length}"] = ("\n".join(front_coded(keys)).encode(),)
    words = completion_text(common_words(month.forms for month in months))
    payloads["facets"] = ("\n".join(front_coded(directory(shards["f"]))).encode(),)
    payloads["words"] = (words.encode(),)
    name = _name(piece for pieces in payloads.values() for piece in pieces)
    entry = {
        "name": name,
        "papers": papers,
        "terms": "\n".join(front_coded(directory(shards["t"]))),
    }
    files = {f"{name}/{path}.bin": compressed(*pieces) for path, pieces in payloads.items()}
    return Part(files, json.dumps(entry, ensure_ascii=False, separators=(",", ":")))


def cards(documents: Sequence[Document]) -> Part:
    """The cards of a closed month, or of a day of the open month (oldest day first)."""
    days = Counter(document.date for document in documents)
    pieces = chunks(documents)
    name = _name(pieces)
    entry = {"name": name, "days": _timetable(days)}
    return Part(files(name, pieces), json.dumps(entry, separators=(",", ":")))


def manifest(
    *,
    closed: str | None,
    opened: str | None,
    cards: Sequence[str],
    topics: Mapping[str, str],
) -> Part:
    """The manifest, of the parts' entries.

    `closed` and `opened` are generations' entries (None where there is none); `cards` are
    those of all units, in the papers' order: closed months, then the open month's days.
    `topics` names each topic that has papers.
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
    """The first day, its papers, then for each further day the days since the last, its papers."""
    table: list[str | int] = []
    before = None
    for day, papers in sorted(days.items()):
        when = date.fromisoformat(day)
        table += [day if before is None else (when - before).days, papers]
        before = when
    return table


def _name(payloads: Iterable[bytes]) -> str:
    digest = hashlib.sha256(b"broadsheet search %d\n" % FORMAT)
    for payload in payloads:
        digest.update(b"%d\n" % len(payload))
        digest.update(payload)
    return digest.hexdigest()[:12]
