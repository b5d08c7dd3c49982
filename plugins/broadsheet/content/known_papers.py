"""Read the known papers of a content folder.

Reading every page and ledger of an archive takes long, so each month's `PaperIndex` is cached under
a fingerprint of the month's files. Two processes share the hashing and reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..io import parallel
from ..io.cache import FOLDER, MALFORMED, Store, code_fingerprint
from . import disk
from .pages import scan
from .pages.location import PaperLocation, duplicate_id
from .paper_index import KnownPapers, PaperIndex, decode, encode


def store_beside(root: Path) -> Store:
    """Return the cache of a content folder's paper indexes: in the cache folder beside it."""
    return Store(root.parent / FOLDER / "known")


def known_papers(root: Path, store: Store | None = None) -> KnownPapers:
    """Read all papers of a content folder; months that have not changed come from `store`.

    Raises ContentError or LedgerError for a file that can't be read, and ContentError for an id
    that stands in two pages.
    """
    months = disk.months(root)
    # Every other month goes to the other process: an archive's newest months are its largest.
    step = min(parallel.cores(), 2)
    own, others = months[::step], months[1::2] if step == 2 else []
    encoded_there = (
        parallel.in_background(lambda: _encoded(root, others, store)) if others else list
    )
    encoded = [*_encoded(root, own, store), *encoded_there()]
    by_month = {month: _decoded(root, month, data, store) for month, data in encoded}
    indexes = [by_month[month] for month in months]
    _refuse_duplicates(root, indexes)
    return KnownPapers(indexes)


def _encoded(root: Path, months: Sequence[str], store: Store | None) -> list[tuple[str, bytes]]:
    return [(month, _month(root, month, store)) for month in months]


def _month(root: Path, month: str, store: Store | None, *, fresh: bool = False) -> bytes:
    """Return a month's encoded index, from the cache if the month's files are unchanged; a `fresh`
    one is read from these."""
    days = disk.read_month(root, month, waiting=True)
    fingerprint = " ".join(
        [code_fingerprint(), *(f"{day.date}:{day.fingerprint(waiting=True)}" for day in days)]
    )
    data = store.get(month, fingerprint) if store and not fresh else None
    if data is None:
        index = PaperIndex()
        for day in days:
            index.add_day(day)
        data = encode(index)
        if store:
            store.put(month, fingerprint, data)
    return data


def _decoded(root: Path, month: str, data: bytes, store: Store | None) -> PaperIndex:
    """Return a month's index; it is read anew if the cache had a value of another shape."""
    try:
        return decode(data)
    except MALFORMED:
        return decode(_month(root, month, store, fresh=True))


def _refuse_duplicates(root: Path, indexes: Sequence[PaperIndex]) -> None:
    """Raise ContentError for an id that stands in pages of two months."""
    seen: dict[str, str] = {}
    for index in indexes:
        for key in seen.keys() & index.present.keys():
            path = index.present[key]
            source = disk.read(root, path)
            papers = scan(source.text() if source else "", file=path)
            location = next(
                (paper.location for paper in papers if paper.location.id == key),
                PaperLocation(key, path, 1),
            )
            raise duplicate_id(location, PaperLocation(key, seen[key]))
        seen |= index.present
