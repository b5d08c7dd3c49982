"""How close titles, names and abstracts are to what is typed."""

from __future__ import annotations

import pytest

from broadsheet.search.query.closeness import closeness, folded, is_by, is_near


@pytest.mark.parametrize(
    ("typed", "title", "authors", "close"),
    [
        ("baskets, are all you need!", "Baskets are all you need", (), 0),
        ("tau bench", "τ-Bench", (), 0),
        ("shadows of birds", "Shadows of birds: a guide", (), 1),
        ("a guide", "Shadows of birds: a guide", (), 1),
        ("SAM2", "SAM 2: sorting apples", (), 1),
        ("6dof", "A 6-DoF pose", (), 2),
        ("am 2", "SAM 2: sorting apples", (), 3),
        ("of birds", "Shadows of birds: a guide", (), 2),
        ("lovelace, ada", "Kites", ("Wei Lin", "Ada Lovelace"), 2),
        ("A. Lovelace", "Kites", ("Ada King Lovelace",), 2),
        ("lovelace b", "Kites", ("Ada Lovelace",), 3),
        ("l. lovelace", "Kites", ("Ada Lovelace",), 3),
        ("nicolo", "Kites", ("Nicolò",), 2),
        ("birds of shadows", "Shadows of birds", (), 3),
        ("", "Kites", (), 3),
    ],
)
def test_closeness(typed: str, title: str, authors: tuple[str, ...], close: int) -> None:
    assert closeness(typed, title, authors) == close


def test_words_are_near_as_a_phrase_or_a_compound() -> None:
    assert is_near("kites fly", (), ("Here kites fly.",))
    assert not is_near("kites fly", (), ("Kites don't fly.",))
    assert is_near("text-to-image kites", ("text-to-image",), ("Kites", "A text to image map"))
    assert not is_near("text-to-image kites", ("text-to-image",), ("Kites", "An image of text"))


def test_folded_words() -> None:
    assert folded("L’Hôpital's π^3, (e.g.) C++!") == " lhopital pi3 eg c++ "
    assert folded("— !") == ""


def test_a_reference_begins_with_its_first_author() -> None:
    assert is_by("(Müller 2024", ("Ada Muller", "Wei Lin"))
    assert not is_by("Lin 2024", ("Ada Lovelace", "Wei Lin"))
    assert not is_by("", ("—",))
    assert not is_by("Lin", ())
