"""Days and months in other languages than English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings.fields.dates import read_published
from broadsheet.listings.fields.month_words import day_in, month_of, western_digits


@pytest.mark.parametrize(
    "text",
    [
        "15. Januar 2026",
        "15 janvier 2026",
        "15 de enero de 2026",
        "15 de janeiro de 2026",
        "15 gennaio 2026",
        "15 stycznia 2026",
        "15 января 2026",
        "15 يناير 2026",
        "2026年1月15日",
        "2026년 1월 15일",
        "２０２６年１月１５日",
    ],
)
def test_a_day_is_read_in_other_languages(text: str) -> None:
    assert read_published(text) == "2026-01-15"
    parts = day_in(f"Lesekreis, {text}: Teig")
    assert parts is not None
    assert (parts[0], parts[1], parts[2]) == ("2026", 1, "15")


def test_a_month_or_a_year_alone() -> None:
    assert read_published("2026年1月") == "2026-01"
    assert read_published("2026年") == "2026"
    assert read_published("März 2026") == "2026-03"
    assert day_in("März 2026") is None


def test_words_that_are_no_months() -> None:
    assert month_of("Kite") is None
    assert day_in("15. Teig 2026") is None
    assert read_published("15 Teig 2026") == "2026"


@given(st.text(max_size=60))
def test_digits_keep_a_texts_length(text: str) -> None:
    assert len(western_digits(text)) == len(text)
