"""Days as listings write them, and the day that a listing is of."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content.pages.fields import fitting
from broadsheet.errors import ListingError
from broadsheet.listings import Listing, ListingName, resolve_date
from broadsheet.listings.fields.dates import (
    DateHeading,
    read_heading,
    read_iso,
    read_moment,
    read_published,
    read_stamp,
)

from ..samples import outcome

DAY = date(2025, 8, 7)


def listing(**about: object) -> Listing:
    return Listing(format="text", entries=(), **about)  # type: ignore[arg-type]


def error(about: Listing, name: ListingName, given: date | None = None) -> str:
    with pytest.raises(ListingError) as caught:
        resolve_date(about, name, given, "seed.txt")
    return str(caught.value)


def test_the_year_comes_from_the_files_name() -> None:
    headed = listing(heading=(8, 7), heading_line=11)
    assert resolve_date(headed, ListingName(date=DAY), None, "seed.txt") == DAY


def test_the_files_name_comes_before_the_given_day() -> None:
    headed = listing(heading=(8, 7), heading_line=11)
    assert resolve_date(headed, ListingName(date=DAY), date(2020, 1, 1), "seed.txt") == DAY


def test_else_the_year_comes_from_the_given_day() -> None:
    assert resolve_date(listing(heading=(8, 7)), ListingName(), DAY, "seed.txt") == DAY
    assert resolve_date(listing(), ListingName(), DAY, "seed.txt") == DAY


def test_a_listing_that_names_its_day_whole_needs_no_more() -> None:
    assert resolve_date(listing(date=DAY), ListingName(), None, "seed.txt") == DAY


def test_no_year_is_an_error_that_says_how_to_give_one() -> None:
    message = error(listing(heading=(8, 7), heading_line=11), ListingName())
    assert message.startswith('seed.txt:11: the heading "Aug 7" has no year')
    assert "--date" in message
    assert "--date" in error(listing(captured=datetime(2025, 8, 7, tzinfo=UTC)), ListingName())


@pytest.mark.parametrize("day", [date(2025, 8, 8), date(2025, 7, 8), date(2024, 12, 31)])
def test_a_heading_that_contradicts_the_name_is_an_error(day: date) -> None:
    message = error(listing(heading=(8, 7), heading_line=11), ListingName(date=day))
    assert message.startswith('seed.txt:11: the heading says "Aug 7"')
    assert str(day) in message
    assert "expected the same" in message


def test_a_whole_date_that_contradicts_the_name_or_the_given_day_is_an_error() -> None:
    assert "2025-08-07" in error(listing(date=DAY), ListingName(date=date(2024, 8, 7)))
    assert "--date says 2024-08-07" in error(listing(date=DAY), ListingName(), date(2024, 8, 7))


def test_february_29_fits_leap_years_only() -> None:
    leap = listing(heading=(2, 29), heading_line=3)
    assert resolve_date(leap, ListingName(date=date(2024, 2, 29)), None, "f") == date(2024, 2, 29)
    assert "2025 has no Feb 29" in error(leap, ListingName(date=date(2025, 3, 1)))
    assert "2025 has no Feb 29" in error(leap, ListingName(), date(2025, 2, 28))


def test_a_week_takes_any_of_its_days_over_the_turn_of_the_year() -> None:
    week = listing(heading=(12, 29), heading_line=3, period="week")
    for day in (date(2025, 12, 29), date(2026, 1, 4)):
        assert resolve_date(week, ListingName(date=day), None, "f") == day
    assert "Dec 29" in error(week, ListingName(date=date(2026, 1, 5)))


def test_a_month_takes_any_of_its_days() -> None:
    month = listing(date=date(2025, 8, 1), period="month")
    assert resolve_date(month, ListingName(date=date(2025, 8, 31)), None, "f") == date(2025, 8, 31)
    assert "2025-09-01" in error(month, ListingName(date=date(2025, 9, 1)))


@pytest.mark.parametrize(
    "text",
    ["", "Augustus 7", "Aug", "7", "On Aug 7", "Marching 7", "May the 4th", "x" * 1000, "Aug 7 8"],
)
def test_what_is_no_heading(text: str) -> None:
    assert read_heading(text) is None


@pytest.mark.parametrize("text", ["Feb 30", "Aug 32", "Aug 0", "Feb 29, 2025", "2025-13-01"])
def test_what_has_a_days_shape_and_is_none_is_an_error(text: str) -> None:
    with pytest.raises(ListingError, match="not a day of the calendar"):
        read_heading(text)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_each_writing(day: date) -> None:
    month = day.strftime("%B")
    for text in (
        day.isoformat(),
        f"{month[:3]} {day.day}, {day.year}",
        f"{month} {day.day} {day.year}",
        f"{day:%a}, {day.day} {month[:3]} {day.year}",
    ):
        heading = read_heading(text)
        assert heading is not None
        assert heading.date() == day


@given(st.text(max_size=80))
def test_reading_dates_never_fails_otherwise(text: str) -> None:
    read_iso(text)
    read_moment(text)
    found = outcome(read_heading, text)
    assert found is None or isinstance(found, DateHeading) or "expected" in found.message


def test_moments_are_in_utc() -> None:
    for text in (
        "Fri, 17 Mar 23 00:31:14 GMT",
        "2023-03-17T00:31:14Z",
        "Thu, 16 Mar 2023 20:31:14 -0400",
    ):
        assert read_moment(text) == datetime(2023, 3, 17, 0, 31, 14, tzinfo=UTC)
    assert read_moment("yesterday") is None


def test_a_stamp_names_the_day_where_it_was_written() -> None:
    assert read_stamp("2023-03-16T20:31:14-04:00") == "2023-03-16"
    assert read_stamp("Thu, 16 Mar 2023 20:31:14 -0400") == "2023-03-16"
    assert read_stamp("16 Mar 2023") == "2023-03-16"
    assert read_stamp("Fri, 17 Mar 23 00:31:14 GMT") == "2023-03-17"
    assert [read_stamp(text) for text in ("", "March 2023", "99 Mar 2023")] == [None] * 3


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("2019-05-03T10:00:00Z", "2019-05-03"),
        ("2019-05", "2019-05"),
        ("2019", "2019"),
        (2019, "2019"),
        ("2019/5/3", "2019-05-03"),
        ("20190503", "2019-05-03"),
        ("2019-02-30", "2019-02"),
        ("2019-13", "2019"),
        ("3 May 2019", "2019-05-03"),
        ("May 3rd, 2019", "2019-05-03"),
        ("2019 May", "2019-05"),
        ("2019 Mar-Apr", "2019"),
        ("Spring 2019", "2019"),
        ("3.5.2019", "2019-05-03"),
        ("13/5/2019", "2019-05-13"),
        ("5/13/2019", "2019-05-13"),
        ("5/3/2019", "2019"),
        ("5/5/2019", "2019-05-05"),
        ("3-May-19", "2019-05-03"),
        ("Fri, 3 May 2019 08:00:00 GMT", "2019-05-03"),
        ("May 3, 2019 10:12 AM", "2019-05-03"),
        ("c. 2019", "2019"),
        ("soon", None),
        ("12", None),
        (None, None),
        (True, None),
    ],
)
def test_a_papers_date_as_far_as_it_is_given(text: object, published: str | None) -> None:
    assert read_published(text) == published


@given(st.text(max_size=80) | st.dates().map(str))
def test_a_papers_date_fits_its_page(text: str) -> None:
    found = read_published(text)
    assert found is None or fitting({"published": found}) == {"published": found}
