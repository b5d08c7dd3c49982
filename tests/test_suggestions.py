"""What a misspelled name was probably meant to be."""

from __future__ import annotations

import pytest

from broadsheet.suggestions import did_you_mean


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("robotic", "; did you mean robotics?"),
        ("optimisation", "; did you mean optimization?"),
        ("cooking", ""),
        ("", ""),
    ],
)
def test_only_a_similar_name_is_suggested(name: str, expected: str) -> None:
    assert did_you_mean(name, {"robotics", "optimization", "vision"}) == expected
    assert did_you_mean(name, []) == ""
