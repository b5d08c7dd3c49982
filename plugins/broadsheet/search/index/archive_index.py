"""The index of an archive, made of its months' term statistics, for searching in Python."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, chain

from .cards import ResultCard
from .codes import Times
from .inverted_index import InvertedIndex
from .spelling import COMMON, COMMON_WORDS, list_of, written_words


class ArchiveIndex:
    """Several months as one index (`Searchable`), oldest first. `card` returns what a result shows
    of a paper, given its month's place and its number in the month."""

    def __init__(
        self, months: Sequence[InvertedIndex], card: Callable[[int, int], ResultCard]
    ) -> None:
        self._months = months
        self._card = card
        self._starts = list(accumulate((month.papers for month in months), initial=0))
        self.papers = self._starts[-1]
        self.days: Sequence[tuple[date, int]] = [day for month in months for day in month.days]

    @cached_property
    def vocabulary(self) -> Sequence[str]:
        """All terms as typed, sorted."""
        return sorted(set(chain.from_iterable(month.vocabulary for month in self._months)))

    def postings(self, term: str) -> tuple[Sequence[int], Sequence[Times]]:
        """Return the papers that hold a term, ascending, and how often each does in its fields."""
        papers: list[int] = []
        times: list[Times] = []
        for start, month in zip(self._starts, self._months, strict=False):
            own, often = month.postings(term)
            papers += map(start.__add__, own)
            times += often
        return papers, times

    def holders(self, term: str, fields: Sequence[str]) -> int:
        """Return the papers that hold a term in one of some fields."""
        return self._joined(month.holders(term, fields) for month in self._months)

    def facet(self, key: str) -> int:
        """Return the papers of a topic, a tag, an author or a category."""
        return self._joined(month.facet(key) for month in self._months)

    def facet_keys(self, prefix: str) -> Iterable[str]:
        """Return the keys of facets that begin so."""
        return set(chain.from_iterable(month.facet_keys(prefix) for month in self._months))

    def identified(self, key: str) -> int:
        """Return the papers with an identifier."""
        return self._joined(month.identified(key) for month in self._months)

    def _joined(self, sets: Iterable[int]) -> int:
        papers = 0
        for start, own in zip(self._starts, sets, strict=False):
            papers |= own << start
        return papers

    def votes(self, number: int) -> int:
        """Return a paper's votes."""
        place = self._month_of(number)
        return self._months[place].votes(number - self._starts[place])

    def card(self, number: int) -> ResultCard:
        """Return what a result shows of a paper."""
        place = self._month_of(number)
        return self._card(place, number - self._starts[place])

    def texts(self, number: int) -> tuple[str, str]:
        """Return a paper's title and abstract in plain text."""
        card = self.card(number)
        return card.title, card.abstract

    def _month_of(self, number: int) -> int:
        return bisect_right(self._starts, number) - 1

    def spellings(self, name: str) -> Sequence[tuple[str, int]]:
        """Return the written forms of a list (spelling.py), with the bit length of their counts."""
        return self._spellings.get(name, [])

    @cached_property
    def _spellings(self) -> dict[str, list[tuple[str, int]]]:
        """Written forms by their list: those of the closed months together, and of the open one,
        as they are published."""
        codes: dict[str, int] = {}
        for months in (self._months[:-1], self._months[-1:]):
            written = written_words(
                (month.forms for month in months), (month.names for month in months)
            )
            for form, times in written.items():
                codes[form] = max(times.bit_length(), codes.get(form, 0))
        lists: dict[str, list[tuple[str, int]]] = {}
        for form, code in codes.items():
            lists.setdefault(list_of(form), []).append((form, code))
            if code >= COMMON:
                lists.setdefault(COMMON_WORDS, []).append((form, code))
        return lists
