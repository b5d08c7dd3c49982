"""Reading what papers a person names: ids, DOIs and addresses, amid whatever words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.curate.papers.named_papers import LONGEST, each_once, listed, named
from broadsheet.errors import ContentError


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2401.16164", "2401.16164"),
        (" arXiv:2401.16164v2 ", "2401.16164"),
        ("math/0601001", "math/0601001"),
        ("https://arxiv.org/pdf/2401.16164v1.pdf", "2401.16164"),
        ("https://huggingface.co/papers/2401.16164", "2401.16164"),
        ("10.48550/arXiv.2401.16164", "2401.16164"),
        ("10.1000/Example.5", "10.1000/example.5"),
        ("doi:10.1000/example.5", "10.1000/example.5"),
        ("https://doi.org/10.1000/example.5", "10.1000/example.5"),
        ("https://press.example/doi/full/10.1000/example.5?x=y#z", "10.1000/example.5"),
        ("https://press.example/article/10.1000/example.5.pdf", "10.1000/example.5"),
        ("https://press.example/10.1000%2Fexample", ""),
        ("https://rxiv.example/content/10.1101/2024.01.02.3456v2.full", "10.1101/2024.01.02.3456"),
        ("10.1016/0370-2693(93)90035-9", "10.1016/0370-2693(93)90035-9"),
        ("A title of something", ""),
        ("https://journal.example/5", ""),
        ("", ""),
    ],
)
def test_a_paper_is_named_in_many_ways(text: str, key: str) -> None:
    assert named(text).key == key


LIST = """\
\ufeff# What to read

- [A title](https://arxiv.org/abs/2401.16164), by Ada Example  # the first
2401.16165; 10.1000/example.5
* doi: 10.1016/0370-2693(93)90035-9
"Steps (2025)" <https://doi.org/10.1000/EXAMPLE.5>.
just some words
2401.16164v3
"""


def test_a_list_may_hold_other_words() -> None:
    found = list(listed(LIST))
    assert [(one.key, one.line) for one in found] == [
        ("2401.16164", 3), ("2401.16165", 4), ("10.1000/example.5", 4),
        ("10.1016/0370-2693(93)90035-9", 5), ("10.1000/example.5", 6), ("", 7),
        ("2401.16164", 8),
    ]  # fmt: skip
    assert [one.key for one in each_once(found)] == [
        "2401.16164", "2401.16165", "10.1000/example.5", "10.1016/0370-2693(93)90035-9", "",
    ]  # fmt: skip
    assert str(found[5].unknown("list.txt")).startswith('list.txt:7: "just some words" names no')


@given(st.text(max_size=200))
def test_whatever_a_list_says_is_told_or_skipped(text: str) -> None:
    for one in listed(text):
        assert one.key or one.text


def test_lists_are_bounded() -> None:
    with pytest.raises(ContentError, match="expected at most"):
        list(listed("x" * (LONGEST + 1)))
    with pytest.raises(ContentError, match="at most 1000 at once"):
        each_once(listed("\n".join(f"2401.{n:05}" for n in range(1001))))
    assert next(iter(listed("(" * 500_000))).key == ""
