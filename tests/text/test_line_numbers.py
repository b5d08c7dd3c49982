"""The lines of places in a text."""

from __future__ import annotations

from broadsheet.text.line_numbers import LineNumbers


def test_each_place_has_its_line() -> None:
    text = "a\n\nbc\r\nd"
    lines = LineNumbers(text, 10)
    assert [lines.at(place) for place in range(len(text) + 1)] == [
        10 + text.count("\n", 0, place) for place in range(len(text) + 1)
    ]
