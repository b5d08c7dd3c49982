"""Which words of a text changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.word_changes import MOST, WordChange, word_changes

words = st.lists(st.sampled_from(["a", "b", "c", "dd"]), max_size=12).map(" ".join)


def test_a_mended_word_is_shown_among_its_neighbours() -> None:
    old = "We take steps that are to long. They never end at all."
    assert word_changes(old, old.replace(" to ", " too ")) == (
        WordChange("to", "too", "steps that are", "long. They never"),
    )


def test_line_breaks_alone_are_no_change() -> None:
    assert word_changes("One. Two.", "One.\nTwo.") == ()


def test_changes_near_each_other_are_one() -> None:
    assert len(word_changes("a b c d e f g h", "A b C d e f g h")) == 1
    assert len(word_changes("a b c d e f g h", "A b c d e f g H")) == 2


@given(words, words)
def test_changes_make_the_new_words_of_the_old(old: str, new: str) -> None:
    rest = old.split()
    for one in reversed(word_changes(old, new)):
        assert one.old != one.new
    gone = [word for one in word_changes(old, new) for word in one.old.split()]
    came = [word for one in word_changes(old, new) for word in one.new.split()]
    assert sorted([*rest, *came]) == sorted([*new.split(), *gone])


def test_a_long_text_that_is_all_new_is_one_change() -> None:
    old, new = (" ".join(f"{mark}{n}" for n in range(MOST + 1)) for mark in "ab")
    assert len(word_changes(old, new)) == 1
