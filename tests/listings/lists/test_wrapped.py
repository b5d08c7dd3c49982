"""Items that an editor filled to a width."""

from __future__ import annotations

from broadsheet.listings import parse
from broadsheet.listings.lists.wrapped import filled, paragraphs
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


WRAPPED = (
    "Kites\nAda Kite, Bo Line\n\n"
    "Kites that stay aloft in weak wind are of use to weather stations, to\n"
    "14 of which we gave one. In forty flights over a meadow with 3,000\n"
    "flowers the kite stayed up twice as long as one that was flown by hand,\n"
    "as all of its flyers do.\n\n"
    "It landed within ten paces of its flyer, who had not moved for over\n"
    "2 hours.\n"
)


def test_a_paragraph_that_was_wrapped_is_one_line() -> None:
    rows = [row for row in paragraphs(WRAPPED).split("\n") if row.strip("+")]
    assert rows[:2] == ["Kites", "Ada Kite, Bo Line"]
    assert [row[-12:] for row in rows[2:]] == ["s flyers do.", "ver 2 hours."]
    assert paragraphs(WRAPPED).count("\n") == WRAPPED.count("\n")


def test_joining_paragraphs_is_linear() -> None:
    assert_linear(paragraphs, lambda n: WRAPPED * n, 100)
