"""Scores are those that lunr.py gives on a full index."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr import get_default_builder
from lunr.index import Index as LunrIndex
from lunr.query import Query as LunrQuery
from lunr.query_parser import QueryParser

from broadsheet.search import lunr_document
from broadsheet.search.analysis.fields import BOOSTS, FIELDS, K1, B
from broadsheet.search.analysis.terms import derived_terms
from broadsheet.search.analysis.words import query_term, terms_of, words
from broadsheet.search.index.documents import folded_texts
from broadsheet.search.index.inverted_index import InvertedIndex
from broadsheet.search.index.statistics import packed_statistics
from broadsheet.search.query.language import query, read
from broadsheet.search.query.matching import matches
from broadsheet.search.query.question import question
from broadsheet.search.query.ranking import scores, vector_of, vector_of_clauses
from tests.soak import SOAK

from ..samples import made


@cache
def index() -> InvertedIndex:
    papers = made(120)
    return InvertedIndex(
        packed_statistics(papers),
        [(date(2025, 3, 1), len(papers))],
        lambda number: (papers[number].title, papers[number].abstract),
    )


@cache
def full() -> LunrIndex:
    """lunr.py's index of terms, those derived too, that are put in as they are."""
    builder = get_default_builder()
    builder.pipeline.reset()
    builder.search_pipeline.reset()
    builder.ref("id")
    builder.b(B)
    builder.k1(K1)
    for field in FIELDS:
        builder.field(field, boost=BOOSTS[field])
    for number, paper in enumerate(made(120)):
        texts = lunr_document(paper)
        folded = folded_texts(paper, texts)
        terms = {
            name: [*terms_of(words(texts[name])), *derived_terms(folded[name])] for name in FIELDS
        }
        builder.add({"id": str(number), **terms})
    return builder.build()


def by_lunr(asked: LunrQuery) -> dict[int, float]:
    return {int(hit["ref"]): hit["score"] for hit in full().query(asked)}


VOCABULARY = sorted(
    {word for paper in made(120)[::6] for word in f"{paper.title} {paper.abstract}".split()}
)
TYPED = st.lists(st.sampled_from([*VOCABULARY, "naive", "c++", "schrodinger", "gpt4o"]), min_size=1,
                 max_size=4)  # fmt: skip


@given(TYPED)
@settings(max_examples=40 if SOAK else 10)
def test_plain_words_score_as_optional_clauses_of_all_their_terms(typed: list[str]) -> None:
    units = question(" ".join(typed)).units
    boosts: dict[str, float] = {}
    for term, boost in chain.from_iterable(unit.boosts.items() for unit in units):
        boosts[term] = max(boost, boosts.get(term, 0))
    asked = LunrQuery(list(FIELDS))
    for term, boost in boosts.items():
        asked.clause(term, boost=boost, use_pipeline=False)
    expected = by_lunr(asked) if boosts else {}
    wanted = sum(1 << number for number in expected)
    found = scores(vector_of(units), index(), wanted)
    assert found == pytest.approx(expected)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "+", "title:", "authors:", "-"]),
            st.sampled_from([word for word in VOCABULARY if word.isalpha()]),
            st.sampled_from(["", "^3", "~1"]),
        ),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=40 if SOAK else 10)
def test_a_query_in_lunrs_syntax_scores_as_lunr_scores_it(
    parts: list[tuple[str, str, str]],
) -> None:
    text = " ".join(map("".join, parts))
    theirs = LunrQuery(list(FIELDS))
    QueryParser(text, theirs).parse()
    for clause in theirs.clauses:
        clause.term, clause.use_pipeline = query_term(clause.term), False
    ours = query(read(text))
    found = scores(vector_of_clauses(ours.clauses, index()), index(), matches(ours, index()))
    expected = by_lunr(theirs)
    if "~" not in text:  # lunr.py's fuzzy words find derived terms too
        assert found == pytest.approx(expected)
    assert found.keys() <= expected.keys()
