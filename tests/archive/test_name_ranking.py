"""The names with most papers, as papers come and go."""

from __future__ import annotations

import random

import pytest

from broadsheet.archive import name_ranking
from broadsheet.archive.name_ranking import Ranking, rankings
from broadsheet.archive.name_use import NameUse


def _use(total: int) -> NameUse:
    return NameUse("A", " ".join(f"2025-01-{day:02}:0:x" for day in range(1, total + 1)))


def test_a_ranking_is_that_of_all_names_as_long_as_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(name_ranking, "TOP", 3)
    monkeypatch.setattr(name_ranking, "_KEPT", 6)
    chance = random.Random(3)
    totals: dict[str, int] = {}
    ranked: dict[str, Ranking] = {}
    fell_short = 0
    for _ in range(300):
        key = f"author/{chance.randrange(12)}"
        totals[key] = max(0, totals.get(key, 0) + chance.choice([-3, -1, 1, 2]))
        ranked = rankings(ranked, {key: _use(totals[key]) if totals[key] else None})
        expected = sorted((-total, one) for one, total in totals.items() if total)[:3]
        if not ranked["author"].enough:
            fell_short += 1
            ranked = rankings({}, {one: _use(n) for one, n in totals.items() if n})
        assert [(-row[2], row[0]) for row in ranked["author"].top] == expected
    assert 0 < fell_short < 100
