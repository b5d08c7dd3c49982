"""What a card says."""

from __future__ import annotations

import pytest

from broadsheet.cards.card import SIZE, Card, drawable, size_of
from broadsheet.cards.painter import Painter


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One\n  line\tof\u00a0text", "One line of text"),
        ("Ve\u0301lo", "Vélo"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("left \u202eright\u202c \u2066here\u2069", "left right here"),
        ("soft\u00adly", "softly"),
        ("\u2764\ufe0f", "\u2764"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",) * 2,
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_a_text_is_one_composed_line_without_what_hides_or_turns(text: str, said: str) -> None:
    assert drawable(text) == said


def test_of_a_very_long_text_the_beginning_counts() -> None:
    assert len(drawable("word " * 100_000)) <= 400
    assert drawable("e" + "\u0301" * 100_000).startswith("é")


def test_a_pictures_size_is_read_of_pngs_alone() -> None:
    drawn = Painter().png(Card("Site", "", ""))
    assert size_of(drawn) == SIZE
    for other in (b"", drawn[:20], b"GIF89a" + drawn[6:], drawn[:12] + b"IDAT" + drawn[16:]):
        assert size_of(other) is None
