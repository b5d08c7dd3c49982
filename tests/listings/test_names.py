"""What a listing's file name says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ListingError
from broadsheet.listings import ListingName, parse_name

from .samples import outcome


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("2025-08-07.huggingface.txt", ListingName(date=date(2025, 8, 7), source="huggingface")),
        ("2025-12-01.json", ListingName(date=date(2025, 12, 1))),
        ("2025-12-01", ListingName(date=date(2025, 12, 1))),
        (
            "seeds/2026-01-05.arxiv.cs.LG.20260105T013000Z.xml",
            ListingName(
                date=date(2026, 1, 5),
                source="arxiv",
                category="cs.LG",
                time=datetime(2026, 1, 5, 1, 30, tzinfo=UTC),
            ),
        ),
        (
            "2026-01-05.huggingface.20260105T013000Z.json",
            ListingName(
                date=date(2026, 1, 5),
                source="huggingface",
                time=datetime(2026, 1, 5, 1, 30, tzinfo=UTC),
            ),
        ),
        (
            "2026-01-05.arxiv.math.txt",
            ListingName(date=date(2026, 1, 5), source="arxiv", category="math"),
        ),
        ("2024-02-29.x.csv", ListingName(date=date(2024, 2, 29), source="x")),
        ("page.txt", ListingName()),
        ("000_6f35.txt", ListingName()),
        ("", ListingName()),
        ("papers.2025-08-07.txt", ListingName()),
    ],
)
def test_names(filename: str, name: ListingName) -> None:
    assert parse_name(filename) == name


@pytest.mark.parametrize(
    ("filename", "found"),
    [
        ("2025-02-29.huggingface.txt", "2025-02-29"),
        ("2025-13-01.huggingface.txt", "2025-13-01"),
        ("2025-8-7.huggingface.txt", "2025-8-7"),
        ("0000-01-01.txt", "0000-01-01"),
        ("2025-08-07.arxiv.cs.LG.20260199T013000Z.xml", "20260199T013000Z"),
    ],
)
def test_what_has_a_dates_shape_and_is_none_is_an_error(filename: str, found: str) -> None:
    with pytest.raises(ListingError) as caught:
        parse_name(filename)
    assert found in str(caught.value)
    assert "expected" in str(caught.value)
    assert caught.value.file == filename


@given(st.text(max_size=60))
def test_no_other_name_raises_anything_else(filename: str) -> None:
    found = outcome(parse_name, filename)
    assert isinstance(found, ListingName) or "expected" in str(found)
