"""Authors in several columns, or with nothing between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings import parse
from broadsheet.listings.fields.name_columns import unglued


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Zoé LineÉmile MüllerJ. McKite", "Zoé Line; Émile Müller; J. McKite"),
        ("Ada KiteBo Line", "Ada Kite; Bo Line"),
        ("Ian McDonald", "Ian McDonald"),
        (
            "Ian McDonaldJ. R. van der BergÉva Kovács",
            "Ian McDonald; J. R. van der Berg; Éva Kovács",
        ),
        ("Dörte O'NeillFei LiWei Wang", "Dörte O'Neill; Fei Li; Wei Wang"),
        ("JoAnn Poe", "JoAnn Poe"),
        ("Ada Kite, Bo LeCun", "Ada Kite, Bo LeCun"),
    ],
)
def test_names_meet_where_a_capital_follows_a_small_letter(text: str, names: str) -> None:
    assert unglued(text) == names


@given(st.text("ABab .é", max_size=60))
def test_nothing_of_the_names_is_lost(text: str) -> None:
    assert unglued(text).replace("; ", "") == text


def test_springers_table() -> None:
    header = "Item Title,Publication Title,Item DOI,Authors,Publication Year,Content Type\n"
    row = "Steering Kites,Wind,10.1007/s1,Ada KiteBo McLine,2026,Article\n"
    listing = parse((header + row).encode(), file="x")
    assert listing.entries[0].authors == ("Ada Kite", "Bo McLine")
    assert listing.entries[0].venue == "Wind"
    assert not listing.notices


def test_numbered_columns_are_one_list_in_their_order() -> None:
    table = (
        b"title,author 2,author 1,doi\n"
        b"Kites,Bo Line,Ada Kite,10.1000/k\nReels,,Cy Crumb,10.1000/r\n"
    )
    first, second = parse(table, file="x").entries
    assert (first.authors, second.authors) == (("Ada Kite", "Bo Line"), ("Cy Crumb",))
    halves = b"title,last1,first1,last2,first2,doi\nKites,Kite,Ada,Line,Bo,10.1000/k\n"
    assert parse(halves, file="x").entries[0].authors == ("Ada Kite", "Bo Line")
