"""How long to wait before asking again."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetch.retry import back_off, retry_after

NOW = datetime(2025, 12, 1, 8, 0, tzinfo=UTC)


def test_waits_double_up_to_a_bound():
    assert [back_off(n, 2, 30) for n in range(1, 7)] == [2, 4, 8, 16, 30, 30]
    assert back_off(10**9, 2, 30) == 30


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Mon, 01 Dec 2025 08:02:00 GMT", 120),
        ("Monday, 01-Dec-25 08:02:00 GMT", 120),
        ("Mon, 01 Dec 2025 07:00:00 GMT", 0),
        ("9" * 40, 1e9),
    ],
)
def test_both_forms_of_retry_after_are_read(value, seconds):
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "1.5", "٣", "32 Foo 99999"])
def test_what_cannot_be_read_asks_for_nothing(value):
    assert retry_after(value, NOW) is None


@given(st.integers(0, 10**6))
def test_a_date_asks_for_what_is_left_until_then(seconds):
    moment = NOW + timedelta(seconds=seconds)
    assert retry_after(format_datetime(moment, usegmt=True), NOW) == seconds


@given(st.text(max_size=150))
def test_any_header_is_read_or_passed_over(value):
    wait = retry_after(value, NOW)
    assert wait is None or wait >= 0
