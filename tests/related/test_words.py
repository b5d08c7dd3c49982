"""What a paper's words are worth."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.related.words import TAKEN_UP, TITLE, is_telling, said


def test_a_word_that_comes_again_is_worth_something_and_one_of_the_title_most() -> None:
    worths = said(["crane", "tide"], Counter(["mud", "gull", "mud", "crane"]))
    assert "gull" not in worths
    assert 0 < worths["mud"] < worths["tide"] == TITLE
    assert worths["crane"] == TITLE + TAKEN_UP


def test_a_word_said_twice_in_a_title_counts_as_one_said_once() -> None:
    assert said(["crane", "crane"], {}) == said(["crane"], {})


def test_numbers_letters_and_addresses_tell_nothing() -> None:
    assert said(["2024", "x"], Counter(["https://example.org/a", "7b", "e"] * 2)) == {}


@given(st.lists(st.text(min_size=1)), st.lists(st.text(min_size=1)))
def test_each_telling_word_of_a_title_is_worth_something(
    title: list[str], abstract: list[str]
) -> None:
    worths = said(title, Counter(abstract))
    assert set(filter(is_telling, title)) <= set(worths) <= {*title, *abstract}
    assert all(worth > TAKEN_UP and is_telling(term) for term, worth in worths.items())


def test_saying_a_word_without_end_is_worth_little_more() -> None:
    assert said([], {"mud": 100_000})["mud"] < 3 * TITLE
