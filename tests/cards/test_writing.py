"""Text on a sheet."""

from __future__ import annotations

import pytest

from broadsheet.cards import typefaces
from broadsheet.cards.sheet import STRIDE, Sheet
from broadsheet.cards.writing import INK, Writing


def _pixels(writing: Writing, text: str, left: int = 80) -> list[bytes]:
    """The rows of a text in one line, a byte a pixel."""
    sheet = Sheet(writing.height)
    writing.draw(writing.lines(text, 1), sheet, left, 0)
    whole = bytes(half for byte in sheet.rows for half in divmod(byte, 16))
    width = 2 * STRIDE
    return [whole[at + 2 : at + width] for at in range(0, len(whole), width)]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Writing:
    """A writing in large letters, on a machine without fonts."""
    monkeypatch.setattr(typefaces, "_having", dict)
    return Writing(58, 78, 60, 1040)


def test_letters_are_of_ink_and_its_edges_alone(large: Writing) -> None:
    assert set(b"".join(_pixels(large, "(f) \u201cVoilà\u201d fjord: A-b/c"))) == set(
        range(INK + 1)
    )
    other = Writing(32, 46, 34, 1040, colour=INK + 8)
    assert set(b"".join(_pixels(other, "Topic"))) == {0, *range(9, INK + 9)}


@pytest.mark.parametrize("word", ["Text-to-Image", "{f}", "j", "(fjord)", "A/B_c\u2026"])
def test_a_word_of_parts_has_the_ink_of_its_letters(large: Writing, word: str) -> None:
    """No part covers another: in ink nothing is lost but where letters touch."""
    drawn = sum(map(sum, _pixels(large, word)))
    apart = sum(sum(map(sum, _pixels(large, char))) for char in word)
    assert 0.97 * apart <= drawn <= apart


def test_small_letters_begin_at_any_pixel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "_having", dict)
    small = Writing(30, 46, 36, 1040)
    drawn = {}
    for before in ("i", "m", "l", "w", "t"):
        rows = _pixels(small, f"{before} X")
        columns = [at for at in range(len(rows[0])) if any(row[at] for row in rows)]
        drawn[before] = columns[-1] % 2
    assert set(drawn.values()) == {0, 1}
