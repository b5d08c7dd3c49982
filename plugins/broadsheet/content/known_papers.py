"""Every paper that the digest knows: where it stands, and how to recognise it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ..listings import title_key
from ..papers import Entry
from .ledger import Ledger
from .pages import paper_id
from .paper_index import PaperIndex, day_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper's section is: its page's path below content/."""

    path: str

    @property
    def date(self) -> date:
        """Its day."""
        return day_of(self.path)


class KnownPapers:
    """All papers, of all days: the `months` as they were read, and what was taken in since."""

    def __init__(self, months: Iterable[PaperIndex] = ()) -> None:
        self._own = PaperIndex()
        self._all = (*months, self._own)

    def add_ledger(self, ledger: Ledger) -> None:
        """Take in what a day's ledger knows."""
        self._own.add_ledger(ledger)

    def add_page(self, path: str, text: str) -> None:
        """Take in the papers of one page. Raises ContentError for one that can't be read."""
        self._own.add_page(path, text)

    def name(self, key: str, title: str, arxiv: str | None) -> None:
        """Make a paper known by a title (it may have several) and its arXiv id."""
        self._own.name(key, title, arxiv)

    def place(self, key: str) -> Place | None:
        """Where a paper stands; None for one that stands in no page."""
        return next((Place(one.present[key]) for one in self._all if key in one.present), None)

    def listed_on(self, key: str) -> date | None:
        """The first day whose ledger has a paper as published or declined."""
        for one in self._all:
            if key in one.listed:
                return date.fromisoformat(one.listed[key])
        return None

    def find(self, entry: Entry) -> str | None:
        """The id of the paper that a listing's entry is, if it is known.

        By arXiv id first, then by title; a title alone does not join two papers whose arXiv ids
        differ. Of several papers one that stands in a page comes first.
        """
        found: list[str] = []
        if entry.arxiv:
            for names in self._all:
                found += names.by_arxiv.get(entry.arxiv, ())
            made = paper_id(entry.title, entry.arxiv)
            if self._has(made):
                found.append(made)
        if not found:
            title = title_key(entry.title)
            for names in self._all:
                for key in names.by_title.get(title, ()):
                    other = self._arxiv_of(key)
                    if not (entry.arxiv and other and entry.arxiv != other):
                        found.append(key)
        standing = (key for key in found if any(key in names.present for names in self._all))
        return next(standing, found[0] if found else None)

    def free_id(self, entry: Entry, year: int, taken: Collection[str] = ()) -> str:
        """An id for a new paper that no other has: with the year, then a number, on a collision.

        `taken` are ids given out but not in the index yet.
        """
        wanted = paper_id(entry.title, entry.arxiv)
        made = wanted
        number = 1
        while made in taken or self._has(made):
            made = f"{wanted}-{year}" if number == 1 else f"{wanted}-{year}-{number}"
            number += 1
        return made

    def _has(self, key: str) -> bool:
        return any(key in names.present or key in names.listed for names in self._all)

    def _arxiv_of(self, key: str) -> str | None:
        return next((names.arxiv[key] for names in self._all if key in names.arxiv), None)
