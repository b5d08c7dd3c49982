"""Which papers are in which generation of the search index."""

from __future__ import annotations

import pytest

from broadsheet.search.index.generations import generations

MONTHS = [("2025-01", 40), ("2025-02", 0), ("2025-03", 70), ("2025-04", 30)]
DAYS = [("2025-05-01", 6), ("2025-05-02", 0), ("2025-05-03", 5), ("2025-05-04", 3)]


@pytest.mark.parametrize(
    ("months", "days", "expected"),
    [
        (MONTHS, DAYS, ["base 110", "recent+ 41", "newest+ 3"]),
        (MONTHS, DAYS[:1], ["base 110", "recent 30", "newest+ 6"]),
        (MONTHS, DAYS[:3], ["base 110", "recent+ 41"]),
        (MONTHS[:3], DAYS[:1], ["base 110", "newest+ 6"]),
        (MONTHS[:2], DAYS[:1], ["recent 40", "newest+ 6"]),
        ([], DAYS, ["recent+ 11", "newest+ 3"]),
        ([("2025-01", 0)], DAYS[1:2], ["newest+ 0"]),
        ([], [], []),
    ],
)
def test_papers_go_from_the_newest_to_the_recent_and_to_the_base(
    months: list[tuple[str, int]], days: list[tuple[str, int]], expected: list[str]
) -> None:
    made = generations(months, days, newest=10, recent=100)
    told = [f"{one.name}{'+' * one.grows} {one.papers}" for one in made]
    assert told == expected
    units = [unit for one in made for unit in one.units]
    assert units == [name for name, papers in (*months, *days) if papers]


def test_a_day_changes_the_newest_alone_until_these_are_many() -> None:
    days = [(f"2025-05-{day:02}", 100) for day in range(1, 29)]
    before = generations([("2025-04", 50_000)], days[:1])
    remade = []
    for number in range(2, len(days) + 1):
        after = generations([("2025-04", 50_000)], days[:number])
        remade.append([one.name for one in after if one not in before])
        before = after
    assert remade.count(["newest"]) == 25
    assert remade.count(["recent"]) == 2
