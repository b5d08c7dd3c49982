"""Papers whose lines stand in the same order in each of them: what each line is told by all that
stand in its place, not by itself alone.

A page or a digest that a program made repeats one shape. Each way to cut it into papers is tried
(at blank lines, and at a line that comes again: an address, names, a text, a button's word), and
judged by how alike the papers are that it gives, and by how little it leaves over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .list_titles import is_title
from .turns import ADDRESS, LABEL, NAMES, OF_PLACES, OTHER, PAGE, PROSE, TITLE, Turn

_LEAST = 2  # papers with addresses
_LEAST_BARE = 3  # papers without
_MOST_PLACES = 8  # lines of a paper, texts in one, that are looked at
_LOOKED_AT = 400  # lines that tell where papers begin
_MOST_ABOVE = 4  # places of which one is the title's
_LONG_TITLE = 40  # characters of a title's first line that may have a second
_ENOUGH_WORDS = 6  # of a title
_MOST_SIGNS = 40  # lines that come again and are tried as where papers begin
_SHIFTS = range(-4, 3)  # lines between what comes again and where a paper begins
_MOST_OF = 0.75  # of the papers agree on what a place holds
_TITLED = {TITLE: 1.0, OTHER: 0.7, NAMES: 0.5}  # how likely a line of a kind is a title


@dataclass(slots=True)
class PaperTurns:
    """The turns of a paper: those of its title, and the others."""

    title: list[Turn]
    parts: list[Turn] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Element:
    """A line, or the lines of a text, and where it stands among all turns."""

    turns: tuple[Turn, ...]
    at: int

    @property
    def kind(self) -> str:
        return self.turns[0].kind

    @property
    def said(self) -> str:
        return self.turns[0].said


def records_of(found: Sequence[Turn]) -> list[PaperTurns] | None:
    """Return the papers of a text by the order that their lines have in common; None where there
    is none. Which way to cut it is told by its first lines."""
    elements = _elements(found)
    signs = _signs(elements)
    few = elements[:_LOOKED_AT]
    seen = [turn for element in few for turn in element.turns]
    best: tuple[float, str, int] | None = None
    tried: set[tuple[int, ...]] = set()
    for sign in sorted(signs, key=lambda sign: -len(signs[sign]))[:_MOST_SIGNS]:
        for shift in _SHIFTS if sign not in ("block", "far") else (0,):
            starts = _starts(signs[sign], shift, len(few))
            if len(starts) < _LEAST or starts in tried:
                continue
            tried.add(starts)
            records = _read(few, starts)
            if records and (best is None or worth(records, seen) > best[0]):
                best = worth(records, seen), sign, shift
    if best is None:
        return None
    return _read(elements, _starts(signs[best[1]], best[2], len(elements)))


def worth(records: Sequence[PaperTurns], found: Sequence[Turn]) -> float:
    """Return how much papers tell, less what is left over of their text."""
    told = 0.0
    used: set[int] = set()
    again = Counter(record.title[0].said for record in records)
    for record in records:
        title = record.title[0]
        words = len(" ".join(turn.said for turn in record.title).split())
        told += 0.1 * min(_ENOUGH_WORDS, words) - 3.0 * (again[title.said] > 1)
        kinds = {turn.kind for turn in record.parts}
        told += 2.0 + sum(kind in kinds for kind in (NAMES, PROSE)) + 2 * (ADDRESS in kinds)
        told -= sum(_TITLED.get(t.kind, 1.0) <= 0.5 and t.sure for t in record.title)
        names = 0
        for turn in record.parts:
            names += turn.kind == NAMES
            told -= 1.5 * (turn.kind == PROSE and turn.number < title.number)
            if turn.kind in (TITLE, OTHER) or (turn.kind == NAMES and names > 1):
                told -= 0.5
        used |= {turn.number for turn in (*record.title, *record.parts)}
    left = sum(t.number not in used and t.kind not in (PAGE, ADDRESS) for t in found)
    return told - 0.5 * left


def _elements(found: Sequence[Turn]) -> list[_Element]:
    """Return the lines, those of a text together, and those of a title that stands alone."""
    made: list[_Element] = []
    at = 0
    while at < len(found):
        end = at + 1
        if found[at].kind == PROSE:
            while end < len(found) and found[end].kind == PROSE and found[end].near:
                end += 1
        elif _is_wrapped(found, at):
            end += 1
        made.append(_Element(tuple(found[at:end]), at))
        at = end
    return made


def _is_wrapped(found: Sequence[Turn], at: int) -> bool:
    """Return whether a title goes on in the line below, and nothing else stands in its block."""
    if at + 2 >= len(found) or found[at].near or not found[at + 1].near:
        return False
    below = found[at + 2]
    if below.near and not (below.kind == NAMES and below.sure):
        return False
    one, two = found[at], found[at + 1]
    return one.kind == TITLE and two.kind in (TITLE, OTHER) and len(one.said) > _LONG_TITLE


def _signs(elements: Sequence[_Element]) -> dict[str, list[int]]:
    """Return where what may tell papers apart stands: blank lines, and what comes again."""
    signs: dict[str, list[int]] = defaultdict(list)
    for at, element in enumerate(elements):
        first = element.turns[0]
        above = elements[at - 1].turns[-1].number if at else first.number - 9
        if not first.near:
            signs["block"].append(at)
            if first.number - above > 2:
                signs["far"].append(at)
        if first.kind in (ADDRESS, PROSE, LABEL) or (first.kind == NAMES and first.sure):
            signs[first.kind].append(at)
        elif first.kind == PAGE:
            signs[f"page {first.said}"].append(at)
    return {sign: places for sign, places in signs.items() if len(places) >= _LEAST}


def _starts(places: Sequence[int], shift: int, end: int) -> tuple[int, ...]:
    return tuple(at + shift for at in places if 0 <= at + shift < end)


def _read(elements: Sequence[_Element], starts: Sequence[int]) -> list[PaperTurns] | None:
    """Return the papers that begin at some lines; None where these have no common order."""
    ends = [*starts[1:], len(elements)]
    rows = [list(elements[a:b]) for a, b in zip(starts, ends, strict=True)]
    common = _common(rows)
    rows = [row for row in rows if 2 * len(common & _kinds(row)) >= len(common)]
    if not common or len(rows) < _LEAST or (ADDRESS not in common and len(rows) < _LEAST_BARE):
        return None
    if not common & {ADDRESS, NAMES} and not all(any(e.kind == PAGE for e in row) for row in rows):
        return None
    said = [[e for e in row if e.kind != PAGE][:_MOST_PLACES] for row in rows]
    width = max(map(len, said))
    places = [[row[n] for row in said if len(row) > n] for n in range(width)]
    likely = [_titled(place, len(rows)) for place in places[:_MOST_ABOVE]]
    title = max(range(len(likely)), key=lambda n: likely[n] - 0.3 * n)
    if not likely[title]:
        return None
    people = [_named(places[n], len(rows)) if n != title else 0.0 for n in range(width)]
    names = max(range(width), key=lambda n: people[n])
    return [_record(row, title, names if people[names] else None) for row in said]


def _kinds(row: Sequence[_Element]) -> set[str]:
    return {e.kind for e in row if e.kind != NAMES or e.turns[0].sure}


def _common(rows: Sequence[Sequence[_Element]]) -> set[str]:
    """Return the kinds of lines that most papers have."""
    times = Counter(kind for row in rows for kind in _kinds(row))
    return {kind for kind in (ADDRESS, NAMES, PROSE) if times[kind] >= max(_LEAST, 0.6 * len(rows))}


def _titled(place: Sequence[_Element], papers: int) -> float:
    """Return how likely the lines of a place are the titles; 0.0 where they can't be."""
    if len(place) < papers:
        return 0.0
    told = [
        e for e in place if e.kind in _TITLED and is_title(e.said) and not OF_PLACES.match(e.said)
    ]
    different = len({e.said for e in told})
    if len(told) < papers or different < papers:
        return 0.0
    likely = sum(_TITLED[e.kind] - (e.kind == NAMES and e.turns[0].sure) for e in told) / papers
    words = sum(min(_ENOUGH_WORDS, len(e.said.split())) for e in told) / papers
    return likely * words if words > 1 else 0.0


def _named(place: Sequence[_Element], papers: int) -> float:
    """Return how likely the lines of a place are the authors; 0.0 where they aren't."""
    people = sum(e.kind == NAMES for e in place)
    sure = sum(e.kind == NAMES and e.turns[0].sure for e in place)
    told = sure or all(e.turns[0].timed for e in place)  # else they may be something else's
    return people + sure if told and people >= _MOST_OF * max(papers, len(place)) else 0.0


def _record(row: Sequence[_Element], title: int, names: int | None) -> PaperTurns:
    """Return a paper, each of whose lines is what its place holds."""
    made = PaperTurns(list(row[title].turns))
    for n, element in enumerate(row):
        first = element.turns[0]
        if n == title or (first.said == made.title[0].said and first.kind in _TITLED):
            continue
        if element.kind == NAMES and n != names and (names is not None or not first.sure):
            made.parts.append(replace(first, kind=OTHER))
        else:
            made.parts += element.turns
    return made
