"""Texts beside the one that a field keeps."""

from __future__ import annotations

import pytest

from broadsheet.listings.fields import values
from broadsheet.listings.fields.other_texts import others


@pytest.mark.parametrize(
    ("value", "kept", "left"),
    [
        (["Kites", "Drachen"], "Kites", ["Drachen"]),
        ([{"title": "Kites"}, {"title": "KITES."}], "Kites", []),
        ({"en": "Kites", "de": "Drachen"}, "Kites", ["Drachen"]),
        ([{"title": "Kites"}, {"title": "A study", "titleType": "Subtitle"}], "Kites", []),
        ({"value": "Kites"}, "Kites", []),
        ("Kites", "Kites", []),
    ],
)
def test_what_else_a_value_says(value: object, kept: str, left: list[str]) -> None:
    assert list(others(value, kept, values.title)) == left
