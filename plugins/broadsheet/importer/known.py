"""Every paper that the digest knows: where it stands, and how to recognise it again."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from ..content import DaySources
from ..ledger import DECLINED, PUBLISHED, Ledger
from ..listings import title_key
from ..pages import paper_id
from ..papers import Entry

_SCAN = re.compile(r"^(?:## +(?P<title>.+?)|id: *[\"']?(?P<id>[\w.-]+)[\"']?.*|arxiv: *[\"']?(?P<arxiv>[\w./-]+)[\"']?.*)\r?$", re.M)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper's section is: its day and its page's path below content/."""

    date: date
    path: str


@dataclass(slots=True)
class Known:
    """An index of papers by id, arXiv id and title, over all days."""

    present: dict[str, Place] = field(default_factory=dict)  # papers that stand in pages
    listed: dict[str, date] = field(default_factory=dict)  # papers in ledgers: published, declined
    declined: set[str] = field(default_factory=set)
    _arxiv: dict[str, str] = field(default_factory=dict)
    _titles: dict[str, list[str]] = field(default_factory=dict)
    _arxiv_of: dict[str, str] = field(default_factory=dict)

    def add_ledger(self, ledger: Ledger) -> None:
        """Take in what a day's ledger knows."""
        for fate in ledger.fates:
            if fate.became in (PUBLISHED, DECLINED):
                self.listed.setdefault(fate.id, ledger.date)
                (self.declined.add if fate.became == DECLINED else self.declined.discard)(fate.id)
            self.name(fate.id, fate.title, fate.arxiv)

    def add_sources(self, sources: DaySources) -> None:
        """Take in the papers of a day's pages, by a quick look for their titles and ids."""
        for source in sources.pages:
            self.add_page(sources.date, source.path, source.text())

    def add_page(self, day: date, path: str, text: str) -> None:
        """Take in the papers of one page."""
        place = Place(day, path)
        title = number = key = None
        for match in _SCAN.finditer(text):
            if match["title"] is not None:
                self._stand(key, title, number, place)
                title, number, key = match["title"], None, None
            elif match["id"] is not None:
                key = key or match["id"]
            else:
                number = number or match["arxiv"]
        self._stand(key, title, number, place)

    def _stand(self, key: str | None, title: str | None, arxiv: str | None, place: Place) -> None:
        if title is None:
            return
        key = key or paper_id(title, arxiv)
        self.present.setdefault(key, place)
        self.name(key, title, arxiv)

    def name(self, key: str, title: str, arxiv: str | None) -> None:
        """Make a paper known by a title (it may have several) and its arXiv id."""
        if arxiv:
            self._arxiv.setdefault(arxiv, key)
            self._arxiv_of.setdefault(key, arxiv)
        ids = self._titles.setdefault(title_key(title), [])
        if key not in ids:
            ids.append(key)

    def find(self, entry: Entry) -> str | None:
        """The id of the paper that a listing's entry is, if it is known.

        By arXiv id first, then by title; a title alone does not join two papers whose arXiv ids
        differ.
        """
        if entry.arxiv and entry.arxiv in self._arxiv:
            return self._arxiv[entry.arxiv]
        for key in self._titles.get(title_key(entry.title), ()):
            other = self._arxiv_of.get(key)
            if not (entry.arxiv and other and entry.arxiv != other):
                return key
        return None

    def free_id(self, entry: Entry, year: int, taken: Collection[str] = ()) -> str:
        """An id for a new paper that no other has: with the year, then a number, on a collision.

        `taken` are ids given out but not in the index yet.
        """
        wanted = paper_id(entry.title, entry.arxiv)
        made = wanted
        number = 1
        while made in self.present or made in self.listed or made in taken:
            made = f"{wanted}-{year}" if number == 1 else f"{wanted}-{year}-{number}"
            number += 1
        return made

    def is_declined(self, key: str) -> bool:
        """Whether a paper was declined: by a ledger's word, or since it stands in no page though
        a ledger published it."""
        return key not in self.present and (key in self.declined or key in self.listed)

