"""Errors print as one line that says where and what."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import errors
from broadsheet.errors import BroadsheetError, ContentError, at_line, shown


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ContentError("wrong"), "wrong"),
        (ContentError("wrong", line=3), "line 3: wrong"),
        (ContentError("wrong", file="a.md"), "a.md: wrong"),
        (ContentError("wrong\n  twice", file="a.md", line=3), "a.md:3: wrong twice"),
    ],
)
def test_where_and_what_in_one_line(error, expected):
    assert str(error) == expected


def test_the_file_is_named_once():
    error = ContentError("wrong", line=3)
    assert error.at("a.md") is error
    assert str(error.at("b.md")) == "a.md:3: wrong"


@given(st.text(), st.none() | st.text(min_size=1))
def test_no_text_breaks_the_line_or_steers_the_terminal(text, file):
    told = str(BroadsheetError(f"found {shown(text)}", file=file))
    assert told.isprintable()
    assert len(shown(text)) <= 62


def test_a_long_value_is_cut():
    assert shown("x" * 10**7) == '"' + "x" * 59 + '…"'
    assert shown("a\n b") == '"a b"'
    assert shown("\x1b[31mred") == '"\ufffd[31mred"'


def test_a_long_message_keeps_what_was_found_and_what_was_expected():
    told = ContentError(f"found this: {'x' * 10**6}; expected that").message
    assert len(told) == errors.LONGEST
    assert told.startswith("found this: x")
    assert told.endswith("x; expected that")


def test_a_message_names_its_line_where_one_is_known():
    assert at_line(3, "found x") == "line 3: found x"
    assert at_line(None, "found x") == "found x"


def test_whoever_catches_the_base_catches_all():
    for _, kind in inspect.getmembers(errors, inspect.isclass):
        assert issubclass(kind, BroadsheetError)
