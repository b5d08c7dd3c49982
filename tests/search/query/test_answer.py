"""What a reader finds: papers with all words first, whatever the words are like."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet.errors import ContentError
from broadsheet.search.analysis.identifiers import Identifier
from broadsheet.search.index.published import PublishedIndex
from broadsheet.search.query.answer import ORDERS, search
from tests.soak import SOAK

from ..published import publish
from ..shelf import asked, documents, found, index_of, names


def test_papers_with_all_words_come_apart_from_those_with_some() -> None:
    answer = asked("diffusion models")
    assert names(answer.hits) == ["diffuse", "weave"]
    assert set(names(answer.some)) == {"image", "2311.00417", "models"}
    assert (answer.total, answer.some_total) == (2, 3)


def test_words_are_found_in_any_form_and_field() -> None:
    assert found("weave basket") == found("Weaving, baskets!") == ["diffuse"]
    assert found("lovelace transformer") == ["transform"]


def test_all_words_in_the_title_come_first() -> None:
    assert found("baskets need")[0] == "need"
    assert found("shadows dusk") == ["birds"]


def test_a_surname_and_words_of_a_title_come_before_words_of_an_abstract() -> None:
    one = documents()[0]
    papers = (
        replace(one, title="Of kites", abstract="", authors=("Ada Lovelace",)),
        replace(
            one, title="A study", abstract="Lovelace flew many kites. " * 9, authors=("Wei Lin",)
        ),
    )
    assert search(index_of(papers), "lovelace kites").hits == (0, 1)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("baskets are all you need", "need"),
        ("Shadows of birds", "birds"),
        ("shadows of birds a field guide", "shadow"),
        ("sorting apples by mail", "sam2"),
        ("an inn by the sea", "an-inn"),
        ("The great flood of 2024", "year"),
        ("Diffusion {M}odels for basket weaving", "diffuse"),
        ("Sam and the apples", "sam"),
        ('"all you need"', "need"),
        ('"in context"', "context"),
    ],
)
def test_a_title_typed_puts_its_paper_first(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_stop_words_find_nothing_by_themselves() -> None:
    assert asked("of the").only_common
    assert asked("in").total == 0  # not Inès
    assert found("learning in context") == found("in-context learning")
    assert "an-inn" not in found("in context")


def test_a_name_of_stop_words_is_a_name() -> None:
    assert found("Bo An") == found("an, bo") == ["2311.00417"]


def test_hyphenated_words_stand_together_first() -> None:
    assert found("text-to-image") == ["image", "apart"]
    assert found("texttoimage") == ["image"]
    assert found("in-context learning")[0] == "context"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("novak", "year"), ("Zoe Angstrom", "image"), ("Zoe Aangstroem", "image"),
        ("muller", "need"), ("mueller", "need"), ("MÜLLER", "need"), ("niessner", "bridge"),
        ("lukasz madry", "pi"), ("bronte", "tau"), ("schrodinger", "bridge"),
        ("l'hopital", "rule"), ("L´Hôpital", "rule"), ("lhopital", "rule"),
        ("tau-bench", "tau"), ("taubench", "tau"), ("π^3", "pi"), ("pi3", "pi"), ("π³", "pi"),
        ("sam 2", "sam2"), ("sam2", "sam2"), ("gull 3", "gull3"), ("gull3", "gull3"),
        ("decoder whistles", "coder"), ("encoder-decoder", "coder"),
        ("lin, dahua", "dahua"), ("Dahua Lin", "dahua"),
    ],
)  # fmt: skip
def test_letters_are_found_however_they_are_typed(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_a_letter_beside_a_name_is_an_initial() -> None:
    assert found("Hopper, G.") == found("grace hopper") != []
    assert found("G. Hopper") == found("hopper g")


def test_signs_of_a_name_count() -> None:
    assert found("C++") == ["cpp", "csharp"]
    assert found("c#") == ["csharp"]
    assert found("C") == ["vitamin", "csharp", "cpp"]


@pytest.mark.parametrize(
    "typed",
    ["2311.00417", "arXiv:2311.00417v2", "https://arxiv.org/abs/2311.00417?x=1", "10.1000/Ropes",
     "https://doi.org/10.1000/ropes", "huggingface.co/papers/2311.00417."],
)  # fmt: skip
def test_an_identifier_finds_its_paper_alone(typed: str) -> None:
    answer = asked(typed)
    assert names(answer.hits) == ["2311.00417"]
    assert answer.some_total == 0


def test_an_identifier_that_no_paper_has_is_told() -> None:
    answer = asked("arXiv:2411.99999")
    assert (answer.total, answer.identifier) == (0, Identifier("arxiv", "2411.99999"))
    assert names(asked("https://openreview.net/forum?id=KiteS1aB").hits) == ["kites"]


def test_misspelt_words_are_corrected_and_said() -> None:
    answer = asked("transfomer lovelce")
    assert answer.corrected == (("transfomer", "transformer"), ("lovelce", "lovelace"))
    assert names(answer.hits) == ["transform"]
    assert asked("lovelces").corrected == (("lovelces", "lovelace"),)
    assert asked("lovela").corrected == (("lovela", "lovelace"),)  # unfinished
    assert asked("transfomer", verbatim=True).total == 0
    assert asked("transfomer", verbatim=True).nowhere == ("transfomer",)
    assert asked("duval").corrected == ()  # a rare name is no misspelling


def test_a_year_is_a_filter_that_can_be_taken_off() -> None:
    answer = asked("lovelace 2024")
    assert (names(answer.hits), answer.year) == (["diffuse"], 2024)
    assert names(asked("2023").hits) == ["an-inn", "models", "2311.00417", "kites"]
    assert asked("lovelace 2024", years=False).year is None
    assert asked("lovelace 1999").year is None


def test_a_year_that_only_words_have_is_a_word() -> None:
    answer = asked("flood 2024")
    assert (names(answer.hits), answer.year) == (["year"], None)


def test_words_can_be_excluded_and_required_of_authors() -> None:
    assert found("baskets -harvest") == ["diffuse"]
    assert found("author:lin harvest") == ["needs"]
    assert names(asked("author:novak cellars").some) == []
    assert asked("-baskets").total == len(documents()) - 3


def test_a_phrase_that_is_nowhere_is_read_as_words() -> None:
    answer = asked('"baskets weaving"')
    assert (names(answer.hits), answer.nowhere) == (["diffuse"], ('"baskets weaving"',))


def test_lunrs_syntax_keeps_its_meaning() -> None:
    assert set(found("+diffusion models")) == {"diffuse", "weave", "2311.00417"}
    assert set(found("transf*")) == {"transform", "lamps"}
    assert set(found("title:houses shadows^2")) == {"transform", "shadow", "birds"}
    assert found("kites*~ ^^") == found("kites")  # no parser's error


def test_orders() -> None:
    assert found("models diffusion", "newest") == ["weave", "diffuse"]
    assert found("models -image", "votes") == ["weave", "models", "diffuse"]


@pytest.fixture(scope="module")
def published() -> PublishedIndex:
    files = publish(documents())
    return PublishedIndex(files.__getitem__)


def test_the_published_index_answers_alike(published: PublishedIndex) -> None:
    chance = random.Random(4)
    words = sorted({word for one in documents() for word in f"{one.title} {one.abstract}".split()})
    typed = [" ".join(chance.choices(words, k=chance.randint(1, 3))) for _ in range(60)]
    typed += ["diffuson modles", "lovelace 2024", "Bo An", "2311.00417", '"all you need"',
              "+diffusion models^2 -heat", "*former", "kits~1", "text-to-image"]  # fmt: skip
    for text in typed:
        for order in ORDERS:
            assert search(published, text, order=order) == asked(text, order), text


@given(st.text(max_size=40))
@settings(max_examples=60 if SOAK else 15)
def test_any_text_is_answered_or_refused_in_words(text: str) -> None:
    with suppress(ContentError):
        answer = asked(text)
        assert len(answer.hits) == min(answer.total, 20)
        assert not set(answer.hits) & set(answer.some)
