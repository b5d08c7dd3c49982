"""Which papers a content folder has.

To know it takes reading every page and ledger of the archive; so each month's names are kept in the
cache, under the hash of its files. Two processes share the reading and hashing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..io import parallel
from ..io.cache import FOLDER, Store, code_fingerprint
from . import disk
from .known_papers import KnownPapers
from .pages import scan
from .paper_index import PaperIndex, packed, twice, unpacked


def kept_beside(root: Path) -> Store:
    """Where the names of a content folder's papers are kept: in the cache folder beside it."""
    return Store(root.parent / FOLDER / "known")


def known_papers(root: Path, kept: Store | None = None) -> KnownPapers:
    """All papers of a content folder; the names of months that have not changed since are taken
    from `kept`. Raises ContentError or LedgerError for what can't be read, and ContentError for an
    id that stands in two pages."""
    months = disk.months(root)
    # Every other month: an archive's newest months are its largest.
    step = min(parallel.cores(), 2)
    mine, others = months[::step], months[1::2] if step == 2 else []
    theirs = parallel.in_background(lambda: _all(root, others, kept)) if others else list
    found = {month: unpacked(data) for month, data in _all(root, mine, kept)}
    found |= {month: unpacked(data) for month, data in theirs()}
    names = [found[month] for month in months]
    _check(root, names)
    return KnownPapers(names)


def _all(root: Path, months: Sequence[str], kept: Store | None) -> list[tuple[str, bytes]]:
    return [(month, _month(root, month, kept)) for month in months]


def _month(root: Path, month: str, kept: Store | None) -> bytes:
    """A month's names, packed."""
    days = disk.read_month(root, month)
    stamp = " ".join([code_fingerprint(), *(f"{day.date}:{day.digest()}" for day in days)])
    data = kept.get(month, stamp) if kept else None
    if data is None:
        names = PaperIndex()
        for day in days:
            names.add_day(day)
        data = packed(names)
        if kept:
            kept.put(month, stamp, data)
    return data


def _check(root: Path, months: Sequence[PaperIndex]) -> None:
    """Raise ContentError for an id that stands in pages of two months."""
    seen: dict[str, str] = {}
    for names in months:
        for key in seen.keys() & names.present.keys():
            path = names.present[key]
            source = disk.read(root, path)
            text = source.text() if source else ""
            line = next((one.line for one in scan(text, file=path) if one.id == key), 1)
            raise twice(key, seen[key], path, line)
        seen |= names.present
