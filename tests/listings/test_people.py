"""Authors' names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings.people import natural_order, plain_name, split_authors


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        (r"Jos\'e~Garc\'{\i}a", "José García"),
        (r"Erd{\H o}s", "Erdős"),
        (r"\O{}rsted", "Ørsted"),
        ("O'Neil", "O'Neil"),
        ("{van der} Waals", "van der Waals"),
    ],
)
def test_names_without_tex(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_lists_of_authors() -> None:
    assert split_authors("A. Bee (1), C Dee and E. Eff (2 (b)) ((1) X, (2) Y)") == (
        "A. Bee",
        "C Dee",
        "E. Eff",
    )
    assert natural_order("Doe, Jr., Jane") == "Jane Doe Jr."
    assert natural_order("Jane Doe") == "Jane Doe"


@given(st.text(alphabet="ab ,()\\'\"{}~and", max_size=40))
def test_names_are_in_one_line_and_none_is_empty(text: str) -> None:
    for name in split_authors(text):
        assert name
        assert name == " ".join(name.split())
        assert not set("{}") & set(name)
    natural_order(text)
