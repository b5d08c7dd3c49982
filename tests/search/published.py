"""A whole index, published from documents as a site would, and read back as a browser would."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from lunr import get_default_builder, lunr
from lunr.index import Index as LunrIndex

from broadsheet.search import Document
from broadsheet.search.analysis.fields import BOOSTS, FIELDS, B
from broadsheet.search.analysis.terms import derived_terms
from broadsheet.search.analysis.words import terms_of, words
from broadsheet.search.index import parts as index_parts
from broadsheet.search.index.documents import folded_texts, lunr_document
from broadsheet.search.index.front_coding import front_decoded
from broadsheet.search.index.generations import generations
from broadsheet.search.index.published import PublishedIndex
from broadsheet.search.index.shard_reading import read_shard
from broadsheet.search.index.statistics import packed_statistics


def months(documents: Sequence[Document]) -> list[list[Document]]:
    """The documents by month, oldest first."""
    return [list(group) for _, group in groupby(documents, key=lambda one: one.date[:7])]


def publish(
    documents: Sequence[Document], *, newest: int = 1_000, recent: int = 10_000
) -> dict[str, bytes]:
    """All files of the index, below search/, in generations of so many papers."""
    *closed, opened = months(documents)
    days = [list(group) for _, group in groupby(opened, key=lambda one: one.date)]
    units = {unit[0].date[:7]: unit for unit in closed} | {unit[0].date: unit for unit in days}
    sizes = {name: len(unit) for name, unit in units.items()}
    parts = [
        index_parts.generation(
            [packed_statistics(units[name]) for name in one.units], grows=one.grows
        )
        for one in generations(
            [(name, size) for name, size in sizes.items() if len(name) == len("2025-08")],
            [(name, size) for name, size in sizes.items() if len(name) > len("2025-08")],
            newest=newest,
            recent=recent,
        )
    ]
    cards = [index_parts.cards(unit) for unit in units.values()]
    manifest = index_parts.manifest(
        generations=[part.entry for part in parts],
        cards=[unit.entry for unit in cards],
        topics={one.topic: one.topic_name for one in documents},
    )
    files: dict[str, bytes] = {}
    for part in (*parts, *cards, manifest):
        files |= part.files
    return files


def write(files: dict[str, bytes], folder: Path) -> None:
    """The files below folder/search/."""
    for path, data in files.items():
        target = folder / "search" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def full_index(documents: Sequence[Document], b: float = B, *, derived: bool = False) -> LunrIndex:
    """lunr.py's index of everything; ids are the papers' numbers. With `derived`, of the derived
    terms too."""
    builder = get_default_builder()
    builder.b(b)
    texts: list[dict[str, Any]] = [
        {**lunr_document(one), "id": str(number)} for number, one in enumerate(documents)
    ]
    if derived:
        builder.pipeline.reset()
        texts = [{**with_derived(one), "id": str(place)} for place, one in enumerate(documents)]
    return lunr(
        ref="id",
        fields=[{"field_name": field, "boost": BOOSTS[field]} for field in FIELDS],
        documents=texts,
        builder=builder,
    )


def with_derived(document: Document) -> dict[str, list[str]]:
    """A document's terms, one list a field, as the published index holds them."""
    texts = lunr_document(document)
    folded = folded_texts(document, texts)
    return {
        field: [*terms_of(words(texts[field])), *derived_terms(folded[field])] for field in FIELDS
    }


def code_units(key: str) -> bytes:
    """What JavaScript compares strings by."""
    return key.encode("utf-16-be")


def postings(files: dict[str, bytes], kind: str = "t") -> dict[str, dict[int, tuple[int, ...]]]:
    """All postings of a published index: key to paper to how often it is in each field. Checks that
    the directories lead to them."""
    manifest = json.loads(files["manifest.json"])
    found: dict[str, dict[int, tuple[int, ...]]] = {}
    start = 0
    for generation in manifest["generations"]:
        name = generation["name"]
        facets = zlib.decompress(files[f"{name}/facets.bin"]).decode()
        listed = {"t": generation["terms"], "f": facets, "i": generation["ids"]}[kind]
        directory = [*map(code_units, front_decoded(listed))]
        for place, entry in enumerate(directory):
            shard = read_shard(
                zlib.decompress(files[f"{name}/{kind}{place}.bin"]),
                generation["papers"],
                coded=kind == "t",
                deferred=partial(_deferred, files, f"{name}/{kind}{place}l.bin"),
            )
            for key, held in shard.items():
                assert entry <= code_units(key)
                assert place + 1 == len(directory) or code_units(key) < directory[place + 1]
                times = held.times if kind == "t" else [()] * len(held.papers)
                own = {start + n: often for n, often in zip(held.papers, times, strict=True)}
                assert not found.setdefault(key, {}).keys() & own.keys()
                found[key] |= own
        start += generation["papers"]
    return found


def _deferred(files: dict[str, bytes], path: str) -> bytes:
    return zlib.decompress(files[path])


def indexed(files: dict[str, bytes]) -> PublishedIndex:
    """The index of published files, as the command reads it."""
    return PublishedIndex(files.__getitem__)
