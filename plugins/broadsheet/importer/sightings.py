"""What a day's files say of which papers there are: by what each is recognised, where it stands.

To see it takes reading every page and ledger of the archive; so a month's is kept in the cache,
under the hash of its files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from .. import content, ledger
from ..cache import FOLDER, Store, code_digest
from ..content import DaySources
from ..ledger import DUPLICATE, Ledger
from ..listings import title_key
from ..pages import scan
from ..pages.fields import refuse


class Sighting(NamedTuple):
    """A paper in a ledger or on a page: its id, its title's key, its arXiv id, and the line of its
    heading (0 in a ledger). A tuple, since an import makes two of each paper of the archive."""

    id: str
    title: str
    arxiv: str | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class DaySightings:
    """The papers that a day's ledger lists (`listed`) or has as duplicates of others (`doubled`),
    and those of its pages, by path."""

    date: date
    listed: tuple[Sighting, ...] = ()
    doubled: tuple[Sighting, ...] = ()
    pages: tuple[tuple[str, tuple[Sighting, ...]], ...] = ()


def see(day: DaySources) -> DaySightings:
    """A day's sightings. Raises ContentError or LedgerError for what can't be read."""
    book = day.ledger and ledger.parse(day.ledger.text(), file=day.ledger.path)
    listed, doubled = see_ledger(book) if book else ((), ())
    pages = tuple((page.path, see_page(page.path, page.text())) for page in day.pages)
    return DaySightings(day.date, listed, doubled, pages)


def see_ledger(book: Ledger) -> tuple[tuple[Sighting, ...], tuple[Sighting, ...]]:
    """The papers that a ledger lists, and those that it has as duplicates."""
    listed: list[Sighting] = []
    doubled: list[Sighting] = []
    for fate in book.fates:
        made = Sighting(fate.id, title_key(fate.title), fate.arxiv)
        (doubled if fate.became == DUPLICATE else listed).append(made)
    return tuple(listed), tuple(doubled)


def see_page(path: str, text: str) -> tuple[Sighting, ...]:
    """The papers of a page. Raises ContentError for one that can't be read."""
    return tuple(
        Sighting(seen.id, title_key(seen.title), seen.arxiv, seen.line)
        for seen in scan(text, file=path, wrong=refuse)
    )


def kept_beside(root: Path) -> Store:
    """Where the sightings of a content folder are kept: in the cache folder beside it."""
    return Store(root.parent / FOLDER / "known")


def sightings(root: Path, kept: Store | None = None) -> Iterator[DaySightings]:
    """The sightings of a content folder, oldest day first; months that have not changed since are
    taken from `kept`. Raises ContentError or LedgerError for what can't be read."""
    for key in content.months(root):
        days = content.read_month(root, key)
        if kept is None:
            yield from map(see, days)
            continue
        stamp = " ".join([code_digest(), *(f"{day.date}:{day.digest()}" for day in days)])
        known = _unpacked(kept.get(key, stamp))
        if known is None:
            known = list(map(see, days))
            kept.put(key, stamp, _packed(known))
        yield from known


def _packed(days: Iterable[DaySightings]) -> bytes:
    made = [[day.date.isoformat(), day.listed, day.doubled, day.pages] for day in days]
    return json.dumps(made, separators=(",", ":")).encode()


def _unpacked(data: bytes | None) -> list[DaySightings] | None:
    if data is None:
        return None

    def seen(rows: list[list[Any]]) -> tuple[Sighting, ...]:
        return tuple(map(Sighting._make, rows))

    return [
        DaySightings(
            date.fromisoformat(iso),
            seen(listed),
            seen(doubled),
            tuple((path, seen(rows)) for path, rows in pages),
        )
        for iso, listed, doubled, pages in json.loads(data)
    ]
