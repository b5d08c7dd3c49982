"""JSON written by hand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings import parse
from broadsheet.listings.untrusted.relaxed_json import strict
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("// mine\n[{title: 'Kites', n: 1,},]", [{"title": "Kites", "n": 1}]),
        ("/* a */ {'a': \"b\", // c\n b_1: None, c: [True, undefined]}",
         {"a": "b", "b_1": None, "c": [True, None]}),
        ("export default [{a: 'it\\'s \"so\"'}];\n", [{"a": 'it\'s "so"'}]),
        ("const papers = {a: +.5e1}", None),
        ("var x = [1]", [1]),
        ("[{'a': '\\x41\\u00e9\\n'}]", [{"a": "Aé\n"}]),
        ("{a: 'b'", None),
        ("[a](https://k.example)", None),
        ("/* open", None),
        ("{a: f(), b: g(c='d')}", {"a": None, "b": "d"}),
        ("{'d': datetime.datetime(2026, 1, 3, 18, 0, tzinfo=utc()), 't': (1, 2)}",
         {"d": "2026-01-03", "t": [1, 2]}),
        ("{a = 1}", None),
        ("Kites", None),
    ],
)  # fmt: skip
def test_what_is_strict_json(text: str, value: object) -> None:
    made = strict(text)
    if value is None:
        assert made is None or _broken(made)
    else:
        assert json.loads(made or "") == value


def _broken(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return True
    return False


@given(st.text(alphabet="{}[]'\",:\\/*ab1 \n", max_size=40))
def test_any_text_is_read_or_none(text: str) -> None:
    strict(text)


def test_a_list_by_hand_is_a_listing() -> None:
    text = "// mine\n[{title: 'Kites', authors: ['Ada Kite'], arxiv: '2601.00010',},]\n"
    (entry,) = parse(text.encode(), file="x").entries
    assert (entry.title, entry.arxiv, entry.authors) == ("Kites", "2601.00010", ("Ada Kite",))
    (entry,) = parse(
        b"[{'title': 'Kites', 'abstract': None, 'arxiv': '2601.00010'}]", file="x"
    ).entries
    assert (entry.title, entry.arxiv) == ("Kites", "2601.00010")


@pytest.mark.slow(except_each=5)
@pytest.mark.parametrize("piece", ["/*", "'", "[{a:", "//\n", "a ", "'\\", "[", "-", "f(", "(("])
def test_time_is_linear(piece: str) -> None:
    assert_linear(strict, lambda size: "[" + piece * size, 40_000)
    assert_linear(strict, lambda size: piece * size, 40_000)
