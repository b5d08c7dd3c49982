"""Words of titles and phrases are cut and compared alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.topics.tokens import BREAK, END, key, phrase, words
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Graph Neural Networks", "graph neural network"),
        ("few-shot", "few shot"),
        ("strategies", "strategy"),
        ("losses", "loss"),
        ("Schrödinger bridges", "schrodinger bridge"),
        ("3D Gaussian Splatting", "3d gaussian splatting"),
    ],
)
def test_spellings_of_one_phrase_compare_equal(written: str, same: str) -> None:
    assert phrase(written) == phrase(same)


@pytest.mark.parametrize("word", ["loss", "bus", "basis", "gas", "kv"])
def test_words_that_only_look_plural_stay_apart_from_others(word: str) -> None:
    assert key(word) in (word, word.removesuffix("s"))
    assert key(word) == key(word.upper())


def test_maths_and_addresses_hold_no_words() -> None:
    text = "We need $O(\\text{mesh}^2)$ steps, see https://example.org/robot/video today"
    assert phrase(text) == ("we", "need", "step", "see", "today")


def test_prices_are_no_maths() -> None:
    assert phrase("it costs $5 million and $10 more") == phrase("it costs 5 million and 10 more")


def test_marks_part_phrases_and_full_stops_end_sentences() -> None:
    keys = [key(word) for word in words("A speech, audio (music) model. It runs at 0.5 GHz!")]
    assert keys[:7] == ["a", "speech", BREAK, "audio", BREAK, "music", BREAK]
    assert keys.count(END) == 2


@given(st.text(max_size=200))
def test_any_text_is_cut_into_words_that_are_keyed_stably(text: str) -> None:
    for word in words(text):
        assert word
        assert key(word) in (BREAK, END) or not key(word).isspace()
    assert all(each not in (BREAK, END) for each in phrase(text))


@pytest.mark.parametrize("unit", ["$", "$a", "$$", "a$ b", "https://", "((", "é", "a-"])
def test_cutting_takes_linear_time(unit: str) -> None:
    assert_linear(words, lambda times: unit * times, 20_000)


def test_a_letter_with_its_sign_is_a_word_of_its_own() -> None:
    text = "C++17 and C# or F# in .NET (or .NET 8), Node.js, k-NN: A* search."
    found = [key(word) for word in words(text) if key(word) not in (BREAK, END)]
    assert found == ("c++ 17 and c# or f# in .net or .net 8 node js k nn a* search".split())
    for name in ("C++", "C#", "A*", ".NET"):
        assert len(phrase(name)) == 1
        assert phrase(name) != phrase(name.strip("+#*."))


def test_emphasis_and_ends_of_sentences_are_no_signs() -> None:
    assert phrase("*a* **b** x*y ASP.NET.") == tuple("a b x y asp net".split())
