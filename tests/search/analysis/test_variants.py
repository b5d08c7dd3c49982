"""The other spelling of a word."""

import pytest

from broadsheet.search.analysis.folding import alternatives
from broadsheet.search.analysis.variants import variants
from broadsheet.search.analysis.words import stem


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
        ("hypothesis", "hypotheses"),
    ],
)
def test_a_word_has_its_other_spelling_or_plural(british: str, american: str) -> None:
    assert variants(british) == (american,)
    assert variants(american) == (british,)


@pytest.mark.parametrize(
    "word",
    [
        "noise",
        "hour",
        "source",
        "journal",
        "for",
        "genre",
        "blog",
        "λόγος",
        "idea",
        "llama",
        "total",
        "his",
    ],
)
def test_other_words_have_none(word: str) -> None:
    assert variants(word) == ()


@pytest.mark.parametrize(
    ("typed", "other"),
    [("retina", "retinal"), ("vertebra", "vertebral"), ("bacteria", "bacterial"),
     ("matrices", "matrix")],
)  # fmt: skip
def test_a_word_is_found_as_its_adjective_or_singular(typed: str, other: str) -> None:
    assert variants(typed) == (other,)
    assert stem("hypotheses") in alternatives("hypothesis")[1]


def test_a_digit_says_to() -> None:
    assert variants("text2image") == ("texttoimage",)
    assert "texttoimag " in alternatives("text2image")[1]
    assert [variants(word) for word in ("co2", "h2o", "c2st", "model2")] == [()] * 4


def test_a_word_is_found_by_the_stem_of_its_other_spelling() -> None:
    assert stem("optimization") in alternatives("Optimisations")[1]
