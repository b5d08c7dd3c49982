"""The answer to a reader's text: which papers are found, in what order, and what was meant.

The first group has every word; the second, asked for where the first is small, some of them. Within
a group papers go by Lunr's score, but papers that have all words in the title (or in the authors,
or each in one of these), and as typed, come before; the first of these are ordered anew by their
texts (closeness.py).
`find` in theme/static/js/search-engine.js gives the same papers in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..analysis.folding import fold, parts
from ..analysis.identifiers import Identifier
from .closeness import closeness, holds_all, is_by, is_near
from .correction import SHORTEST, nearest, taken_apart
from .holding import holders, typed_holders, word_holders
from .language import clipped, query_of_filters
from .matching import by_filters, matches, numbers
from .names import are_initials, has_letter_apart, named, named_in_short
from .question import Question, as_word, last_days, question, without_phrases, words_apart, years_of
from .ranking import Vector, best_first, comparable, scores, vector_of, vector_of_clauses
from .searchable import Searchable
from .units import Unit, Word, is_common, unit_of

Order = Literal["best", "newest", "votes"]
ORDERS: tuple[Order, ...] = ("best", "newest", "votes")

FEW = 10
"""Where fewer papers have all words, those with some are asked for too."""
WINDOW = 20
"""The number of first papers that are ordered anew by their texts."""
_RARE = 2
"""A word in so many papers, none of which has it in title or authors, may be a misspelling."""
_LONGEST_NAME = 4
"""A text of so many words may be an author's name."""
_INITIALS = 3
"""The most letters of a word that may be initials."""
_MANY_NAMED = 4
"""Where so many papers have all words among their authors' names, the name itself is looked up."""
_TITLE_WORDS = 4
"""Beside so many words, a year that a title has too is a word of the title."""
_STRONG = (("title",), ("authors",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is found: the number of papers with all words and the first of them, the same of those
    with some, corrections (typed, meant), the year (or month, week or day, as "2025-08") that was
    taken as a filter, words that are nowhere, whether there were only stop words, and the
    identifier that was looked for.

    Papers are by their numbers in the index, `scores` those that were reckoned.
    """

    total: int = 0
    hits: tuple[int, ...] = ()
    some_total: int = 0
    some: tuple[int, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    year: int | str | None = None
    nowhere: tuple[str, ...] = ()
    only_common: bool = False
    identifier: Identifier | None = None
    scores: Mapping[int, float] = field(default_factory=dict)


def search(
    index: Searchable,
    text: str,
    *,
    order: Order = "best",
    limit: int = 20,
    verbatim: bool = False,
    years: bool = True,
) -> Answer:
    """Return the first `limit` papers of each group. `verbatim` takes spelling and phrases as they
    are; without `years` a year is a word. Raises ContentError for a filter that can't be read."""
    asked = question(
        clipped(text),
        years_of(index.days) if years else (),
        last_days(index.days) if years and not verbatim else (),
    )
    if asked.identifier is not None:
        found = _newest(index.identified(asked.identifier.key))
        return Answer(total=len(found), hits=tuple(found[:limit]), identifier=asked.identifier)
    if asked.clauses is not None:
        return _by_lunr(asked, index, order, limit)
    if asked.only_common:
        papers = named(asked.text, index) & _allowed(asked, index)
        found = _newest(papers)
        return Answer(total=len(found), hits=tuple(found[:limit]), only_common=not found)
    corrected: tuple[tuple[str, str], ...] = ()
    if not verbatim:
        asked, corrected = _corrected(asked, index)
    groups = _Groups(asked, index)
    if asked.year is not None and groups.year_is_word():
        asked = as_word(asked)
        groups = _Groups(asked, index)
    surnames = groups.surnames()
    if surnames:
        asked = replace(asked, units=surnames)
        groups = _Groups(asked, index, in_short=True)
    answer = groups.answer(order, limit, corrected)
    if asked.filters.phrases and not groups.all and not verbatim:
        groups = _Groups(without_phrases(asked), index)
        phrases = tuple(f'"{phrase}"' for phrase in asked.filters.phrases)
        answer = groups.answer(order, limit, corrected)
        answer = replace(answer, nowhere=(*phrases, *answer.nowhere))
    apart = None if verbatim or answer.total or answer.some_total else words_apart(text)
    return search(index, apart, order=order, limit=limit, years=years) if apart else answer


def _newest(papers: int) -> list[int]:
    return list(numbers(papers))[::-1]


def _allowed(asked: Question, index: Searchable) -> int:
    """Return the papers that pass the filters and the year, and hold no excluded word."""
    papers = by_filters(query_of_filters(asked.filters, asked.year), index)
    for unit in asked.excluded:
        papers &= ~holders(unit, index)
    return papers


def _with_phrases(papers: int, phrases: Sequence[str], index: Searchable) -> int:
    """Return the papers that hold all phrases, in title or abstract."""
    if not phrases:
        return papers
    found = 0
    for number in numbers(papers):
        if holds_all(index.texts(number), phrases):
            found |= 1 << number
    return found


def _by_lunr(asked: Question, index: Searchable, order: Order, limit: int) -> Answer:
    assert asked.clauses is not None
    asked_for = replace(
        query_of_filters(asked.filters), clauses=asked.clauses, phrases=asked.filters.phrases
    )
    papers = matches(asked_for, index)
    vector = vector_of_clauses(asked.clauses, index)
    hits, reckoned = _ordered(papers, vector, index, order)
    return Answer(total=len(hits), hits=tuple(hits[:limit]), scores=reckoned)


def _ordered(
    papers: int, vector: Vector, index: Searchable, order: Order
) -> tuple[list[int], dict[int, float]]:
    """Return papers in order, and their scores where these give it."""
    if order == "newest":
        return _newest(papers), {}
    if order == "votes":
        return sorted(_newest(papers), key=lambda paper: -index.votes(paper)), {}
    reckoned = scores(vector, index, papers)
    return best_first(reckoned), reckoned


class _Groups:
    """The groups of papers that plain words find."""

    def __init__(self, asked: Question, index: Searchable, *, in_short: bool = False) -> None:
        self.asked = asked
        self.index = index
        self.units = _each_once((*asked.required, *asked.units))
        self.allowed = _allowed(asked, index)
        self.held = [holders(unit, index) for unit in self.units]
        everyone = self._all(self.held) if self.units or asked.narrows else 0
        self.named = self._name() & everyone
        if in_short and everyone.bit_count() > WINDOW:  # fewer are ordered by their texts
            self.named |= named_in_short(asked.text, index) & everyone
        if everyone.bit_count() < FEW and not asked.filters.phrases:
            everyone |= self._name_in_short(everyone)
        self.all = _with_phrases(everyone, asked.filters.phrases, index)

    def _all(self, held: Iterable[int]) -> int:
        papers = self.allowed
        for one in held:
            papers &= one
        return papers

    def _name(self) -> int:
        """Return the papers of the author that a short text names in full ("Bo An", "An, Bo")."""
        words = [part for word in self.asked.text.split() for part in parts(word)]
        if not 1 < len(words) <= _LONGEST_NAME:
            return 0
        has_common = any(map(is_common, words))
        if not has_common and self._all(self._in(("authors",))).bit_count() < _MANY_NAMED:
            return 0
        return named(self.asked.text, self.index)

    def _name_in_short(self, everyone: int) -> int:
        """Return the papers of authors that all words name, the first name in short ("Alex Rush"):
        where the other words are by authors, and nobody is named so in full. Where no paper has all
        words, a short word before or behind the others may be initials, of which the first counts
        ("Lovelace AK", as PubMed has names)."""
        words = [unit.parts for unit in self.units]
        if self.asked.required or not 1 < len(words) <= _LONGEST_NAME:
            return 0
        if not all(len(one) == 1 and len(one[0]) > 1 and one[0].isalpha() for one in words):
            return 0
        last = len(words) - 1
        names = [(last if "," in self.asked.text else 0, self.asked.text)]
        for place in () if everyone else (last, 0):
            others = [part for i, (part,) in enumerate(words) if i != place]
            if len(words[place][0]) <= _INITIALS:
                names.append((place, " ".join((words[place][0][0], *others))))
        for without, name in names:
            if self._by_authors_without(without) and not named(self.asked.text, self.index):
                papers = named_in_short(name, self.index) & self.allowed
                if papers:
                    return papers
        return 0

    def _by_authors_without(self, place: int) -> int:
        """Return the papers that have all units but one among their authors."""
        return self._all(held for i, held in enumerate(self._in(("authors",))) if i != place)

    def _in(self, fields: Sequence[str]) -> Iterator[int]:
        """Yield the papers that have each unit in some fields."""
        for unit in self.units:
            within = [name for name in unit.fields if name in fields]
            yield holders(unit, self.index, within)

    def year_is_word(self) -> bool:
        """Return whether the year belongs to the words: it stands with many of them in a title, or
        there are papers with all words, but none of that year."""
        asked = as_word(self.asked)
        if len(self.asked.units) >= _TITLE_WORDS:
            papers = _allowed(asked, self.index)
            for unit in asked.units:
                papers &= holders(unit, self.index, ("title",))
            if papers:
                return True
        return not self.all and bool(self.asked.units) and bool(_Groups(asked, self.index).all)

    def surnames(self) -> tuple[Unit, ...]:
        """Return the names beside the initials of an author ("Hinton, G."), where some papers have
        them among their authors and no title has all; nothing for other questions. No author's full
        name has the initials as words."""
        asked = self.asked.units
        names = tuple(unit for unit in asked if not all(map(are_initials, unit.parts)))
        words = all(len(unit.parts) == 1 and unit.parts[0].isalpha() for unit in names)
        if self.asked.required or not words or not names or len(asked) > _LONGEST_NAME:
            return ()
        if len(names) == len(asked) and not has_letter_apart(self.asked.text):  # "a" is no unit
            return ()
        if self._all(self._in(("title",))):
            return ()
        named = self._all(holders(unit, self.index, ("authors",)) for unit in names)
        return names if named else ()

    def answer(self, order: Order, limit: int, corrected: tuple[tuple[str, str], ...]) -> Answer:
        """Return the groups in order."""
        vector = vector_of(self.units)
        hits, reckoned = _ordered(self.all, vector, self.index, order)
        if order == "best":
            hits = self._best(reckoned)
        some: list[int] = []
        if len(hits) < FEW:
            some, others = _ordered(self._some(), vector, self.index, order)
            reckoned |= others
        return Answer(
            total=len(hits),
            hits=tuple(hits[:limit]),
            some_total=len(some),
            some=tuple(some[:limit]),
            corrected=corrected,
            year=self.asked.year,
            nowhere=tuple(
                unit.text for unit, held in zip(self.units, self.held, strict=True) if not held
            ),
            scores=reckoned,
        )

    def _some(self) -> int:
        """Return the papers that have some of the words, but not all."""
        papers = 0
        required = self.allowed
        of_phrases = frozenset(self.asked.required)
        for unit, held in zip(self.units, self.held, strict=True):
            if unit in of_phrases:
                required &= held
            else:
                papers |= held
        return _with_phrases(papers & required & ~self.all, self.asked.filters.phrases, self.index)

    def _best(self, reckoned: Mapping[int, float]) -> list[int]:
        """Return the first group, best first."""
        derived = dict.fromkeys(reckoned, 0)
        for unit, held in zip(self.units, self.held, strict=True):
            for paper in numbers(held & self.all & ~typed_holders(unit, self.index)):
                derived[paper] += 1
        in_fields = [list(self._in(fields)) for fields in _STRONG]
        strong = self._all(in_fields[0]) | self._all(in_fields[1])
        either = self._all(one | other for one, other in zip(*in_fields, strict=True))
        place = dict.fromkeys(reckoned, 3)
        for papers, tier in ((either, 2), (strong, 1), (self.named, 0)):
            for paper in numbers(papers & self.all):
                place[paper] = tier
        key: dict[int, tuple[int, ...]] = {
            paper: (place[paper], derived[paper], -comparable(score), -paper)
            for paper, score in reckoned.items()
        }
        ranked = sorted(key, key=key.__getitem__)
        compounds = [unit.text for unit in self.units if len(unit.parts) > 1 or "-" in unit.text]
        window = {
            paper: self._by_text(paper, derived[paper], key[paper], compounds)
            for paper in ranked[:WINDOW]
        }
        return sorted(window, key=window.__getitem__) + ranked[WINDOW:]

    def _by_text(
        self, paper: int, derived: int, key: tuple[int, ...], compounds: Sequence[str]
    ) -> tuple[int, ...]:
        card = self.index.card(paper)
        text = self.asked.text
        near = is_near(text, compounds, (card.title, card.abstract))
        close = closeness(text, card.title, card.authors)
        if self.named >> paper & 1:
            close = min(close, 2)
        if self.asked.cites and is_by(text, card.authors):
            close = -1
        otherwise = text.lower() not in card.title.lower()  # signs count: REINFORCE++
        return (close, otherwise, derived, not near, *key)


def _each_once(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple({(unit.ways, unit.fields): unit for unit in units}.values())


def _corrected(asked: Question, index: Searchable) -> tuple[Question, tuple[tuple[str, str], ...]]:
    """Return the question with the words that were meant for those that are nowhere, or hardly
    anywhere, and what was corrected."""
    corrections: dict[str, str] = {}
    units: list[Unit] = []
    for unit in asked.units:
        meant = _meant(unit, index)
        corrections |= meant
        again = unit_of("-".join(meant.get(part, part) for part in parts(unit.text)))
        units.append(again if meant and again is not None else unit)
    if not corrections:
        return asked, ()
    text = asked.text
    for typed, meant_form in corrections.items():
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", meant_form, text, flags=re.I)
    return replace(asked, units=tuple(units), text=text), tuple(corrections.items())


def _meant(unit: Unit, index: Searchable) -> dict[str, str]:
    """Return what the words of a unit mean, for those that are misspelt."""
    held = holders(unit, index)
    if held.bit_count() > _RARE or any(
        word_holders(way[0], index, unit.fields) for way in unit.ways if way[0].joined
    ):
        return {}
    meant: dict[str, str] = {}
    for part, word in zip(unit.parts, unit.ways[0], strict=True):
        form = fold(part)[0]
        if not (form.isalpha() and len(form) >= SHORTEST):
            continue
        found = word_holders(word, index, unit.fields)
        is_typed = bool(word_holders(Word(word.typed), index, unit.fields))
        apart = None if is_typed else taken_apart(form, index.spellings)
        if apart is not None:
            meant[part] = apart
            continue
        if found.bit_count() > _RARE or any(word_holders(word, index, field) for field in _STRONG):
            continue
        best = nearest(form, index.spellings, is_there=bool(found))
        if best is None and not found and form.endswith("s"):  # plurals are hardly listed
            best = nearest(form[:-1], index.spellings, is_there=False)
        if best is None and not found:
            best = taken_apart(form, index.spellings, misspelt=True)
        if best is not None:
            meant[part] = best
    return meant
