"""Units: what plain words of a query stand for in the index.

A unit is a word, a hyphenated word, or a word and the small number behind it ("SAM 2"). A paper has
a unit in one of several ways: all words of one way are in it, each as one of its terms. A term is
the typed word's own, or derived from it (folding.py): folded ("velickovic" for "Veličković") or
joined ("texttoimage"). Of few words, neighbours are one word too: "zebra logic" is ZebraLogic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from ..analysis.fields import FIELDS
from ..analysis.folding import (
    DERIVED,
    LONGEST,
    MOST_PARTS,
    alternatives,
    fold,
    has_letter,
    is_small_number,
    parts,
)
from ..analysis.words import is_stop_word, query_term, stem, trimmed, words

DERIVED_BOOST = 0.5
"""The boost of a derived term in a score; a typed one's is 1."""

MOST = 20
"""The most units of a query; further words are left aside. A pasted abstract is known by its
beginning, and each word takes two parts of the index or more."""

MOST_JOINED = 5
"""The most units of a query whose neighbours are joined."""
_JOINED_AT_ONCE = 3
"""The most neighbours that are one word."""

_POWER = re.compile(r"(?<=[^\W_])\^(?=[0-9])")
_BEHIND = ".,;:!?)]\u201d\u2019\"'"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a unit: the terms that it is typed as, and those derived from it; whether it is of
    neighbours that were typed apart."""

    typed: tuple[str, ...]
    derived: tuple[str, ...] = ()
    joined: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """All its terms."""
        return (*self.typed, *self.derived)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its text, its `parts` as typed (without stop words, in lower case), its `ways`, and
    the fields that are searched."""

    text: str
    parts: tuple[str, ...]
    ways: tuple[tuple[Word, ...], ...]
    fields: tuple[str, ...] = FIELDS

    @property
    def boosts(self) -> dict[str, float]:
        """The boost of each term in a score."""
        found = [word for way in self.ways for word in way]
        boosts = {term: DERIVED_BOOST for word in found for term in word.derived}
        return boosts | {term: 1.0 for word in found for term in word.typed}


def is_common(word: str) -> bool:
    """Return whether a word, without the punctuation around it, is a stop word."""
    return is_stop_word(trimmed(word)) or is_stop_word(trimmed(fold(word)[0]))


def unit_of(text: str, number: str = "", fields: tuple[str, ...] = FIELDS) -> Unit | None:
    """Return the unit of a typed word and of the small `number` behind it; None for stop words and
    for what has no letter or digit."""
    text = _POWER.sub("", text)
    every = (*parts(text), number) if number else parts(text)
    meant = tuple(part for part in every if not is_common(part))
    if not meant or not any(map(str.isalnum, chain.from_iterable(meant))):
        return None
    ways = [tuple(Word(*alternatives(part)) for part in meant)]
    own = tuple(dict.fromkeys(query_term(word) for word in words(text) if not is_common(word)))
    typed = {term for word in ways[0] for term in word.typed}
    if typed and not number and not typed.issuperset(own):
        ways.append(tuple(Word((term,)) for term in own))
    if 1 < len(every) <= MOST_PARTS and len(text) <= LONGEST:
        joined = fold("".join(every))
        terms = chain.from_iterable((stem(form), stem(form) + DERIVED) for form in joined)
        ways.append((Word((), tuple(dict.fromkeys(terms))),))
    return Unit(f"{text} {number}" if number else text, meant, tuple(ways), fields)


def units_of(
    typed: Sequence[str], fields: tuple[str, ...] = FIELDS, *, joining: bool = False
) -> tuple[Unit, ...]:
    """Return the units of plain words, each once, in order; those of few words with `joining` are
    held as one word with their neighbours too."""
    units: dict[tuple[tuple[Word, ...], ...], Unit] = {}
    row: list[Unit | str | None] = []  # the units, and stop words; None where others were typed
    place = 0
    while place < len(typed) and len(units) < MOST:
        word = typed[place]
        number = typed[place + 1].rstrip(_BEHIND) if place + 1 < len(typed) else ""
        place += 1
        if is_small_number(number) and word.isalpha() and not is_common(word.lower()):
            place += 1
        else:
            number = ""
        unit = unit_of(word, number, fields)
        if unit is None:
            row.append("".join(parts(word)) or None)
        elif unit.ways in units:
            row.append(None)
        else:
            units[unit.ways] = unit
            row.append(unit)
    if joining and len(units) <= MOST_JOINED:
        return tuple(_joined(row))
    return tuple(units.values())


def _joined(row: Sequence[Unit | str | None]) -> Iterator[Unit]:
    """Yield units with a further way for each run of neighbours that they are in: as one word. Stop
    words are joined within a run alone ("learn to sing" is LearnToSing)."""
    more: list[list[tuple[Word, ...]]] = [[] for _ in row]
    for size in range(2, _JOINED_AT_ONCE + 1):
        for first in range(len(row) - size + 1):
            run = row[first : first + size]
            if None in run or isinstance(run[0], str) or isinstance(run[-1], str):
                continue
            word = "".join(_text_of(one).replace(" ", "") for one in run)
            if len(word) > LONGEST or not has_letter(word):
                continue
            terms = chain.from_iterable(chain(*alternatives(form)) for form in fold(word))
            own = (Word((), tuple(dict.fromkeys(terms)), joined=True),)
            for ways in more[first : first + size]:
                ways.append(own)
    for unit, ways in zip(row, more, strict=True):
        if isinstance(unit, Unit):
            yield replace(unit, ways=(*unit.ways, *ways))


def _text_of(one: Unit | str | None) -> str:
    return one.text if isinstance(one, Unit) else one or ""
