"""The days that values of records name."""

from __future__ import annotations

import pytest

from broadsheet.listings import parse
from broadsheet.listings.fields.given_days import completed, day


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


@pytest.mark.parametrize(
    ("days", "published"),
    [
        (("5/13/2026", "5/3/2026"), ("2026-05-13", "2026-05-03")),
        (("13/5/2026", "5/3/2026"), ("2026-05-13", "2026-03-05")),
        (("4/5/2026", "5/3/2026"), ("2026", "2026")),
        (("13/5/2026", "5/13/2026"), ("2026-05-13", "2026-05-13")),
    ],
)
def test_one_row_tells_which_number_is_the_day_of_all(
    days: tuple[str, str], published: tuple[str, str]
) -> None:
    rows = "".join(f"Kites {n},10.1000/{n},{on}\n" for n, on in enumerate(days))
    listing = parse(f"title,doi,date\n{rows}".encode(), file="x")
    assert tuple(entry.published for entry in listing.entries) == published
    assert bool(listing.notices) == ("2026" in published)


def test_of_several_days_the_record_s_own_and_those_with_a_clock_come_last() -> None:
    updated = {"date": "2026-03-01", "dateType": "Updated"}
    assert day([updated, {"date": "2026-01-05", "dateType": "Issued"}]) == "2026-01-05"
    assert day(["2026-01-03T08:00:00Z", "2025-10"]) == "2025-10"
