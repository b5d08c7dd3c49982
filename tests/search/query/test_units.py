"""What plain words stand for: neighbours that were typed apart are one word too."""

from __future__ import annotations

import pytest

from broadsheet.search.query.units import MOST_JOINED, Unit, units_of


def joined(typed: str) -> list[set[str]]:
    """The terms of each unit's neighbours as one word."""
    return [
        {term for (word, *_) in unit.ways if word.joined for term in word.terms}
        for unit in units_of(typed.split(), joining=True)
    ]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("kite board", [{"kiteboard", "kiteboard "}] * 2),
        ("Kite, board.", [{"kiteboard", "kiteboard "}] * 2),
        ("rope 2 kite", [{"rope2kit", "rope2kit ", "ropetokit", "ropetokit "}] * 2),
        ("kite of board", [{"kiteofboard", "kiteofboard "}] * 2),
        ("of kite", [set()]),
        ("kite of", [set()]),
        ("kite kite board", [set(), set()]),
        ("kites", [set()]),
        ("20 25", [set(), set()]),
    ],
)
def test_neighbours_are_one_word_too(typed: str, terms: list[set[str]]) -> None:
    assert joined(typed) == terms


def test_three_neighbours_are_one_word_but_only_of_few_words() -> None:
    assert all("ropekiteboard" in terms for terms in joined("rope kite board"))
    assert joined(" ".join(f"w{chr(97 + n)}w" for n in range(MOST_JOINED + 1))) == [set()] * (
        MOST_JOINED + 1
    )


def test_what_is_not_asked_to_join_stays_apart() -> None:
    apart: tuple[Unit, ...] = units_of(["kite", "board"])
    assert [unit.ways for unit in apart] == [
        tuple(way for way in unit.ways if not way[0].joined)
        for unit in units_of(["kite", "board"], joining=True)
    ]
