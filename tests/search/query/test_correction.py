"""What a misspelt word means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.search.query.correction import edits, nearest, taken_apart

FORMS = {"diffusion": 7, "diffusing": 2, "illusion": 3, "robot": 9, "robots": 5, "hinton": 2}


def forms(name: str) -> list[tuple[str, int]]:
    return [
        (form, code) for form, code in FORMS.items() if form[0] == name or (not name and code > 5)
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("diffusionrobot", "diffusion-robot"), ("difusionrobot", "diffusion-robot"),
     ("robotdifusion", "robot-diffusion"), ("diffusionrobt", None), ("diffusion", None),
     ("difuzionrobto", None), ("zebra" * 20, None)],
)  # fmt: skip
def test_words_run_together_are_taken_apart_if_one_is_misspelt(
    typed: str, meant: str | None
) -> None:
    assert taken_apart(typed, forms, misspelt=True) == meant
    assert taken_apart(typed, forms) == (meant if typed.startswith("diffusionr") else None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("difusion", "diffusion"), ("diffusoin", "diffusion"), ("robto", "robot"), ("obot", "robot"),
     ("illusoin", "illusion"), ("hllusion", None),
     ("hintn", "hinton"), ("robbbbt", None), ("zebra", None), ("rob", "robot"),
     ("diff", "diffusion")],
)  # fmt: skip
def test_the_nearest_form_is_meant(typed: str, meant: str | None) -> None:
    assert nearest(typed, forms, is_there=False) == meant


def test_a_word_that_is_there_gives_way_to_common_ones_only() -> None:
    assert nearest("hintn", forms, is_there=True) is None
    assert nearest("difusion", forms, is_there=True) == "diffusion"
    assert nearest("difusiom", forms, is_there=True) is None


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_edits_are_counted_up_to_the_most(ours: str, theirs: str) -> None:
    whole = edits(ours, theirs, 9)
    assert whole == edits(theirs, ours, 9) >= abs(len(ours) - len(theirs))
    assert (whole == 0) == (ours == theirs)
    for most in (1, 2):
        assert min(edits(ours, theirs, most), most + 1) == min(whole, most + 1)
    if len(ours) > 1:
        assert edits(ours, ours[1] + ours[0] + ours[2:], 2) <= 1
