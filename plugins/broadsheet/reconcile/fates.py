"""Where each paper stands once two states are merged, and with which section. Pure.

Here a paper that one side moved and the other changed is seen as one paper, which it is not where
pages are merged one by one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..content.disk import is_waiting
from ..content.ledger import DECLINED, DUPLICATE, PUBLISHED, WAITING, PaperStatus, section_hash
from ..content.pages.location import day_of
from . import papers, sections
from .marks import conflicts
from .pages import PageParts
from .three import Three
from .weave import three_way

_OF_WAITING = re.compile(r"^(?:topic|waits):.*\n", re.M)


@dataclass(frozen=True, slots=True)
class Place:
    """A paper's page, by its path below content/, and its section there."""

    path: str
    section: str

    @property
    def waits(self) -> bool:
        """Whether this is a file of waiting papers."""
        return is_waiting(self.path)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a paper: its page (None: it goes), its section, and the section without
    conflict markers, for what is derived of it. `undecided` says that a person decides whether it
    stays."""

    path: str | None
    section: str = ""
    clean: str = ""
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A state's papers by id, and their rows in its ledgers."""

    places: Mapping[str, Place]
    rows: Mapping[str, tuple[PaperStatus, ...]]

    def section(self, key: str) -> str:
        """Return a paper's section; "" where it stands nowhere."""
        place = self.places.get(key)
        return place.section if place else ""

    def declined(self, key: str) -> bool:
        """Return whether a ledger has a paper as declined."""
        return any(row.status == DECLINED for row in self.rows.get(key, ()))

    def untouched(self, key: str) -> bool:
        """Return whether a paper's section is as an import wrote it."""
        place = self.places.get(key)
        return place is not None and any(
            row.written == section_hash(place.section) for row in self.rows.get(key, ())
        )


def places(pages: Mapping[str, PageParts]) -> tuple[dict[str, Place], set[str]]:
    """Return the papers of pages by id, and the paths of pages of which a paper stands twice."""
    found: dict[str, Place] = {}
    twice: set[str] = set()
    for path in sorted(pages):
        for key, section in pages[path].sections.items():
            first = found.setdefault(key, Place(path, section))
            if first.path != path:
                twice |= {first.path, path}
    return found, twice


def fate(key: str, base: Side, ours: Side, theirs: Side, tell: papers.Tell) -> Fate:
    """Return what becomes of a paper that stands in a page of a side."""
    before, mine, other = (one.places.get(key) for one in (base, ours, theirs))
    if mine is None or other is None:
        return _removed(key, base, ours, theirs, tell)
    path, apart = three_way(before.path if before else "", mine.path, other.path)
    if apart:
        path = min((mine, other), key=_preference).path
        if before is not None:
            one, another = sorted((mine.path, other.path))
            tell(f"{key}: moved to {one} and to {another}; it stands in {path}")
        elif day_of(mine.path) != day_of(other.path):
            tell(f"{key}: added on two days; it stands in {path}, where it came first")
    three = Three(before, mine, other).map(lambda one: _without_waiting(one, path))
    text = papers.both(*three)
    clean = min(three.ours, three.theirs) if conflicts(text) else text
    return Fate(path, text, clean)


def _preference(place: Place) -> tuple[bool, object, str]:
    """Sort key of the place that wins of two: one that is published, the earlier day."""
    return place.waits, day_of(place.path), place.path


def _without_waiting(place: Place | None, path: str) -> str:
    """Return a section as it stands in a page: without the keys that only a file of waiting papers
    has."""
    if place is None:
        return ""
    if not place.waits or path == place.path:
        return place.section
    head, fence, rest = place.section.partition("```\n")
    return _OF_WAITING.sub("", head) + fence + rest


def _removed(key: str, base: Side, ours: Side, theirs: Side, tell: papers.Tell) -> Fate:
    """Return what becomes of a paper that one side alone has: the other removed it, or never had
    it."""
    here, gone = (ours, theirs) if key in ours.places else (theirs, ours)
    side, before = here.places[key], base.places.get(key)
    kept = Fate(side.path, side.section, side.section)
    if before is None:
        if not gone.declined(key):
            return kept
        if here.untouched(key):
            tell(f"{key}: imported by both sides and declined by one; it stays declined")
            return Fate(None)
        return _undecided(kept, here is ours)
    if before.waits and not side.waits:
        tell(f"{key}: picked by one side and declined by the other; it stays picked")
        return kept
    if side == before:
        return Fate(None)
    if sections.words_of(_without_waiting(side, "")) == sections.words_of(
        _without_waiting(before, "")
    ):
        did = "moved" if side.path != before.path else "changed"
        tell(f"{key}: taken out by one side and {did} by the other; it stays out")
        return Fate(None)
    return _undecided(kept, here is ours)


def _undecided(kept: Fate, in_ours: bool) -> Fate:
    """Return the fate of a paper whose new words would go with it: a person decides."""
    text = kept.section
    marked = papers.removed(text, "") if in_ours else papers.removed("", text)
    return replace(kept, section=marked, undecided=True)


def settled(
    row: PaperStatus,
    day: date,
    standing: Mapping[str, Fate],
    sides: Sequence[Side],
    new: set[str],
) -> PaperStatus:
    """Return a ledger's row as it is where the paper stands now.

    `day` is the ledger's, `new` the ids of papers that both sides published, on different days.
    """
    found = standing.get(row.id)
    if found is None or conflicts(found.section):
        return row
    if found.path is None:
        if row.status in (PUBLISHED, WAITING) and any(one.declined(row.id) for one in sides):
            return replace(row, status=DECLINED, of=None, written=None)
        return row
    stands = day_of(found.path)
    waits = is_waiting(found.path)
    if stands != day:
        if row.status in (DECLINED, WAITING) or (row.status == PUBLISHED and row.id in new):
            return replace(row, status=DUPLICATE, of=stands.isoformat(), written=None)
        return row
    status = WAITING if waits else PUBLISHED
    if row.status != status:
        row = replace(row, status=status, of=None, waited=False)
    there = [one for one in sides if row.id in one.places]
    if there and all(one.untouched(row.id) for one in there):
        row = replace(row, written=section_hash(found.section))
    return row
