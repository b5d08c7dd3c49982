"""Words have the stems that lunr.py gives them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.stemmer import PorterStemmer

from broadsheet.search.analysis.porter import porter
from tests.soak import few

from ..samples import made

ENDINGS = (
    "s sses ies ss eed ed ing at bl iz y ational tional enci anci izer bli alli entli eli ousli "
    "ization ation ator alism iveness fulness ousness aliti iviti biliti logi icate ative alize "
    "iciti ical ful ness al ance ence er ic able ible ant ement ment ent ion sion tion ou ism ate "
    "iti ous ive ize e ll le"
).split()
BEGINS = (
    "", "a", "b", "y", "ab", "by", "tr", "hop", "hopp", "fall", "tay", "yy", "yyy", "abab", "oaten",
    "ü", "snow", "box", "cat", "gpt4", "conflat", "trouble", "roll", "controll", "syzyg", "\n",
)  # fmt: skip
LUNRS = PorterStemmer()


@pytest.mark.slow
def test_all_endings_behind_each_other_have_lunrs_stems() -> None:
    for begin, first, second in product(BEGINS, few(["", *ENDINGS], 4), ["", *ENDINGS]):
        word = begin + first + second
        assert porter(word) == LUNRS.stem(word), word


@given(st.lists(st.sampled_from([*ENDINGS, *"abceilnostuyz"]), max_size=8).map("".join) | st.text())
def test_every_word_has_lunrs_stem(word: str) -> None:
    assert porter(word) == LUNRS.stem(word)


def test_words_of_texts_have_lunrs_stems() -> None:
    for paper in made(60):
        for word in f"{paper.title} {paper.abstract}".lower().split():
            assert porter(word) == LUNRS.stem(word)


def test_a_word_of_many_letters_has_a_stem() -> None:
    assert porter("y" * 9999 + "ing") == "y" * 9997 + "i"
    assert len(porter("ab" * 99_999 + "ly")) > 99_999
