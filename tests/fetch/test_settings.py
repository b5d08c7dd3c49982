"""The settings of fetching."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import SettingsError
from broadsheet.fetch import Arxiv, HuggingFace, WebFeed
from broadsheet.fetch.settings import FetchSettings, of_pelican
from broadsheet.scaffold.answers import Answers


def read(*rows: Any, **more: Any) -> FetchSettings:
    return of_pelican({"BROADSHEET_SOURCES": list(rows), **more})


def test_sources_are_read_in_their_order():
    found = read(
        {"source": "huggingface"},
        {"source": "arxiv", "categories": ["cs.LG"], "words": ["diffusion"]},
        {"source": "feed", "url": "https://www.example.org/feed.xml"},
    )
    assert found.sources == (
        HuggingFace(),
        Arxiv(("cs.LG",), ("diffusion",)),
        WebFeed("https://www.example.org/feed.xml", "example-org"),
    )
    assert found.again == 3


def test_without_settings_it_is_hugging_face_with_three_days_again():
    assert of_pelican({}) == FetchSettings((HuggingFace(),), 3)


def test_one_text_stands_for_a_list_of_one():
    assert read({"source": "arxiv", "categories": "cs.LG"}).sources == (Arxiv(("cs.LG",)),)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("huggingface", "expected such as"),
        ({}, 'source: found "None"'),
        ({"source": "arXiv"}, "did you mean arxiv?"),
        ({"source": "huggingface", "days": 3}, "expected no other key"),
        ({"source": "arxiv", "category": ["cs.LG"]}, "did you mean categories?"),
        ({"source": "arxiv"}, "categories is missing; arxiv needs it"),
        ({"source": "arxiv", "categories": []}, "no arXiv category was given"),
        ({"source": "arxiv", "categories": ["LG"]}, '"LG" is not an arXiv category'),
        ({"source": "arxiv", "categories": [3]}, "expected a list of texts"),
        ({"source": "arxiv", "categories": ["cs.LG"], "words": ['a" OR all:b']}, "is not a word"),
        ({"source": "arxiv", "categories": ["cs.LG"], "words": ["a"] * 21}, "20 at most"),
        ({"source": "feed", "url": "feed.xml"}, "not a feed's address"),
        ({"source": "feed", "url": "http://a.example/feed"}, "expected an https address"),
        ({"source": "feed", "url": 3}, 'url: found "3"; expected a text'),
        ({"source": "feed", "url": "https://a.example", "name": "../x"}, "can't name a feed's"),
        ({"source": "feed", "url": "https://a.example", "name": True}, "a text or None"),
        ({"source": "feed", "url": "https://a.example", "name": "arxiv"}, "another kind of source"),
    ],
)
def test_a_row_that_is_wrong_is_named(row, told):
    with pytest.raises(SettingsError, match=r"^BROADSHEET_SOURCES \(row 2\): ") as error:
        read({"source": "huggingface"}, row)
    assert told in error.value.message


@pytest.mark.parametrize(
    "rows",
    [
        [{"source": "huggingface"}] * 2,
        [{"source": "feed", "url": f"https://a.example/{n}"} for n in ("feed", "rss.xml")],
    ],
)
def test_captures_of_two_sources_never_have_one_name(rows):
    with pytest.raises(SettingsError, match="as those of row 1"):
        read(*rows)


def test_arxiv_may_be_asked_twice_with_other_words():
    rows = [{"source": "arxiv", "categories": "cs.LG", "words": word} for word in ("a", "b")]
    assert len(read(*rows).sources) == 2


@pytest.mark.parametrize("again", [-1, 61, True, "3", None])
def test_days_to_ask_again_have_bounds(again):
    with pytest.raises(SettingsError, match=r"^BROADSHEET_FETCH_AGAIN = "):
        of_pelican({"BROADSHEET_FETCH_AGAIN": again})


@pytest.mark.parametrize("rows", ["huggingface", {"source": "arxiv"}, 3])
def test_what_is_no_list_is_refused(rows):
    with pytest.raises(SettingsError, match="expected a list"):
        of_pelican({"BROADSHEET_SOURCES": rows})


def test_what_init_writes_is_read():
    answers = Answers(
        sources=("huggingface", "arxiv", "https://a.example/feed", "https://a.example/other.rss"),
        categories=("cs.LG",),
        words=("state space",),
    )
    assert read(*answers.source_settings()).sources == (
        HuggingFace(),
        Arxiv(("cs.LG",), ("state space",)),
        WebFeed("https://a.example/feed"),
        WebFeed("https://a.example/other.rss"),
    )


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3),
)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["source", "categories", "words", "url", "name", "x"]),
            _ANYTHING | st.sampled_from(["arxiv", "feed", "huggingface", "https://a.example"]),
        ),
        max_size=3,
    )
)
def test_any_rows_are_read_or_refused(rows):
    with suppress(SettingsError):  # nothing else is raised
        assert len(read(*rows).sources) == len(rows)
