"""Items that an editor filled to a width."""

from __future__ import annotations

from broadsheet.listings import parse
from broadsheet.listings.lists.wrapped import filled
from tests.growth import assert_linear

ITEMS = (
    " 1. Learning to Wait -- A Study of Forty Idle Kites Above the\n"
    "    Meadows of the North. A. Kite, B. Line. arXiv:2601.00001\n\n"
    ' 2. What Do Flyers Mean by "Soon"? Forecasts Made in Thirteen\n'
    "    Languages. C. Crumb. arXiv:2601.00002\n"
)


def test_wrapped_items_are_joined() -> None:
    assert [(e.title, e.authors) for e in parse(ITEMS.encode(), file="x").entries] == [
        (
            "Learning to Wait -- A Study of Forty Idle Kites Above the Meadows of the North",
            ("A. Kite", "B. Line"),
        ),
        ('What Do Flyers Mean by "Soon"? Forecasts Made in Thirteen Languages', ("C. Crumb",)),
    ]


def test_names_and_labelled_parts_are_lines_of_their_own() -> None:
    text = (
        "1. Kites that land softly on the water of the lakes up north\n   Ada Kite\n"
        "2. Reels\n   Authors: Bo Line\n"
    )
    assert filled(text) == text


def test_joining_is_linear() -> None:
    assert_linear(filled, lambda n: ITEMS * n, 100)
