"""The other spelling of a word."""

import pytest

from broadsheet.search.folding import alternatives
from broadsheet.search.variants import variants
from broadsheet.search.words import stem


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("optimisation", "optimization"),
        ("generalised", "generalized"),
        ("analyse", "analyze"),
        ("colour", "color"),
        ("neighbourhoods", "neighborhoods"),
        ("behavioural", "behavioral"),
        ("centre", "center"),
        ("fibres", "fibers"),
        ("dialogues", "dialogs"),
    ],
)
def test_a_word_has_its_british_and_american_spelling(british: str, american: str) -> None:
    assert variants(british) == (american,)
    assert variants(american) == (british,)


@pytest.mark.parametrize(
    "word", ["noise", "hour", "source", "journal", "for", "genre", "blog", "λόγος"]
)
def test_other_words_have_none(word: str) -> None:
    assert variants(word) == ()


def test_a_digit_says_to() -> None:
    assert variants("text2image") == ("texttoimage",)
    assert "texttoimag " in alternatives("text2image")[1]
    assert [variants(word) for word in ("co2", "h2o", "c2st", "model2")] == [()] * 4


def test_a_word_is_found_by_the_stem_of_its_other_spelling() -> None:
    assert stem("optimization") in alternatives("Optimisations")[1]
