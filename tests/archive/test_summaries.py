"""Summaries of months: what is settled of a topic or a tag while its month is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.archive import summaries
from broadsheet.archive.model import Day, Month, PublishedPaper
from broadsheet.archive.summaries import TermSummary, summarise
from broadsheet.papers import Paper


def summary_of(counts: Sequence[int]) -> TermSummary:
    """The tag of a month whose days have so many papers with it."""
    days = []
    for number, count in enumerate(counts, start=1):
        when = date(2025, 8, number)
        papers = tuple(
            PublishedPaper(
                paper=Paper(id=f"{number}-{one}", title="A title", tags=("sgd",)),
                date=when, topic="vision", path="x.md", line=1,
            )
            for one in range(count)
        )  # fmt: skip
        days.append(Day(date=when, papers=papers, fingerprint=f"{number}"))
    return summarise(Month(key="2025-08", days=tuple(days))).term("tag", "sgd")


@given(st.lists(st.integers(0, 40), min_size=1, max_size=20).filter(any))
def test_few_papers_stand_after_what_is_settled_and_it_changes_by_steps(
    counts: list[int],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summaries, "FEW", 50)
        now = summary_of(counts)
        days = int(now.settled.iso[-2:])
        assert now.settled.count == sum(counts[:days]) > 0
        assert now.count - now.settled.count < summaries.STEP
        assert now.settled == summary_of(counts[:days]).settled
        more = summary_of([*counts, 1])
        if sum(counts) + 1 > 50 and now.count + 1 - now.settled.count < summaries.STEP:
            assert more.settled == now.settled
        else:
            assert more.settled.count == more.count


def test_months_of_few_papers_are_settled_at_once() -> None:
    assert summary_of([1, 1, 3]).settled.count == 5


def test_of_few_papers_those_of_a_busy_day_are_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "MANY", 3)
    assert summary_of([1, 2]).settled.count == 3
    assert summary_of([1, 3]).settled.count == 1
    assert summary_of([1, 3, 1]).settled.count == 5
