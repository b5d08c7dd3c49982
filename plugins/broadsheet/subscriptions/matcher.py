"""Subscriptions on the site: which papers each matches, its page, its feeds and its twins.

What a query matches in a month is kept, so that a new day is matched against the open month only,
and a new subscription against all. Like every feed, a subscription's page and feeds show the newest
month that has matches and the one before; the search page shows all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from ..archive.archive import Archive
from ..archive.model import Placed
from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..render.labels import Labels
from ..search.matching import matches, numbers
from ..search.month_index import MonthIndex
from ..search.query import Query
from ..text.plain import plain

MOST = 30  # ... however many these brought


@dataclass(frozen=True, slots=True)
class MatchedPapers:
    """What a query matches in a month: how many papers, the newest ones' numbers in the month, and
    a hash of both and of these papers."""

    count: int
    digest: str
    newest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What a query matches in several months: how many papers, and the last two months that have
    some, oldest first."""

    count: int = 0
    last: tuple[tuple[str, MatchedPapers], ...] = ()

    def and_in(self, key: str, found: MatchedPapers) -> Total:
        """This, and what it matches in a later month."""
        if not found.count:
            return self
        return Total(self.count + found.count, (*self.last[-1:], (key, found)))


class Matcher:
    """Matches queries month by month. `statistics` gives a month's search statistics."""

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
        self._kept = kept
        self.papers = lru_cache(maxsize=3)(self._flat)
        """A month's papers by their numbers."""
        self._common = fingerprint(
            code,
            [(one.slug, one.name) for one in names.vocabulary.topics],
            [(one.slug, one.name) for one in names.vocabulary.tags],
        )

    def totals(self, keys: Sequence[str], queries: Mapping[str, Query]) -> dict[str, Total]:
        """What some queries, by their hashes, match in some months, oldest first.

        The months before the last are kept together, so that a new day need not look at each.
        """
        if not keys or not queries:
            return dict.fromkeys(queries, Total())
        *closed, newest = keys
        stamp = fingerprint(
            self._common,
            [(key, self._archive.months[key].digest) for key in closed],
            sorted(queries),
        )
        made = self._kept.read("closed.matches", stamp, dict[str, Total])
        if made is None or not self._is_whole(made, closed, queries):
            made = dict.fromkeys(queries, Total())
            for key in closed:
                found = self.found(key, queries)
                made = {one: made[one].and_in(key, found[one]) for one in queries}
            self._kept.write("closed.matches", stamp, made)
        found = self.found(newest, queries)
        return {one: made[one].and_in(newest, found[one]) for one in queries}

    def found(self, key: str, queries: Mapping[str, Query]) -> dict[str, MatchedPapers]:
        """What some queries, by their hashes, match in a month."""
        stamp = fingerprint(self._archive.months[key].digest, self._common)
        known = self._kept.read(f"{key}.matches", stamp, dict[str, MatchedPapers]) or {}
        known = {one: found for one, found in known.items() if self._is_in(key, found)}
        missing = queries.keys() - known.keys()
        if missing:
            index = self.index(key)
            rows = self._rows(key)
            for one in missing:
                known[one] = _summed(matches(queries[one], index), rows)
            self._kept.write(f"{key}.matches", stamp, {one: known[one] for one in sorted(queries)})
        return known

    def _is_in(self, key: str, found: MatchedPapers) -> bool:
        """Return whether cached matches are of papers that a month has."""
        count = self._archive.months[key].count
        return found.count <= count and all(0 <= number < count for number in found.newest)

    def _is_whole(
        self, totals: Mapping[str, Total], keys: Sequence[str], queries: Mapping[str, Query]
    ) -> bool:
        """Return whether cached totals are of these queries in these months."""
        return totals.keys() == queries.keys() and all(
            key in keys and self._is_in(key, found)
            for total in totals.values()
            for key, found in total.last
        )

    def index(self, key: str) -> MonthIndex:
        """A month as an index."""
        return MonthIndex(
            self._statistics(key), self._days(key), partial(self._texts, key),
            partial(self._votes, key),
        )  # fmt: skip

    def _flat(self, key: str) -> list[Placed]:
        return [one for day in self._archive.month(key).days for one in day.papers]

    def _rows(self, key: str) -> list[str]:
        """A hash of each of a month's papers."""
        return [fingerprint(one.paper, one.date, one.topic) for one in self.papers(key)]

    def _days(self, key: str) -> list[tuple[date, int]]:
        return [(date.fromisoformat(day.iso), day.count) for day in self._archive.months[key].days]

    def _texts(self, key: str, number: int) -> tuple[str, str]:
        paper = self.papers(key)[number].paper
        return plain(paper.title), plain(paper.abstract)

    def _votes(self, key: str, number: int) -> int:
        return self.papers(key)[number].paper.upvotes or 0


def _summed(bits: int, rows: Sequence[str]) -> MatchedPapers:
    newest = tuple(numbers(bits))[-MOST:]
    count = bits.bit_count()
    return MatchedPapers(count, fingerprint(count, [rows[number] for number in newest]), newest)
