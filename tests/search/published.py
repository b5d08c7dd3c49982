"""A whole index, published from documents as a site would, and read back as a browser would."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path

from lunr import get_default_builder, lunr
from lunr.index import Index as LunrIndex

from broadsheet.search import Document
from broadsheet.search import parts as index_parts
from broadsheet.search.codes import ESCAPE, times_of
from broadsheet.search.documents import lunr_document
from broadsheet.search.fields import BOOSTS, FIELDS, B
from broadsheet.search.statistics import packed_statistics


def months(documents: Sequence[Document]) -> list[list[Document]]:
    """The documents by month, oldest first."""
    return [list(group) for _, group in groupby(documents, key=lambda one: one.date[:7])]


def publish(documents: Sequence[Document]) -> dict[str, bytes]:
    """All files of the index, below search/."""
    *closed, opened = months(documents)
    parts = []
    if closed:
        parts.append(index_parts.generation([packed_statistics(month) for month in closed]))
    parts.append(index_parts.generation([packed_statistics(opened)]))
    days = [list(group) for _, group in groupby(opened, key=lambda one: one.date)]
    units = [index_parts.cards(unit) for unit in (*closed, *days)]
    manifest = index_parts.manifest(
        closed=parts[0].entry if closed else None,
        opened=parts[-1].entry,
        cards=[unit.entry for unit in units],
        topics={one.topic: one.topic_name for one in documents},
    )
    files: dict[str, bytes] = {}
    for part in (*parts, *units, manifest):
        files |= part.files
    return files


def write(files: dict[str, bytes], folder: Path) -> None:
    """The files below folder/search/."""
    for path, data in files.items():
        target = folder / "search" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def full_index(documents: Sequence[Document], b: float = B) -> LunrIndex:
    """lunr.py's index of everything; ids are the papers' numbers."""
    builder = get_default_builder()
    builder.b(b)
    return lunr(
        ref="id",
        fields=[{"field_name": field, "boost": BOOSTS[field]} for field in FIELDS],
        documents=[
            {**lunr_document(one), "id": str(number)} for number, one in enumerate(documents)
        ],
        builder=builder,
    )


@dataclass
class Reader:
    """Reads bytes one number at a time."""

    data: bytes
    at: int = 0

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]

    def bits(self, count: int) -> list[int]:
        data = self.take((count + 7) // 8)
        return [data[i >> 3] >> (i & 7) & 1 for i in range(count)]

    def times(self, codes: bytes) -> list[tuple[int, ...]]:
        """How often a term is in each field, for each code, from what is rest_codes apart."""
        return [
            tuple(self.number() for _ in FIELDS) if code == ESCAPE else times_of(code)
            for code in codes
        ]


def front_decoded(text: str) -> list[str]:
    keys = []
    before = ""
    for line in text.split("\n") if text else []:
        units = before.encode("utf-16-le", "surrogatepass")[: 2 * (ord(line[0]) - 33)]
        before = units.decode("utf-16-le") + line[1:]
        keys.append(before)
    return keys


def units(key: str) -> bytes:
    """What JavaScript compares strings by."""
    return key.encode("utf-16-be")


Key = tuple[str, list[int], list[tuple[int, ...]]]


def shard(data: bytes, deferred: bytes, papers: int, *, codes: bool) -> Iterator[Key]:
    """Each key of a shard with its papers and how often it is in their fields."""
    reader = Reader(zlib.decompress(data))
    if reader.take(1) == b"\1":
        yield _alone(reader, deferred, papers, codes=codes)
        return
    keys = front_decoded(reader.take(reader.number()).decode())
    counts = [reader.number() for _ in keys]
    held = [list(accumulate(reader.number() for _ in range(count))) for count in counts]
    own = [reader.take(count if codes else 0) for count in counts]
    yield from zip(keys, held, [reader.times(some) for some in own], strict=True)
    assert reader.at == len(reader.data)


def _alone(reader: Reader, deferred: bytes, papers: int, *, codes: bool) -> Key:
    key = reader.take(reader.number()).decode()
    count = reader.number()
    held = [paper for paper, is_holder in enumerate(reader.bits(papers)) if is_holder]
    assert len(held) == count
    if not codes:
        return key, held, []
    marks = reader.bits(count)
    others = iter(reader.times(reader.take(sum(marks))))
    low_weight = {reader.take(1)[0]: reader.number() for _ in range(reader.number())}
    assert sum(low_weight.values()) == count - sum(marks)
    if reader.take(1) == b"\1":
        rest = zlib.decompress(deferred)
    else:
        rest = reader.take(count - sum(marks)) if len(low_weight) > 1 else bytes(low_weight) * count
        assert not deferred
    assert {code: rest.count(code) for code in low_weight} == low_weight or len(low_weight) < 2
    rest_codes = iter(rest)
    times = [next(others) if mark else times_of(next(rest_codes)) for mark in marks]
    assert reader.at == len(reader.data)
    return key, held, times


def postings(files: dict[str, bytes], kind: str = "t") -> dict[str, dict[int, tuple[int, ...]]]:
    """All postings of a published index: key to paper to how often it is in each field."""
    manifest = json.loads(files["manifest.json"])
    found: dict[str, dict[int, tuple[int, ...]]] = {}
    start = 0
    for generation in manifest["generations"]:
        facets = zlib.decompress(files[f"{generation['name']}/facets.bin"]).decode()
        directory = front_decoded(generation["terms"] if kind == "t" else facets)
        for place, entry in enumerate(directory):
            data = files[f"{generation['name']}/{kind}{place}.bin"]
            deferred = files.get(f"{generation['name']}/{kind}{place}l.bin", b"")
            count = generation["papers"]
            for key, papers, times in shard(data, deferred, count, codes=kind == "t"):
                assert entry <= key
                assert (
                    place + 1 == len(directory) or key < directory[place + 1] or not key.isascii()
                )
                held = found.setdefault(key, {})
                for position, paper in enumerate(papers):
                    assert start + paper not in held
                    held[start + paper] = times[position] if times else ()
        start += generation["papers"]
    return found
