"""The stand-in for GitHub says of expressions what GitHub's documentation says."""

from __future__ import annotations

import pytest

from .expressions import Expressions

VALUES = {
    "github": {"event": {"label": {"name": "accepted"}, "repository": {"private": True}}},
    "vars": {},
    "steps": {"a": {"outputs": {"failed": "yes"}}},
}


def expressions(success: bool = True) -> Expressions:
    functions = {
        "success": lambda: success, "failure": lambda: not success,
        "cancelled": lambda: False, "always": lambda: True,
    }  # fmt: skip
    return Expressions(VALUES, functions)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("github.event.label.name == 'accepted'", True),
        ("github.event.repository.private == true && vars.NONE != 'on'", True),
        ("steps.b.outputs.failed || steps.a.outputs.failed", "yes"),
        ("!(vars.NONE == '' || vars.NONE == 'it''s')", False),
        ("vars.NONE == 'on' && (true || false)", False),
    ],
)
def test_what_an_expression_is_worth(source: str, value: object) -> None:
    assert expressions().value(source) == value


def test_a_condition_asks_for_success_unless_it_asks_itself() -> None:
    assert expressions().holds("steps.a.outputs.failed == 'yes'")
    assert not expressions(success=False).holds("steps.a.outputs.failed == 'yes'")
    assert expressions(success=False).holds("${{ !cancelled() }}")


def test_texts_are_filled_in() -> None:
    text = expressions().text(
        "a ${{ steps.a.outputs.failed }} ${{ github.event.repository.private }}"
    )
    assert text == "a yes true"


@pytest.mark.parametrize("source", ["a.b", "github.event ==", "github.event ? 1 : 2"])
def test_what_is_not_understood_is_no_silent_truth(source: str) -> None:
    with pytest.raises((AssertionError, IndexError)):
        expressions().value(source)
