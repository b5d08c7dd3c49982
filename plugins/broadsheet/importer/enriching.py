"""What captures that only enrich tell of a listing's papers, before these are published. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ..listings import title_key
from ..papers import Entry
from .likeness import surely_same

_MOST_ALIKE = 20  # papers of one title that an entry without an id is compared with


class Enriching:
    """The entries of captures that only enrich, each with its capture's source."""

    def __init__(self, entries: Iterable[tuple[str, Entry]] = ()) -> None:
        self._by_arxiv: dict[str, list[tuple[str, Entry]]] = {}
        self._by_title: dict[str, list[tuple[str, Entry]]] = {}
        for source, entry in entries:
            if entry.arxiv:
                self._by_arxiv.setdefault(entry.arxiv, []).append((source, entry))
            self._by_title.setdefault(title_key(entry.title), []).append((source, entry))

    def of(self, entry: Entry) -> list[tuple[str, Entry]]:
        """Return what there is of an entry's paper: by its arXiv id, or where it has none, by its
        title together with first author or abstract, if these lead to one arXiv id."""
        if entry.arxiv:
            return list(self._by_arxiv.get(entry.arxiv, ()))
        titled = self._by_title.get(title_key(entry.title), ())[:_MOST_ALIKE]
        found = [pair for pair in titled if surely_same(entry, pair[1])]
        ids = {one.arxiv for _, one in found if one.arxiv}
        if len(ids) != 1:
            return [] if ids else found
        known = self._by_arxiv[ids.pop()]
        return [*(pair for pair in found if not pair[1].arxiv), *known]
