"""Queries match the papers that Lunr itself finds on a full index, and explain why."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.builder import Builder
from lunr.index import Index as LunrIndex
from lunr.query import Query as LunrQuery
from lunr.query_parser import QueryParser
from lunr.token_set import TokenSet

from broadsheet.errors import ContentError
from broadsheet.search import Document, lunr_document
from broadsheet.search.analysis.fields import FIELDS, K1, B
from broadsheet.search.analysis.words import query_term
from broadsheet.search.index.inverted_index import InvertedIndex
from broadsheet.search.index.statistics import packed_statistics
from broadsheet.search.query.clauses import clauses
from broadsheet.search.query.expansion import accepted
from broadsheet.search.query.language import Query, query, read
from broadsheet.search.query.matching import explain, matches, numbers
from tests.soak import SOAK

WORDS = [
    *("learning", "learned", "networks", "network", "policy", "policies", "robot", "robots"),
    *("manipulation", "the", "of", "attention", "survey", "surveys", "ε-greedy", "graph", "graphs"),
    *("diffusion", "diffuse", "models", "transformer", "transformers", "long", "tailed", "data"),
    *("café", "naïve", "optimal", "optimize", "optimization", "x1", "3d", "gradient", "image"),
    "vision-language",
]
NAMES = ["Ada Lovelace", "Alan Turing", "Grace Hopper", "Zoë Ångström", "Li Wei"]


@cache
def documents() -> list[Document]:
    dice = random.Random(11)
    made = []
    for n in range(300):
        day = date(2025, 8, 1) + timedelta(n // 12)
        made.append(Document(
            id=f"p{n}", url=f"papers/p{n}/", date=day.isoformat(),
            title=" ".join(dice.choices(WORDS, k=5)),
            abstract=". ".join(" ".join(dice.choices(WORDS, k=dice.choice([4, 9, 30])))
                               for _ in range(2)),
            authors=tuple(dice.sample(NAMES, dice.randint(0, 3))),
            topic=dice.choice(["vision", "robotics"]), topic_name="Topic of robots",
            tags=tuple(dice.sample(["graphs", "long-context", "nets"], dice.randint(0, 2))),
            votes=n % 10,
        ))  # fmt: skip
    return made


@cache
def index() -> InvertedIndex:
    found = documents()
    days: dict[date, int] = {}
    for one in found:
        when = date.fromisoformat(one.date)
        days[when] = days.get(when, 0) + 1
    return InvertedIndex(
        packed_statistics(found),
        list(days.items()),
        lambda n: (found[n].title, found[n].abstract),
    )


@cache
def full() -> LunrIndex:
    from lunr import get_default_builder

    builder: Builder = get_default_builder()
    builder.ref("id")
    builder.b(B)
    builder.k1(K1)
    for field in FIELDS:
        builder.field(field)
    for n, one in enumerate(documents()):
        builder.add(lunr_document(one) | {"id": str(n)})
    return builder.build()


def by_lunr(text: str) -> set[int]:
    asked = LunrQuery(list(FIELDS))
    QueryParser(text, asked).parse()
    for clause in asked.clauses:
        if clause.use_pipeline:
            clause.term, clause.use_pipeline = query_term(clause.term), False
    if not asked.clauses:
        return set()
    return {int(found["ref"]) for found in full().query(asked)}


def ours(text: str) -> set[int]:
    return set(numbers(matches(query(read(text)), index())))


@st.composite
def queries(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        word = draw(st.sampled_from([*WORDS, "nothing", "lovelace", "vision"]))
        word = word.replace("-", "")
        if draw(st.integers(0, 4)) == 0:
            at = draw(st.integers(0, len(word)))
            word = word[:at] + "*" + word[at + draw(st.integers(0, 2)) :]
        field = draw(st.sampled_from(["", "", "", *(f"{name}:" for name in FIELDS)]))
        edits = draw(st.sampled_from(["", "", "", "~1", "~2"])) if "*" not in word else ""
        parts.append(draw(st.sampled_from(["", "", "+", "-"])) + field + word + edits)
    return " ".join(parts)


@given(queries())
@settings(max_examples=150 if SOAK else 37)
def test_the_same_papers_as_lunr_on_a_full_index(text: str) -> None:
    assert ours(text) == by_lunr(text)


def test_every_term_has_the_same_papers_in_each_field() -> None:
    inverted = full().inverted_index
    assert set(inverted) == set(index().vocabulary)
    for term, posting in inverted.items():
        for field in FIELDS:
            assert set(numbers(index().holders(term, (field,)))) == set(map(int, posting[field]))


@given(st.text("abc*", min_size=1, max_size=4), st.lists(st.text("abcd", min_size=1, max_size=6)))
def test_accepted_words_are_those_of_lunrs_own_token_sets(
    pattern: str, words: Sequence[str]
) -> None:
    sorted_words = sorted(set(words))
    theirs = TokenSet.from_list(sorted_words).intersect(TokenSet.from_string(pattern)).to_list()
    assert accepted(TokenSet.from_string(pattern), sorted_words) == sorted(theirs)


@given(st.text("abc", min_size=1, max_size=5), st.integers(1, 2),
       st.lists(st.text("abcd", min_size=1, max_size=6)))  # fmt: skip
def test_fuzzy_words_are_lunrs_own(word: str, edits: int, words: Sequence[str]) -> None:
    sorted_words = sorted(set(words))
    pattern = TokenSet.from_fuzzy_string(word, edits)
    theirs = TokenSet.from_list(sorted_words).intersect(pattern).to_list()
    assert accepted(pattern, sorted_words) == sorted(set(theirs))


def test_filters_narrow() -> None:
    found = documents()
    assert ours("in:vision") == {n for n, one in enumerate(found) if one.topic == "vision"}
    assert ours("in:vision in:robotics") == set(range(300))
    assert ours("tag:nets tag:graphs") == {
        n for n, one in enumerate(found) if {"nets", "graphs"} <= set(one.tags)}  # fmt: skip
    assert ours('author:"zoë  ångström"') == {
        n for n, one in enumerate(found) if "Zoë Ångström" in one.authors}  # fmt: skip
    assert ours("since:2025-08-20 until:2025-08-21") == {
        n for n, one in enumerate(found) if one.date in ("2025-08-20", "2025-08-21")}  # fmt: skip
    assert ours("on:2025-W32") == {
        n for n, one in enumerate(found) if "2025-08-04" <= one.date <= "2025-08-10"}  # fmt: skip
    assert ours("since:2026") == set()


def test_a_phrase_is_checked_word_by_word() -> None:
    found = ours('"long tailed"')
    assert found
    for n in found:
        one = documents()[n]
        text = f"{one.title} | {one.abstract}".lower()
        assert "long tailed" in " ".join(text.replace(".", "").split())
    assert found < ours("+long +tailed")


def test_votes_are_the_least() -> None:
    found = set(numbers(matches(query(read("in:vision"), votes=7), index())))
    assert found == {n for n in ours("in:vision") if n % 10 >= 7}


def test_an_empty_query_matches_nothing() -> None:
    assert ours("") == set()
    assert ours("  + ") == set()


def test_reasons_name_the_words_and_where_they_stand() -> None:
    asked = query(read("robots* title:policy~1 -survey in:robotics"))
    number = next(numbers(matches(asked, index())))
    reasons = explain(asked, index(), number)
    assert any(reason.startswith(("robot", "polici")) for reason in reasons)
    assert "topic robotics" in reasons


@pytest.mark.parametrize("text", ["nofield:x", "title:", "+", "a^x", "a~9", "a" * 61 + "~1",
                                  "-\"a b\"", "-in:x", "since:soon", "on:2025-13", "until:2025-W60",
                                  ])  # fmt: skip
def test_what_is_no_query_says_so(text: str) -> None:
    if text == "+":
        assert query(read(text)).empty
        return
    with pytest.raises(ContentError):
        query(read(text))


@given(st.text(max_size=60))
@settings(max_examples=200 if SOAK else 50)
def test_any_text_is_a_query_or_a_content_error(text: str) -> None:
    with suppress(ContentError):
        assert matches(query(read(text)), index()) >> 300 == 0


def test_a_clause_holds_the_index_s_own_term() -> None:
    assert [one.term for one in clauses("Surveys (attention), Café*")] == [
        "survei", "attent", "café*"]  # fmt: skip


def test_an_author_whose_name_no_encoding_can_write_is_found_by_it() -> None:
    odd = Document(
        id="odd", url="papers/odd/", date="2025-08-01", title="Odd", authors=("Ad\ud800A",)
    )
    found = InvertedIndex(packed_statistics([odd]), [(date(2025, 8, 1), 1)], lambda _: ("Odd", ""))
    assert matches(Query(authors=(" ad\ud800a ",)), found) == 1


def test_a_category_is_found_as_typed_and_by_its_filter() -> None:
    papers = [
        Document(id=f"p{n}", url=f"papers/p{n}/", date="2025-08-01", title="Odd", categories=given)
        for n, given in enumerate([("cs.LG", "q-bio.NC"), ("math.OC",), ()])
    ]
    found = InvertedIndex(packed_statistics(papers), [(date(2025, 8, 1), 3)], lambda _: ("Odd", ""))
    for text, expected in {
        "cs.LG": 0b001, "category:cs.lg": 0b001, "category:q-bio.NC": 0b001,
        'category:"math.OC"': 0b010, "category:math.*": 0b010, "category:math odd": 0b010,
        "odd -tags:cs.lg": 0b110,
        "category:cs.CV": 0,
    }.items():  # fmt: skip
        assert matches(query(read(text)), found) == expected, text
