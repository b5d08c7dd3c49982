"""The parts of the published index, as files below search/ (docs/search-index.md).

    generation([statistics, ...])  the shards of some months and days together (generations.py)
    cards(documents)               the cards of a closed month, or of a day of the open one
    manifest(...)                  what a browser loads first

All are functions of their arguments alone. `packed_statistics` gives a month's statistics.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from ..analysis.fields import BOOSTS, FIELDS, K1, B
from ..analysis.folding import DERIVED
from .cards import PER_FILE, card_files, named_files
from .completion import common_words, completion_text
from .compression import compressed
from .documents import Document
from .front_coding import front_coded
from .postings import Held, add, ordered
from .shards import LARGEST, SMALLEST_GROWING, Shard, by_length, cut, directory
from .spelling import COMMON_WORDS, spelling_texts, written_words
from .statistics import unpack
from .topic_runs import topic_runs
from .varint import varints

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

FORMAT = 4
"""The version of the index's format; the page's script refuses any other."""

MANIFEST = "manifest.json"
FEW = 1_000
"""A generation of fewer papers has all its terms in one list, and so all its written words: a day
writes what is small in one file."""
PART_NAME = re.compile(r"[0-9a-f]{12}\Z")
"""The name of a part: a hash of what it holds."""


@dataclass(frozen=True, slots=True)
class IndexPart:
    """A part of the index: its files (path below search/ to bytes), and its entry for the manifest.

    The entry is small JSON text. Of a part that is known to be unchanged, the entry alone is kept
    and the files are left as they are.
    """

    files: Mapping[str, bytes]
    entry: str


class _GenerationEntry(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    papers: int
    terms: str
    ids: str
    whole: bool = False


class _CardsEntry(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    days: list[str | int]


def generation_entry(data: bytes) -> str:
    """Return a generation's entry that was cached. Raises msgspec.DecodeError or ValueError for
    anything else."""
    _refuse_name(msgspec.json.decode(data, type=_GenerationEntry).name)
    return data.decode()


def cards_entry(data: bytes) -> str:
    """Return the entry of cards that was cached. Raises msgspec.DecodeError or ValueError for
    anything else."""
    _refuse_name(msgspec.json.decode(data, type=_CardsEntry).name)
    return data.decode()


def _refuse_name(name: str) -> None:
    """Raise ValueError for a name of a part that is no hash: browsers put it into addresses."""
    if not PART_NAME.match(name):
        raise ValueError(f"found the name {name!r}")


def generation(statistics: Iterable[bytes], *, grows: bool = False) -> IndexPart:
    """Return the shards of some months and days, oldest first.

    Papers are numbered through all of them. A generation that `grows`, and is soon made anew, has
    fewer and larger shards. Months are taken one by one, and postings let go as they are cut, since
    those of a large archive fill a process. Raises ValueError where packed statistics are
    damaged or of another version (then they should be made again).
    """
    merged: tuple[dict[str, Held], ...] = ({}, {}, {})
    forms, names = Counter[str](), Counter[str]()
    votes = array("I")
    papers = 0
    for packed in statistics:
        month = unpack(packed)
        for postings, one in zip(
            merged, (month.terms, month.facets, month.identifiers), strict=True
        ):
            add(postings, papers, one)
        forms.update(month.forms)
        names.update(month.names)
        votes += month.votes
        papers += month.papers
    terms, facets, identifiers = map(ordered, merged)
    for unordered in merged:
        unordered.clear()
    typed = [term for term in terms if term[-1] != DERIVED]
    topics = topic_runs(facets, papers)
    smallest = SMALLEST_GROWING if grows else None
    made = _Pieces()
    ends: dict[str, list[Shard]] = {"t": [], "f": [], "i": []}
    deferred = {}
    for kind, postings, least in (
        ("t", terms, smallest), ("f", facets, smallest), ("i", identifiers, LARGEST)
    ):  # fmt: skip
        for number, shard in enumerate(cut(postings, papers, smallest=least)):
            made.add(f"{kind}{number}", *shard.pieces)
            if shard.deferred:
                deferred[f"{kind}{number}l"] = shard.deferred
            ends[kind].append(Shard(shard.first, shard.last, ()))
    for path, data in deferred.items():
        made.add(path, data, b"")
    written = written_words([forms], [names])
    whole = papers < FEW
    lists = {"": typed} if whole else dict(enumerate(by_length(typed), 1))
    for length, keys in lists.items():
        made.add(f"v{length}", "\n".join(front_coded(keys)).encode())
    texts = {COMMON_WORDS: completion_text(written)} if whole else spelling_texts(written)
    for letter, text in texts.items():
        made.add(f"s{letter}", text.encode())
    made.add("facets", "\n".join(front_coded(directory(ends["f"]))).encode())
    made.add("topics", topics)
    made.add("words", completion_text(common_words([forms])).encode())
    made.add("votes", varints(votes))
    name = made.name()
    entry: dict[str, object] = {
        "name": name,
        "papers": papers,
        "terms": "\n".join(front_coded(directory(ends["t"]))),
        "ids": "\n".join(front_coded(directory(ends["i"]))),
    }
    if whole:
        entry["whole"] = True
    files = {f"{name}/{path}.bin": data for path, data in made.files.items()}
    return IndexPart(files, json.dumps(entry, ensure_ascii=False, separators=(",", ":")))


class _Pieces:
    """Files of a part, compressed as they come, and the hash of what they hold."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._hash = sha256(_BEGINNING)

    def add(self, path: str, *pieces: bytes) -> None:
        """Add a file of some pieces."""
        for piece in pieces:
            _hash_piece(self._hash, piece)
        self.files[path] = compressed(*pieces)

    def name(self) -> str:
        """Return the part's name."""
        return self._hash.hexdigest()[:_NAME]


def cards(documents: Sequence[Document]) -> IndexPart:
    """Return the cards of a closed month, or of a day of the open month; oldest day first."""
    days = Counter(document.date for document in documents)
    contents = card_files(documents)
    name = _name(contents)
    entry = {"name": name, "days": _timetable(days)}
    return IndexPart(named_files(name, contents), json.dumps(entry, separators=(",", ":")))


def manifest(
    *,
    generations: Sequence[str],
    cards: Sequence[str],
    topics: Mapping[str, str],
) -> IndexPart:
    """Return the manifest of the parts with these entries.

    `generations` are these parts' entries, the oldest papers' first; `cards` are those of all
    units, in the papers' order: closed months, then the open month's days. `topics` gives the label
    of each topic that has papers, by its slug.
    """
    value = {
        "format": FORMAT,
        "fields": {field: BOOSTS[field] for field in FIELDS},
        "k1": K1,
        "b": B,
        "cardsPerFile": PER_FILE,
        "generations": [json.loads(entry) for entry in generations],
        "units": [json.loads(entry) for entry in cards],
        "topics": dict(topics),
    }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return IndexPart({MANIFEST: text.encode("utf-8", "replace")}, "")


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


_BEGINNING = b"broadsheet search %d\n" % FORMAT
_NAME = 12  # digits


def _name(payloads: Iterable[bytes]) -> str:
    """Return a name for a part's files: a hash of their contents."""
    total = sha256(_BEGINNING)
    for payload in payloads:
        _hash_piece(total, payload)
    return total.hexdigest()[:_NAME]


def _hash_piece(total: Hash, piece: bytes) -> None:
    total.update(b"%d\n" % len(piece))
    total.update(piece)
