"""Recognise known papers in a listing: by arXiv id, else by a title that they were listed under,
unless `listings.told_apart` tells them apart. Pure.
"""

from __future__ import annotations

from collections.abc import Callable

from ..content.paper_index import KnownPapers
from ..listings import identified_by, title_key, told_apart
from ..papers import Entry, Paper

MOST_ALIKE = 100
"""Papers of one title that an entry without a known identifier is compared with."""


Described = Callable[[str], Paper | None]


class Recogniser:
    """Finds the known papers that entries show.

    A known paper is described once, so that the time is linear in the entries and in the papers of
    their titles.
    """

    def __init__(self, known: KnownPapers) -> None:
        self._known = known
        self._papers: dict[str, Paper | None] = {}
        self._identified: dict[str, dict[str, str]] = {}  # ids by identifier, by title

    def find(self, entry: Entry, described: Described) -> str | None:
        """Return the id of the paper that an entry shows; None for an unknown one.

        `described` gives a known paper by its id, None where nothing but its title is known. Of
        several, the one with an identifier of the entry's wins, then one in a page, then one that
        waits.
        """
        if keys := self._known.of_arxiv(entry):
            return self._present(keys)
        titled = self._known.titled(entry)
        if not titled:
            return None
        identified = self._by_identifier(title_key(entry.title), titled, described)
        for name in identified_by(entry):
            if name in identified:
                return identified[name]
        alike = []
        for key in titled[:MOST_ALIKE]:
            paper = self._paper(key, described)
            if paper is None or not told_apart(entry, paper):
                alike.append(key)
        return self._present(alike) if alike else None

    def _by_identifier(self, title: str, keys: list[str], described: Described) -> dict[str, str]:
        if title not in self._identified:
            found = self._identified[title] = {}
            for key in keys:
                paper = self._paper(key, described)
                for name in identified_by(paper) if paper else ():
                    found.setdefault(name, key)
        return self._identified[title]

    def _paper(self, key: str, described: Described) -> Paper | None:
        if key not in self._papers:
            self._papers[key] = described(key)
        return self._papers[key]

    def _present(self, keys: list[str]) -> str:
        for there in (self._known.location, self._known.waiting):
            if (found := next((key for key in keys if there(key)), None)) is not None:
                return found
        return keys[0]
