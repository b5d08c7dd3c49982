import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr import get_default_builder
from lunr.tokenizer import Tokenizer

from broadsheet.search.analysis.words import term_of, terms_of, words

from ..samples import ODD, rows

PIPELINE = get_default_builder().pipeline


def by_lunr(text: str) -> list[str]:
    return [str(token) for token in PIPELINE.run(Tokenizer(text))]


def ours(text: str) -> list[str]:
    return terms_of(words(text))


@given(st.text())
def test_any_text_has_the_terms_that_lunr_gives_it(text: str) -> None:
    assert ours(text) == by_lunr(text)


@given(st.text(alphabet="aeiouylszdtngbmcfrvk -.,'"))
def test_words_of_letters_that_stemming_turns_on_have_lunrs_terms(text: str) -> None:
    assert ours(text) == by_lunr(text)


def test_odd_words_have_lunrs_terms() -> None:
    text = ODD + " sky\x1cline a\x85b c\u2003d e\xa0f\vg"
    assert ours(text) == by_lunr(text)


def test_a_stop_word_has_no_term() -> None:
    assert term_of("The") is None
    assert term_of("networks") == "network"


@pytest.mark.soak
def test_every_word_of_the_real_papers_has_lunrs_term() -> None:
    met: set[str] = set()
    for row in rows():
        for text in (row["title"], row["abstract"], " ".join(row["authors"])):  # type: ignore[arg-type]
            met.update(words(str(text)))
    wrong = [word for word in sorted(met) if ours(word) != by_lunr(word)]
    assert wrong == []
    assert len(met) > 300_000
