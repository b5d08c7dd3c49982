"""Which papers subscriptions' queries match, month by month.

A query's matches in a month are kept in the cache, so that a new day is matched against the open
month only, and a new subscription against all months, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from ..archive.archive import Archive
from ..archive.model import PublishedPaper
from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..render.labels import Labels
from ..search.index.inverted_index import InvertedIndex
from ..search.query.language import Query
from ..search.query.matching import matches, numbers
from ..text.plain import plain

MOST = 30
"""The most matches in a month whose numbers are kept: the newest ones, which pages and feeds
show."""


@dataclass(frozen=True, slots=True)
class MatchedPapers:
    """A query's matches in a month: the number of papers, a fingerprint of it and of the newest
    ones, and the newest ones' numbers in the month."""

    count: int
    fingerprint: str
    newest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A query's matches in several months: the number of papers, and the last two months that have
    matches, oldest first."""

    count: int = 0
    last: tuple[tuple[str, MatchedPapers], ...] = ()

    def and_in(self, key: str, matched: MatchedPapers) -> Total:
        """Return this total with the matches of a later month."""
        if not matched.count:
            return self
        return Total(self.count + matched.count, (*self.last[-1:], (key, matched)))


class Matcher:
    """Matches queries month by month. `statistics` returns a month's packed term statistics, `kept`
    is the store of matches, `code` a fingerprint of Broadsheet's own code."""

    def __init__(
        self,
        archive: Archive,
        names: Labels,
        statistics: Callable[[str], bytes],
        kept: Store,
        code: str,
    ) -> None:
        self._archive = archive
        self._statistics = statistics
        self._store = kept
        self.papers = lru_cache(maxsize=3)(self._flat)
        """Returns a month's papers in the order of their numbers."""
        self._common = fingerprint(
            code,
            [(one.slug, one.name) for one in names.vocabulary.topics],
            [(one.slug, one.name) for one in names.vocabulary.tags],
        )

    def totals(self, keys: Sequence[str], queries: Mapping[str, Query]) -> dict[str, Total]:
        """Return the totals of queries, by their fingerprints, in some months, oldest first.

        The totals of all months before the last are kept as one value, so that a new day reads no
        older month.
        """
        if not keys or not queries:
            return dict.fromkeys(queries, Total())
        *closed, newest = keys
        stamp = fingerprint(
            self._common,
            [(key, self._archive.months[key].fingerprint) for key in closed],
            sorted(queries),
        )
        totals = self._store.read("closed.matches", stamp, dict[str, Total])
        if totals is None or not self._are_of(totals, closed, queries):
            totals = dict.fromkeys(queries, Total())
            for key in closed:
                matched = self.matched(key, queries)
                totals = {name: totals[name].and_in(key, matched[name]) for name in queries}
            self._store.write("closed.matches", stamp, totals)
        matched = self.matched(newest, queries)
        return {name: totals[name].and_in(newest, matched[name]) for name in queries}

    def matched(self, key: str, queries: Mapping[str, Query]) -> dict[str, MatchedPapers]:
        """Return the matches of queries, by their fingerprints, in a month."""
        stamp = fingerprint(self._archive.months[key].fingerprint, self._common)
        cached = self._store.read(f"{key}.matches", stamp, dict[str, MatchedPapers]) or {}
        known = {name: matched for name, matched in cached.items() if self._is_in(key, matched)}
        missing = queries.keys() - known.keys()
        if missing:
            index = self.index(key)
            rows = self._rows(key)
            for name in missing:
                known[name] = _summed(matches(queries[name], index), rows)
            matched = {name: known[name] for name in sorted(queries)}
            self._store.write(f"{key}.matches", stamp, matched)
        return known

    def _is_in(self, key: str, matched: MatchedPapers) -> bool:
        """Return whether cached matches are of papers that a month has."""
        count = self._archive.months[key].count
        return matched.count <= count and all(0 <= number < count for number in matched.newest)

    def _are_of(
        self, totals: Mapping[str, Total], keys: Sequence[str], queries: Mapping[str, Query]
    ) -> bool:
        """Return whether cached totals are of these queries in these months."""
        return totals.keys() == queries.keys() and all(
            key in keys and self._is_in(key, matched)
            for total in totals.values()
            for key, matched in total.last
        )

    def index(self, key: str) -> InvertedIndex:
        """Return a month as an index."""
        return InvertedIndex(self._statistics(key), self._days(key), partial(self._texts, key))

    def _flat(self, key: str) -> list[PublishedPaper]:
        return [placed for day in self._archive.month(key).days for placed in day.papers]

    def _rows(self, key: str) -> list[str]:
        """Return a fingerprint of each of a month's papers."""
        return [fingerprint(placed.paper, placed.date, placed.topic) for placed in self.papers(key)]

    def _days(self, key: str) -> list[tuple[date, int]]:
        return [(date.fromisoformat(day.iso), day.count) for day in self._archive.months[key].days]

    def _texts(self, key: str, number: int) -> tuple[str, str]:
        paper = self.papers(key)[number].paper
        return plain(paper.title), plain(paper.abstract)


def _summed(papers: int, rows: Sequence[str]) -> MatchedPapers:
    """Return the matches, given the matching papers as a bitmap and all papers' fingerprints."""
    newest = tuple(numbers(papers))[-MOST:]
    count = papers.bit_count()
    return MatchedPapers(count, fingerprint(count, [rows[number] for number in newest]), newest)
