"""The index of known papers: where each stands, and how to recognise it in a listing. Pure.

A `PaperIndex` covers some days (a month, say) and is cached as JSON: plain dictionaries, ready as
soon as they are read, since an import asks about the papers of one listing, not of the archive.
`KnownPapers` joins the indexes of all months.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import msgspec

from ..listings import title_key
from ..papers import Entry
from ..slugs import is_device
from . import ledger as ledgers
from .disk import DaySources, day_folder, is_waiting
from .ledger import DUPLICATE, Ledger
from .pages import paper_id, scan
from .pages.fields import refuse
from .pages.location import PaperLocation, duplicate_id

_MOST_ALIKE = 200
"""Papers of one title, or of one arXiv id, that are known by it: an entry is compared with each."""


@dataclass(slots=True)
class PaperIndex:
    """The papers of some days by id, arXiv id and title; ids under one name are in the order of
    their days, and at most `_MOST_ALIKE`.

    A paper has the titles and arXiv ids of its ledger's row and of its section.
    """

    present: dict[str, str] = field(default_factory=dict)  # ids in pages: the page's path
    listed: dict[str, str] = field(default_factory=dict)  # ids in ledgers: the day (ISO)
    by_arxiv: dict[str, list[str]] = field(default_factory=dict)
    by_title: dict[str, list[str]] = field(default_factory=dict)  # by `title_key`
    arxiv: dict[str, str] = field(default_factory=dict)  # by id
    waiting: dict[str, str] = field(default_factory=dict)  # ids that wait: the file's path

    def add_day(self, day: DaySources) -> None:
        """Add a day's ledger and pages.

        Raises ContentError or LedgerError for a file that can't be read, and ContentError for an id
        that stands in two pages.
        """
        if day.ledger:
            self.add_ledger(ledgers.parse(day.ledger.text(), file=day.ledger.path))
        for page in day.pages:
            self.add_page(page.path, page.text())
        if day.waiting:
            self.add_page(day.waiting.path, day.waiting.text())

    def add_ledger(self, ledger: Ledger) -> None:
        """Add the papers of a day's ledger; its duplicates only under their names."""
        day = ledger.date.isoformat()
        for record in ledger.statuses:
            if record.status != DUPLICATE:
                self.listed.setdefault(record.id, day)
            self.add_name(record.id, record.title, record.arxiv)

    def add_page(self, path: str, text: str) -> None:
        """Add the papers of a page, or of a file of waiting papers. Raises ContentError as
        `add_day` does."""
        places = self.waiting if is_waiting(path) else self.present
        for paper in scan(text, file=path, wrong=refuse):
            other = places.setdefault(paper.location.id, path)
            if other != path and places is self.present:
                raise duplicate_id(paper.location, PaperLocation(paper.location.id, other))
            self.add_name(paper.location.id, paper.title, paper.arxiv)

    def add_name(self, key: str, title: str, arxiv: str | None) -> None:
        """Index a paper's id under a title (it may have several) and its arXiv id."""
        if arxiv:
            _append_new(self.by_arxiv, arxiv, key)
            self.arxiv.setdefault(key, arxiv)
        _append_new(self.by_title, title_key(title), key)


_Columns = tuple[
    dict[str, str], dict[str, str], dict[str, list[str]], dict[str, list[str]], dict[str, str],
    dict[str, str],
]  # fmt: skip


def encode(index: PaperIndex) -> bytes:
    """Return an index as JSON, for the cache."""
    columns = (index.present, index.listed, index.by_arxiv, index.by_title, index.arxiv,
               index.waiting)  # fmt: skip
    try:
        return msgspec.json.encode(columns)
    except UnicodeEncodeError:  # a lone surrogate, which no listing has
        return json.dumps(columns, ensure_ascii=False).encode("utf-8", "replace")


def decode(data: bytes) -> PaperIndex:
    """Return the index that `encode` wrote. Raises msgspec.DecodeError or ValueError for anything
    else."""
    index = PaperIndex(*_DECODER.decode(data))
    for day in set(index.listed.values()):
        date.fromisoformat(day)
    return index


