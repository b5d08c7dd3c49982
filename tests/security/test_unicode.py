"""Texts of marks upon marks: what is made of them takes time in proportion to their length."""

from __future__ import annotations

import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import normal_forms
from broadsheet.content.pages import static
from broadsheet.normal_forms import Form, normal

FORMS = get_args(Form)
MARKS = {  # whose order in a normal form is another than the one they stand in
    "marks": "\u0315\u0300\u05ae",
    "marks of several": "\u0344\u0315",
    "vowels that count as letters": "\u0f73",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit", MARKS.values(), ids=MARKS)
def test_no_more_than_some_hundred_marks_are_sorted_at_once(
    form: Form, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def counted(form: Form, text: str) -> str:
        sizes.append(len(text))
        return unicodedata.normalize(form, text)

    class Watched:
        combining = staticmethod(unicodedata.combining)
        normalize = staticmethod(counted)

    monkeypatch.setattr(normal_forms, "unicodedata", Watched)
    text = "a" + unit * 3000
    made = normal(form, text)
    assert max(sizes) <= 201
    assert unicodedata.normalize("NFD", made[:50]) == unicodedata.normalize(
        "NFD", unicodedata.normalize(form, made[:50])
    )


@given(st.sampled_from(FORMS), st.text(max_size=60), st.integers(1, 12))
def test_a_text_without_rows_of_marks_is_as_python_normalises_it(
    form: Form, text: str, times: int
) -> None:
    whole = (text + "x") * times
    assert normal(form, whole) == unicodedata.normalize(form, whole)


@pytest.mark.parametrize(
    "text",
    ["\u304b\u3099" * 400, "\u1100\u1161\u11a8" * 300, "e\u0301\u0323 " * 300, "\ufdfa" * 300],
)
@pytest.mark.parametrize("form", FORMS)
def test_long_texts_of_other_scripts_are_normalised_whole(form: Form, text: str) -> None:
    assert normal(form, text) == unicodedata.normalize(form, text)


@given(st.sampled_from(FORMS), st.text(alphabet="a\u0315\u0300\u05ae\u0f73 ", max_size=900))
def test_nothing_is_lost(form: Form, text: str) -> None:
    assert sorted(unicodedata.normalize("NFKD", normal(form, text))) == sorted(
        unicodedata.normalize("NFKD", text)
    )


def test_a_static_page_s_title_has_a_length() -> None:
    page, wrong = static.survey("Title: " + "a\u0315\u0300" * 500 + "\n\nWords.\n", file="x.md")
    assert "title" not in page.values
    assert [(one.file, one.line) for one in wrong] == [("x.md", 1)]
    assert "expected a title of at most 1,000 characters" in str(wrong[0])
    assert not static.survey("Title: " + "a" * 1000 + "\n\nWords.\n")[1]
