"""JSON as it is published."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from broadsheet.json_text import compact

_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


class Row(Struct, frozen=True, array_like=True):
    """A value that is written as a list."""

    title: str
    votes: int


@given(_values)
def test_values_are_written_as_pythons_own_encoder_writes_them(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    assert compact(value) == text.encode("utf-8", "replace")


def test_half_a_character_becomes_a_question_mark() -> None:
    assert compact([Row("half \ud800 of one", 3)]) == b'[["half ? of one",3]]'
