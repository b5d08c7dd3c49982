"""Records in TOML."""

from __future__ import annotations

import pytest

from broadsheet.errors import ListingError
from broadsheet.listings import parse

from .. import list_samples


def test_tables_of_an_array() -> None:
    listing = parse(list_samples.TOML.encode(), file="x")
    first, second = listing.entries
    assert listing.format == "toml"
    assert (first.title, first.authors) == ("Steering Kites", ("Ada Kite", "Bo Line"))
    assert (first.arxiv, first.published) == ("2601.00010", "2026-01-05")
    assert first.abstract == "Kites that stay aloft are of use."
    assert second.doi == "10.1000/b.1"


def test_what_stands_above_a_page() -> None:
    text = '+++\ntitle = "Kites"\narxiv = "2601.00001"\n+++\n\nWe fly.\n'
    (entry,) = parse(text.encode(), file="x").entries
    assert (entry.title, entry.arxiv, entry.abstract) == ("Kites", "2601.00001", "We fly.")


@pytest.mark.parametrize(
    "rest",
    ['title = "x', "a = " + "[" * 5_000, ".".join("a" * 900) + " = 1", 'title = "a"\ntitle = "b"'],
)
def test_broken_toml_is_refused(rest: str) -> None:
    with pytest.raises(ListingError, match="the TOML is broken"):
        parse(
            f'[[papers]]\ntitle = "Kites"\nyear = 2026\n\n[[papers]]\n{rest}\n'.encode(), file="x"
        )
