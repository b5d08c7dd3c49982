"""Words that readers type apart and papers write as one, and the other way round; months."""

from __future__ import annotations

from functools import cache

import pytest

from broadsheet.search import Document
from broadsheet.search.index.archive_index import ArchiveIndex
from broadsheet.search.query.answer import search
from broadsheet.search.query.correction import nearest, taken_apart

from .shelf import index_of

TITLES = (
    ("board", "2025-03-04", "KiteBoard: ropes that judge themselves", "Anna Le Roux"),
    ("apart", "2025-03-05", "A board of kites", "Boris LeCler"),
    ("sail", "2025-04-06", "SailPlan3: where winds turn", "Anna Novak"),
    ("hyphen", "2025-04-07", "Deep-sea ropes in May 2025", "Carla Stone"),
    ("learn", "2025-05-08", "Learning to sail is learning from ropes", "Dora May"),
    ("again", "2025-05-09", "A sail of one's own", "Dora May"),
    ("march", "2024-03-09", "The march of the kites", "Emil March"),
)


@cache
def documents() -> tuple[Document, ...]:
    """The papers, oldest first, and as many more as make their words common."""
    more = [
        Document(
            id=f"more-{number}", url=f"papers/more-{number}/", date="2023-01-02",
            title="Weaving patterns", abstract="Looms.",
        )
        for number in range(40)
    ]  # fmt: skip
    own = [
        Document(id=name, url=f"papers/{name}/", date=day, title=title, authors=(author,))
        for name, day, title, author in TITLES
    ]
    return tuple(sorted((*more, *own), key=lambda one: one.date))


@cache
def index() -> ArchiveIndex:
    """The index of the papers."""
    return index_of(documents())


def found(text: str) -> list[str]:
    """The ids of the papers that have all of a text."""
    return [documents()[number].id for number in search(index(), text).hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("kite board", "board"), ("kiteboard", "board"), ("sail plan 3", "sail"),
     ("sail plan3", "sail"), ("le cler", "apart"), ("deepsea", "hyphen"), ("deep sea", "hyphen")],
)  # fmt: skip
def test_what_is_one_word_is_found_as_two(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_the_words_as_they_are_typed_come_with_the_joined_one() -> None:
    assert found("kite board") == ["board", "apart"]
    assert found("roux le") == ["board"]


def test_words_that_were_run_together_are_taken_apart_and_it_is_said() -> None:
    answer = search(index(), "weavingpatterns")
    assert answer.corrected == (("weavingpatterns", "weaving-patterns"),)
    assert answer.total == 40
    assert search(index(), "weavingpatterns", verbatim=True).total == 0


def test_a_neighbour_of_a_joined_word_is_no_misspelling() -> None:
    answer = search(index(), "le cler")
    assert (answer.corrected, answer.nowhere) == ((), ())
    assert search(index(), "sial plan3").corrected == (("sial", "sail"),)


def test_no_correction_drops_or_adds_a_prefix() -> None:
    assert search(index(), "unlearning").corrected == ()
    assert search(index(), "unlearning").nowhere == ("unlearning",)
    assert search(index(), "laerning").corrected == (("laerning", "learning"),)


@pytest.mark.parametrize(
    ("typed", "form"),
    [("unlearning", "learning"), ("learning", "unlearning"), ("reranking", "ranking"),
     ("encoder", "decoder"), ("asymmetric", "symmetric"), ("atypical", "typical"),
     ("illegal", "legal"), ("nonlinear", "linear")],
)  # fmt: skip
def test_a_form_with_another_prefix_is_not_meant(typed: str, form: str) -> None:
    assert nearest(typed, lambda _: [(form, 9)], is_there=False) is None


@pytest.mark.parametrize(
    ("typed", "form"),
    [("laerning", "learning"), ("obot", "robot"), ("symetric", "symmetric"), ("orbot", "robot")],
)
def test_a_slip_at_the_begin_is_one(typed: str, form: str) -> None:
    assert nearest(typed, lambda _: [(form, 9)], is_there=False) == form


@pytest.mark.parametrize(
    ("word", "apart"),
    [("deepnetworks", "deep-networks"), ("deepdeepnetworks", "deep-deep-networks"),
     ("networkshop", "network-shop"), ("networks", None), ("deepx", None), ("deep", None)],
)  # fmt: skip
def test_common_words_are_taken_apart(word: str, apart: str | None) -> None:
    words = [(form, 7) for form in ("deep", "network", "networks", "shop")]
    assert taken_apart(word, lambda _: words) == apart


def test_a_word_longer_than_words_are_stays_whole() -> None:
    words = [("deep", 7)]
    assert taken_apart("deep" * 15, lambda _: words) == "-".join(["deep"] * 15)
    assert taken_apart("deep" * 16, lambda _: words) is None


@pytest.mark.parametrize(
    ("typed", "papers", "year"),
    [
        ("March 2025", ["apart", "board"], "2025-03"),
        ("2025 apr", ["hyphen", "sail"], "2025-04"),
        ("ropes, March 2025", ["board"], "2025-03"),
        ("2025-04-06", ["sail"], "2025-04-06"),
        ("2025-w14 sailplan3", ["sail"], "2025-W14"),
        ("kites 2024", ["march"], 2024),
        ("the march of the kites", ["march"], None),
        ("deep-sea ropes in may 2025", ["hyphen"], None),
        ("march", ["march"], None),
    ],
)
def test_a_month_beside_a_year_narrows_unless_it_is_a_word_of_a_title(
    typed: str, papers: list[str], year: int | str | None
) -> None:
    answer = search(index(), typed)
    assert (sorted(documents()[number].id for number in answer.hits), answer.year) == (papers, year)