_DECODER = msgspec.json.Decoder(_Columns)


class KnownPapers:
    """All papers of the content folder: the `months` as read, and what is added later."""

    def __init__(self, months: Iterable[PaperIndex] = ()) -> None:
        self._added = PaperIndex()
        self._numbers: dict[tuple[str, int], int] = {}  # the next of an id that is used in a year
        self._indexes = (*months, self._added)

    def add_ledger(self, ledger: Ledger) -> None:
        """Add the papers of a day's ledger."""
        self._added.add_ledger(ledger)

    def add_page(self, path: str, text: str) -> None:
        """Add the papers of a page. Raises ContentError for a page that can't be read."""
        self._added.add_page(path, text)

    def add_name(self, key: str, title: str, arxiv: str | None) -> None:
        """Index a paper's id under a title (it may have several) and its arXiv id."""
        self._added.add_name(key, title, arxiv)

    def location(self, key: str) -> PaperLocation | None:
        """Return where a paper stands, without its line; None where no page holds it."""
        return next(
            (
                PaperLocation(key, index.present[key])
                for index in self._indexes
                if key in index.present
            ),
            None,
        )

    def waiting(self, key: str) -> PaperLocation | None:
        """Return where a paper waits, without its line; None where none of these files holds it."""
        return next(
            (
                PaperLocation(key, index.waiting[key])
                for index in self._indexes
                if key in index.waiting
            ),
            None,
        )

    def standing(self, day: date) -> set[str]:
        """Return the ids of the papers that stand in a day's pages."""
        folder = f"{day_folder(day)}/"
        return {
            key
            for index in self._indexes
            for key, path in index.present.items()
            if path.startswith(folder)
        }

    def listed_on(self, key: str) -> date | None:
        """Return the first day whose ledger has a paper as other than a duplicate."""
        for index in self._indexes:
            if key in index.listed:
                return date.fromisoformat(index.listed[key])
        return None

    def of_arxiv(self, entry: Entry) -> list[str]:
        """Return the ids of the papers that have an entry's arXiv id."""
        if not entry.arxiv:
            return []
        keys = [key for index in self._indexes for key in index.by_arxiv.get(entry.arxiv, ())]
        from_arxiv = paper_id(entry.title, entry.arxiv)
        return [*keys, from_arxiv] if self._has(from_arxiv) else keys

    def titled(self, entry: Entry) -> list[str]:
        """Return the ids of the papers that were listed under an entry's title, of the first
        `_MOST_ALIKE`, and whose arXiv ids do not differ from the entry's."""
        title = title_key(entry.title)
        every = (key for index in self._indexes for key in index.by_title.get(title, ()))
        found = list(islice(every, _MOST_ALIKE))
        if not entry.arxiv:
            return found
        return [key for key in found if self._arxiv_of(key) in (None, entry.arxiv)]

    def free_id(self, wanted: str, year: int, taken: Collection[str] = ()) -> str:
        """Return an unused id for a new paper: as `wanted`, or where that is used the year is
        appended, then a number.

        An id names a folder, so one that Windows keeps for a device ("con") counts as used. `taken`
        are ids that are assigned but not in the index yet.
        """
        candidate = wanted
        number = self._numbers.get((wanted, year), 1)
        while candidate in taken or is_device(candidate) or self._has(candidate):
            candidate = f"{wanted}-{year}" if number == 1 else f"{wanted}-{year}-{number}"
            number += 1
        self._numbers[wanted, year] = number
        return candidate

    def _has(self, key: str) -> bool:
        return any(
            key in index.present or key in index.listed or key in index.waiting
            for index in self._indexes
        )

    def _arxiv_of(self, key: str) -> str | None:
        return next((index.arxiv[key] for index in self._indexes if key in index.arxiv), None)


def _append_new(index: dict[str, list[str]], name: str, key: str) -> None:
    keys = index.get(name)
    if keys is None:
        index[name] = [key]
    elif len(keys) < _MOST_ALIKE and key not in keys:
        keys.append(key)
