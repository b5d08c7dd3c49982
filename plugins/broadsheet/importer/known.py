"""Every paper that the digest knows: where it stands, and how to recognise it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from ..errors import ContentError, shown
from ..ledger import Ledger
from ..listings import title_key
from ..pages import paper_id
from ..papers import Entry
from .sightings import DaySightings, Sighting, see_ledger, see_page


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

    @classmethod
    def of(cls, days: Iterable[DaySightings]) -> Known:
        """The index of what was seen on some days. Raises ContentError for an id that stands in
        two pages."""
        known = cls()
        for day in days:
            known.add(day)
        return known

    def add(self, day: DaySightings) -> None:
        """Take in what was seen on a day. Raises ContentError for an id of another page."""
        for one in day.listed:
            self.listed.setdefault(one.id, day.date)
            self._name(one)
        for one in day.doubled:
            self._name(one)
        for path, seen in day.pages:
            place = Place(day.date, path)
            for one in seen:
                other = self.present.setdefault(one.id, place)
                if other.path != path:
                    raise ContentError(
                        f"id: {shown(one.id)} is also the id of a paper in {other.path}; "
                        "expected one paper an id",
                        file=path,
                        line=one.line,
                    )
                self._name(one)

    def add_ledger(self, ledger: Ledger) -> None:
        """Take in what a day's ledger knows."""
        self.add(DaySightings(ledger.date, *see_ledger(ledger)))

    def add_page(self, day: date, path: str, text: str) -> None:
        """Take in the papers of one page.

        Raises ContentError for one that can't be read, and for an id that stands in another page.
        """
        self.add(DaySightings(day, pages=((path, see_page(path, text)),)))

    def name(self, key: str, title: str, arxiv: str | None) -> None:
        """Make a paper known by a title (it may have several) and its arXiv id."""
        self._name(Sighting(key, title_key(title), arxiv))

    def _name(self, one: Sighting) -> None:
        key, title, arxiv, _ = one
        if arxiv:
            _note(self._arxiv, arxiv, key)
            self._arxiv_of.setdefault(key, arxiv)
        _note(self._titles, title, key)

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
    keys = index.get(name)
    if keys is None:
        index[name] = [key]
    elif key not in keys:
        keys.append(key)
