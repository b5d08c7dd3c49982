"""Lines that fit."""

from __future__ import annotations

import pytest

from broadsheet.cards.lines import broken


def _lines(text: str, room: float = 10, most: int = 3) -> list[str]:
    return [" ".join(words) for words in broken(text, len, room, most)]


def test_words_fill_lines() -> None:
    assert _lines("one two three four") == ["one two", "three four"]
    assert _lines("exactly te") == ["exactly te"]


def test_what_is_left_out_is_told_at_a_word() -> None:
    assert _lines("one two three four five six seven") == ["one two", "three four", "five six…"]
    assert _lines("one two three four, five", most=2) == ["one two", "three…"]
    assert _lines("aaaaaaaa bbbbbbbb, c", most=2) == ["aaaaaaaa", "bbbbbbbb…"]


def test_where_there_is_no_line_there_are_no_words() -> None:
    assert broken("a b c", len, 10, 0) == []


def test_a_word_wider_than_a_line_goes_on_in_the_next() -> None:
    assert _lines("a" * 25) == ["a" * 10, "a" * 10, "a" * 5]
    assert _lines("a" * 45) == ["a" * 10, "a" * 10, "a" * 9 + "…"]
    assert _lines("so " + "a" * 12 + " on") == ["so", "a" * 10, "aa on"]


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_is_an_empty_line(text: str) -> None:
    assert broken(text, len, 10, 3) == [[]]
