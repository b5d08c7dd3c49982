"""What papers are about, as numbers."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.papers import Paper
from broadsheet.related.profiles import LENGTH, MOST_TERMS, Profiles
from broadsheet.related.word_vectors import SIZE, load
from broadsheet.related.words import MOST_WORDS, ONCE, said


def _paper(title: str, abstract: str = "", *tags: str) -> tuple[str, Paper]:
    return "ports", Paper(id="x", title=title, abstract=abstract, tags=tags)


PAPERS = [
    _paper("Tidal harbour cranes", "Harbour cranes lift. Wet mud, and wet mud.", "robotics"),
    _paper("Quantised transformers", "We quantise the weights of transformers to four bits."),
    _paper("", ""),
    _paper("Zzgull and zzmud", "Zzgull, zzgull."),
]


def _vectors(profiles: Profiles) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    return np.frombuffer(profiles.vectors, np.int8).reshape(-1, SIZE)


def test_a_profile_is_the_same_whatever_papers_stand_beside() -> None:
    alone = Profiles.joined(Profiles.of([paper]) for paper in PAPERS)
    assert alone.topics == ["ports"] * len(PAPERS)
    assert Profiles.of(PAPERS) == alone
    assert alone.is_of(len(PAPERS))
    assert not alone.is_of(len(PAPERS) - 1)


def test_of_no_papers_there_is_an_empty_profile() -> None:
    assert Profiles.of([]) == Profiles.joined([]) == Profiles(b"", [], [])


def test_vectors_have_one_length_and_papers_without_words_none() -> None:
    lengths = np.linalg.norm(_vectors(Profiles.of(PAPERS)).astype(float), axis=1)
    assert lengths[2] == 0
    assert abs(lengths[[0, 1, 3]] - LENGTH).max() < SIZE**0.5


def test_what_an_abstract_says_once_turns_a_vector_and_is_no_term() -> None:
    cranes = _paper("Cranes", "Cranes lift.")
    profiles = Profiles.of([cranes, _paper("Cranes", "Cranes lift tumors."), cranes])
    vectors = _vectors(profiles).astype(float)
    assert vectors[0] @ vectors[1] < vectors[0] @ vectors[2]
    assert profiles.terms[0] == profiles.terms[1]


def test_terms_are_words_phrases_and_tags_that_tell() -> None:
    terms = Profiles.of(PAPERS).terms[0]
    assert {"harbour", "crane", "harbour crane", "wet mud", "#robotics"} <= set(terms)
    assert "lift" not in terms or terms["lift"] < terms["crane"]


@given(st.text(max_size=300), st.text(max_size=600))
def test_any_text_has_a_profile(title: str, abstract: str) -> None:
    profiles = Profiles.of([_paper(title, abstract)])
    assert profiles.is_of(1)
    assert len(profiles.terms[0]) <= MOST_TERMS
    assert sum(share**2 for share in profiles.terms[0].values()) <= (LENGTH + MOST_TERMS) ** 2


def test_sums_stay_whole_however_long_a_paper_is() -> None:
    model = load()
    words = said(model.numbers, Counter([*model.numbers] * 60))
    assert len(words) == MOST_WORDS
    worths = sum(words.values()) + ONCE * MOST_WORDS
    most = worths * max(127, round(model.strange / SIZE**0.5))
    assert most < 2**24
