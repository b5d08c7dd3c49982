"""What captures that only enrich tell of a listing's papers, before these are published. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import ListingError
from ..listings import title_key
from ..papers import Entry, Paper
from ..topics import Classifier
from .drafts import COUNTED, Draft, classified, draft, harmless
from .likeness import surely_same, united

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


def with_more(
    entry: Entry, drafted: Draft, enriching: Enriching, classifier: Classifier
) -> tuple[Draft, tuple[tuple[str, str], ...]]:
    """Return a new paper's draft with what captures that only enrich tell of it, and the sources of
    these fields. What can't be taken is told when that capture is imported."""
    paper = drafted.paper
    sources: tuple[tuple[str, str], ...] = ()
    for source, one in enriching.of(entry):
        try:
            new = harmless(draft(one, classifier))[0].paper
        except ListingError:
            continue
        before = paper
        paper, _ = united(paper, new, new_is_tex=one.tex)
        sources = fields_from(sources, before, paper, source)
    if paper == drafted.paper:
        return drafted, ()
    return classified(paper, classifier), sources


def fields_from(
    known: tuple[tuple[str, str], ...], old: Paper, new: Paper, source: str
) -> tuple[tuple[str, str], ...]:
    """Return the fields that a later listing than the first gave, each with that listing's
    source."""
    sources = dict(known)
    for name in Paper.__dataclass_fields__:
        if name not in COUNTED and getattr(old, name) != getattr(new, name):
            sources[name] = source
    return tuple(sorted(sources.items()))
