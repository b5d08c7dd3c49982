"""The days that values of records name."""

from __future__ import annotations

import pytest

from broadsheet.listings.given_days import completed, day


@pytest.mark.parametrize("value", [1767571200, "1767571200", 1767571200.5, 1767571200000])
def test_seconds_and_milliseconds_are_a_moments(value: object) -> None:
    assert day(value) == "2026-01-05"


@pytest.mark.parametrize("value", [float("inf"), float("nan"), True, -1, 10**15, [], {}])
def test_other_numbers_are_no_day(value: object) -> None:
    assert day(value) is None


def test_a_year_is_completed_by_what_stands_beside_it() -> None:
    assert completed("2026", ["January"]) == "2026-01"
    assert completed("2026", ["1", "5"]) == "2026-01-05"
    assert completed("2026", ["Jan 5"]) == "2026-01-05"
    assert completed("2026", ["Spring"]) == "2026"
    assert completed("2026", []) == "2026"
