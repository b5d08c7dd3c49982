"""Tables whose columns are aligned by spaces."""

from __future__ import annotations

from broadsheet.listings import parse
from broadsheet.listings.lists import aligned
from tests.growth import assert_linear

TABLE = (
    "Plan of the reading group\n\n"
    "Date     Who          Title                     Paper\n"
    "5 Jan    Ada Kite     Flying at Night           https://arxiv.org/abs/2601.00001\n"
    "12 Jan   Bo Line      Reels, and Their Lines    https://arxiv.org/abs/2601.00002\n"
)


def test_columns_are_read_by_their_names() -> None:
    listing = parse(TABLE.encode(), file="2026-01-05.x.txt")
    assert [(entry.title, entry.arxiv) for entry in listing.entries] == [
        ("Flying at Night", "2601.00001"),
        ("Reels, and Their Lines", "2601.00002"),
    ]
    assert any('"Who"' in one for one in listing.notices)


def test_a_text_with_wide_spaces_is_no_table() -> None:
    assert aligned.table("Title  Paper\n\nKites  are  high.\n") is None
    assert_linear(aligned.table, lambda n: "Title  Paper\n\n" * n, 500)
