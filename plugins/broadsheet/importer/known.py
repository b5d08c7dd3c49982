"""Every paper that the digest knows: where it stands, and how to recognise it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from ..content import DaySources
from ..errors import ContentError, shown
from ..ledger import DUPLICATE, Ledger, parse
from ..listings import title_key
from ..pages import paper_id, scan
from ..pages.fields import refuse
from ..papers import Entry


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
    _arxiv: dict[str, list[str]] = field(default_factory=dict)
    _titles: dict[str, list[str]] = field(default_factory=dict)
    _arxiv_of: dict[str, str] = field(default_factory=dict)
    _listed_as: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, days: Iterable[DaySources]) -> Known:
        """The index of a whole content folder. Raises ContentError or LedgerError for what can't be
        read."""
        known = cls()
        for day in days:
            if day.ledger is not None:
                known.add_ledger(parse(day.ledger.text(), file=day.ledger.path))
            for page in day.pages:
                known.add_page(day.date, page.path, page.text())
        return known

    def add_ledger(self, ledger: Ledger) -> None:
        """Take in what a day's ledger knows."""
        for fate in ledger.fates:
            if fate.became != DUPLICATE:
                self.listed.setdefault(fate.id, ledger.date)
            self.name(fate.id, fate.title, fate.arxiv)
            self._listed_as[fate.id] = (fate.title, fate.arxiv)

    def add_page(self, day: date, path: str, text: str) -> None:
        """Take in the papers of one page.

        Raises ContentError for one that can't be read, and for an id that stands in another page.
        """
        place = Place(day, path)
        for seen in scan(text, file=path, wrong=refuse):
            other = self.present.setdefault(seen.id, place)
            if other.path != path:
                raise ContentError(
                    f"id: {shown(seen.id)} is also the id of a paper in {other.path}; "
                    "expected one paper an id",
                    file=path,
                    line=seen.line,
                )
            if self._listed_as.get(seen.id) != (seen.title, seen.arxiv):
                self.name(seen.id, seen.title, seen.arxiv)

    def name(self, key: str, title: str, arxiv: str | None) -> None:
        """Make a paper known by a title (it may have several) and its arXiv id."""
        if arxiv:
            _note(self._arxiv, arxiv, key)
            self._arxiv_of.setdefault(key, arxiv)
        _note(self._titles, title_key(title), key)

    def find(self, entry: Entry) -> str | None:
        """The id of the paper that a listing's entry is, if it is known.

        By arXiv id first, then by title; a title alone does not join two papers whose arXiv ids
        differ. Of several papers one that stands in a page comes first.
        """
        found: list[str] = []
        if entry.arxiv:
            found += self._arxiv.get(entry.arxiv, ())
            made = paper_id(entry.title, entry.arxiv)
            if made in self.present or made in self.listed:
                found.append(made)
        if not found:
            for key in self._titles.get(title_key(entry.title), ()):
                other = self._arxiv_of.get(key)
                if not (entry.arxiv and other and entry.arxiv != other):
                    found.append(key)
        return next((key for key in found if key in self.present), found[0] if found else None)

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


def _note(index: dict[str, list[str]], name: str, key: str) -> None:
    keys = index.setdefault(name, [])
    if key not in keys:
        keys.append(key)
