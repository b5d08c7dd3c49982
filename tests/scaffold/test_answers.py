"""What a new digest is asked: validated, in a normal form, and the same again after JSON."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import SettingsError
from broadsheet.scaffold.answers import Answers, of_json, repository_address, validated


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:ada/post.git", "https://github.com/ada/post"),
        ("https://github.com/ada/post", "https://github.com/ada/post"),
        ("https://ada:secret@GitHub.com/ada/post.git/", "https://github.com/ada/post"),
        ("ssh://git@code.ada.net:2222/group/sub/post.git", "https://code.ada.net/group/sub/post"),
        ("https://code.ada.net:8443/ada/post", "https://code.ada.net:8443/ada/post"),
        ("/srv/git/post.git", ""),
        ("../post", ""),
        ("C:\\git\\post", ""),
        ("file:///srv/git/post.git", ""),
        ("https://github.com/ada", ""),
        ("https://github.com:99999/ada/post", ""),
        ("https://[github.com/ada/post", ""),
        ('https://github.com/ada/po"st', ""),
        ("", ""),
    ],
)
def test_a_remote_s_page_is_told_without_passwords(remote: str, address: str) -> None:
    assert repository_address(remote) == address


@given(st.text(max_size=60))
def test_any_text_is_a_remote_or_none(text: str) -> None:
    address = repository_address(text)
    assert not address or address.startswith("https://")
    assert repository_address(address) == address


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": ""}, 'name "": expected 1 to 100'),
        ({"name": "a\x1b[2J"}, "expected 1 to 100 printable"),
        ({"host": "gitub"}, "did you mean github?"),
        ({"licence": "mit"}, "expected one of cc0, cc-by, none"),
        ({"domain": "no domain"}, 'domain "no domain": expected one such as'),
        ({"domain": "bücher.example"}, "papers.example.org, other letters as xn--..."),
        ({"repository": "post"}, 'repository "post": expected an address such as'),
        ({"domain": "ada.net\nevil.net"}, "expected one such as"),
        ({"sources": ("hugingface",)}, "did you mean huggingface?"),
        ({"sources": ("javascript:alert(1)",)}, "or a feed's address"),
        ({"categories": ("cs.LG; rm",)}, "expected one such as cs.LG"),
        ({"sources": ("arxiv",)}, "expected a category such as cs.LG"),
        ({"words": ("x" * 101,)}, "expected up to 100"),
    ],
)
def test_wrong_answers_name_what_was_expected(given: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError) as error:
        validated(Answers(**given))
    assert told in str(error.value)


def test_answers_are_brought_to_one_form() -> None:
    made = validated(
        Answers(
            name="  Gradient \n Post ",
            domain="https://Papers.Ada.net/",
            repository="git@github.com:ada/post.git",
            sources=("huggingface", "huggingface"),
            categories=(" cs.LG", "cs.LG", ""),
        )
    )
    assert made == Answers(
        name="Gradient Post",
        domain="papers.ada.net",
        repository="https://github.com/ada/post",
        sources=("huggingface", "arxiv"),
        categories=("cs.LG",),
    )
    assert validated(made) == made


def test_sources_become_a_setting() -> None:
    answers = Answers(
        sources=("huggingface", "arxiv", "https://journal.ada.net/feed"),
        categories=("cs.LG",),
        words=("state space",),
    )
    assert answers.source_settings() == [
        {"source": "huggingface"},
        {"source": "arxiv", "categories": ["cs.LG"], "words": ["state space"]},
        {"source": "feed", "url": "https://journal.ada.net/feed"},
    ]


def test_answers_survive_json_and_hostile_json_is_refused() -> None:
    answers = Answers(name="Post", categories=("cs.LG",), sources=("arxiv",))
    assert of_json(answers.as_json()) == answers
    assert of_json({**answers.as_json(), "newer": 1}) == answers
    older = {key: row for key, row in answers.as_json().items() if not key.endswith("_formats")}
    assert of_json(older).feed_formats == ("rss", "atom", "json")
    assert of_json(older).export_formats == ("json", "bib", "ris", "md")
    for wrong in ([], {"name": 1}, {"sources": "arxiv"}, {"sources": [1]}, {"host": "../x"},
                  {"feed_formats": ["opml"]}, {"export_formats": ["pdf"]}):  # fmt: skip
        with pytest.raises(SettingsError):
            of_json(wrong)
