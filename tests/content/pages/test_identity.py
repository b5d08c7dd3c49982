"""Ids of papers, and arXiv ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content.pages import is_arxiv, is_id, new_id, paper_id


@given(st.text(), st.none() | st.sampled_from(["2401.16164", "math/0601001", "cond-mat/0601001"]))
def test_every_title_gives_an_id(title, arxiv):
    made = paper_id(title, arxiv)
    assert is_id(made)
    assert is_id(f"{made}-2025-12")


@pytest.mark.parametrize(
    ("title", "arxiv", "expected"),
    [
        ("Constrained Bi-Level Optimization: A Value Function Approach", None,
         "constrained-bi-level-optimization"),
        ("Any title", "2401.16164", "2401.16164"),
        ("Any title", "math/0601001", "math-0601001"),
        ("Schrödinger's β-VAE", None, "schrodingers-beta-vae"),
        (": only a tail", None, "only-a-tail"),
        ("Øresund, Łódź, Straße", None, "oresund-lodz-strasse"),
        ("漢字", None, "6f22-5b57"),
        ("...", None, "untitled"),
        ("word " * 40, None, "-".join(["word"] * 12)),
        ("x" * 200, None, "x" * 60),
    ],
)  # fmt: skip
def test_ids_are_made_of_the_arxiv_id_or_the_title_up_to_its_colon(title, arxiv, expected):
    assert paper_id(title, arxiv) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../x",
        "a/b",
        "a..b",
        "-a",
        "a-",
        ".a",
        "A",
        "a b",
        "é",
        "x" * 101,
        "a\n",
        "٣",
        "a%2f",
    ],
)
def test_what_could_leave_its_folder_is_no_id(text):
    assert not is_id(text)


@pytest.mark.parametrize(
    "text", ["2401.16164v2", "2401.161", "٢٤٠١.١٦١٦٤", "math/06", "arXiv:2401.16164"]
)
def test_what_is_no_arxiv_id(text):
    assert not is_arxiv(text)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Caractérisation des cerfs-volants: une étude", "caracterisation-des-cerfs-volants"),
        ("深度: 学习", "shen-du"),
        (": lines", "lines"),
        ("π³ kites of L₂ and ∇", "pi-3-kites-of-l-2-and-nabla"),
        ("?!?", "question-mark-exclamation-mark"),
        ("…", "horizontal-ellipsis"),
        ("\u0378", "paper"),
    ],
)
def test_a_new_id_spells_any_title(title: str, expected: str) -> None:
    assert new_id(title, None) == expected
    assert new_id(title, "2501.00001") == "2501.00001"


@given(st.text(min_size=1, max_size=40))
def test_every_new_id_is_an_address(title: str) -> None:
    assert is_id(new_id(title, None))
