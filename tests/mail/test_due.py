from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.mail import due


def test_the_first_run_sends_the_newest_only() -> None:
    assert due("daily", ["2025-08-05", "2025-08-06"], set()) == ["2025-08-06"]
    assert due("daily", [], set()) == []


def test_missed_days_and_a_day_that_comes_late_are_sent_oldest_first() -> None:
    keys = [f"2025-08-{n:02d}" for n in range(1, 9)]
    assert due("daily", keys, {"2025-08-04", "2025-08-06"}) == [
        "2025-08-05", "2025-08-07", "2025-08-08"]  # fmt: skip


def test_a_long_pause_is_not_made_up_for_whole() -> None:
    keys = [f"2025-08-{n:02d}" for n in range(1, 29)]
    assert due("daily", keys, {"2025-08-02"}) == keys[-7:]
    weeks = [f"2025-W{n:02d}" for n in range(1, 20)]
    assert due("weekly", weeks, {"2025-W01"}) == weeks[-3:]


@given(st.lists(st.lists(st.integers(1, 28), max_size=3), max_size=20))
def test_no_issue_is_begun_twice(runs: list[list[int]]) -> None:
    keys: set[str] = set()
    opened: list[str] = []
    for days in runs:
        keys |= {f"2025-08-{n:02d}" for n in days}
        opened += due("daily", sorted(keys), set(opened))
    assert len(opened) == len(set(opened))
