"""Subscriptions as files: what they may say, and what is wrong with them, line by line."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ContentError
from broadsheet.search.query.clauses import Presence
from broadsheet.search.query.language import read
from broadsheet.search.query.matching import matches
from broadsheet.search.query.question import question
from broadsheet.subscriptions.model import (
    Subscription,
    address,
    parse_subscription,
    query_of,
)
from tests.search.shelf import asked, index

WHOLE = """\
title: Robots that learn
description: Learned, not planned.
words: robot* title:manipulation^3
required: [policy, "sim to real"]
excluded: [survey]
authors: [Ada Lovelace]
topics: [robotics]
tags: [reinforcement-learning]
votes: 5
since: 2025-06
"""


def test_a_file_becomes_a_subscription_and_a_query() -> None:
    one = parse_subscription(WHOLE, "robots")
    assert one.title == "Robots that learn"
    assert one.since == "2025-06"
    asked = query_of(one)
    assert [(clause.term, clause.presence) for clause in asked.clauses] == [
        ("robot*", Presence.OPTIONAL),
        ("manipul", Presence.OPTIONAL),
        ("polici", Presence.REQUIRED),
        ("survei", Presence.PROHIBITED),
        ("sim", Presence.REQUIRED),
        ("real", Presence.REQUIRED),
    ]
    assert asked.phrases == ("sim to real",)
    assert (asked.topics, asked.tags, asked.authors) == (
        ("robotics",), ("reinforcement-learning",), ("Ada Lovelace",))  # fmt: skip
    assert (asked.first, asked.last, asked.votes) == (date(2025, 6, 1), None, 5)


def test_hyphened_words_are_parted_as_lunr_parts_them() -> None:
    one = parse_subscription("title: A\nrequired: [long-tailed]\n", "a")
    assert one.text == "+long +tailed"


def test_one_text_may_stand_for_a_list() -> None:
    assert parse_subscription("title: A\ntopics: vision\n", "a").topics == ("vision",)


def test_the_search_page_is_asked_the_same() -> None:
    one = parse_subscription(WHOLE, "robots")
    asked = parse_qs(urlsplit(address(one)).query)
    assert asked["q"] == ['robot* title:manipulation^3 +policy "sim to real" -survey']
    assert asked["topic"] == ["robotics"]
    assert asked["tag"] == ["reinforcement-learning"]
    assert asked["author"] == ["Ada Lovelace"]
    assert asked["since"] == ["2025-06"]


def test_all_has_plain_words() -> None:
    one = parse_subscription(
        'title: A\nall: text-to-image "long kites" -sand 2024 in:crafts\nvotes: 2\n', "a"
    )
    asked = query_of(one)
    assert [unit.text for unit in asked.units] == ["long", "kites", "text-to-image"]
    assert [unit.text for unit in asked.unwanted] == ["sand"]
    assert (asked.folded_phrases, asked.topics, asked.votes) == (("long kites",), ("crafts",), 2)
    assert (asked.first, asked.last) == (date(2024, 1, 1), date(2024, 12, 31))
    page = parse_qs(urlsplit(address(one)).query)
    assert page["q"] == ['text-to-image "long kites" -sand on:2024 in:crafts']
    assert page["verbatim"] == ["1"]


def test_all_may_name_a_month() -> None:
    one = parse_subscription("title: A\nall: kites, Aug 2024 (ropes)\n", "a")
    asked = query_of(one)
    assert (asked.first, asked.last) == (date(2024, 8, 1), date(2024, 8, 31))
    page = parse_qs(urlsplit(address(one)).query)
    assert page["q"] == ["kites, on:2024-08 (ropes)"]


def test_words_stay_lunrs_on_the_search_page() -> None:
    one = parse_subscription("title: A\nwords: robots learning\n", "a")
    (text,) = parse_qs(urlsplit(address(one)).query)["q"]
    assert question(text).clauses == query_of(one).clauses


@pytest.mark.parametrize(
    "text",
    ["diffusion models", "novak", "text-to-image", "lovelace 2024", '"all you need"',
     "baskets -harvest", "author:lin kites"],
)  # fmt: skip
def test_all_matches_what_the_search_finds_with_all_words(text: str) -> None:
    one = Subscription(name="a", title="A", all=text)
    answer = asked(text, verbatim=True)
    assert answer.total == matches(query_of(one), index()).bit_count() > 0


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("words: x\n", 1, "title"),
        ("title: A\n", 1, "looks for nothing"),
        ("title: A\nword: x\n", 2, '"word"'),
        ("# a\u2028# b\ntitle: A\nword: x\n", 3, '"word"'),
        ("title: A\nwords: nofield:x\n", 2, "query"),
        ("title: A\nwords: x\nvotes: many\n", 3, "votes"),
        ("title: A\nwords: x\nvotes: -1\n", 3, "votes"),
        ("title: A\nwords: x\nsince: soon\n", 3, "since"),
        ("title: A\ntopics: [../x]\n", 2, "slug"),
        ("title: A\nwords: x\nwords: y\n", 3, "twice"),
        ("title: A\nexcluded: [two words]\n", 2, "one plain word"),
        ("title: A\nexcluded: [long-tailed]\n", 2, "one plain word"),
        ("title: A\nrequired: [+x]\n", 2, "one plain word"),
        ("title: [A]\nwords: x\n", 1, "list"),
        ("title: A\nwords: {a: b}\n", 2, "text"),
        ("title: A\nwords: &x y\nrequired: *x\n", 3, "found an alias"),
        ("title: A\nwords: " + "[" * 40 + "]" * 40, 2, "more than 20 levels"),
        ("title: A\n words: x: y\n", 2, "YAML"),
        ("# a\u2028# b\ntitle: A\n words: x: y\n", 3, "YAML"),
        ("- title\n", 1, "title"),
        ("title: A\nwords: " + "x " * 60 + "\n", 2, "60 words"),
        ("title: A\nall: " + "x " * 60 + "\n", 2, "60 words"),
        ("title: A\nal: kites\n", 2, '"al"'),
        ("title: A\nall: kites\nwords: x\n", 3, "beside all:"),
        ("title: A\nexcluded: [x]\nall: kites\n", 2, "beside all:"),
        ("title: A\nall: kite*\n", 2, "Lunr's syntax"),
        ("title: A\nall: the of\n", 2, "common words"),
        ("title: A\nall: 2401.16164\n", 2, "one paper"),
        ("title: A\nall: kites since:soon\n", 2, "since"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int | None, says: str) -> None:
    with pytest.raises(ContentError) as error:
        parse_subscription(text, "a", file="content/subscriptions/a.yml")
    assert says in error.value.message
    assert error.value.line == line
    assert error.value.file == "content/subscriptions/a.yml"


@pytest.mark.parametrize("name", ["", "A", "../x", "a b", "a.b", "-a", "x" * 81])
def test_a_name_is_an_address(name: str) -> None:
    with pytest.raises(ContentError, match="name"):
        parse_subscription(WHOLE, name)


words = st.from_regex(r"[a-z]{1,8}", fullmatch=True)


@given(
    st.builds(
        Subscription,
        name=st.just("some"),
        title=words,
        description=st.sampled_from(["", "Two: colons", "# no comment", "- dash", "'quoted'"]),
        words=st.lists(words, min_size=1, max_size=4).map(" ".join),
        required=st.lists(words, max_size=2).map(tuple),
        excluded=st.lists(words, max_size=2).map(tuple),
        authors=st.lists(st.sampled_from(["Ada Lovelace", "Zoë Ångström", "no"]), max_size=2).map(
            tuple
        ),
        topics=st.lists(words, max_size=2).map(tuple),
        tags=st.lists(st.sampled_from(["a-b", "null", "2025", "true"]), max_size=2).map(tuple),
        votes=st.integers(0, 99),
        since=st.sampled_from(["", "2025", "2025-06", "2025-06-14", "2025-W23"]),
    )
)
def test_a_subscription_survives_being_written_and_read(one: Subscription) -> None:
    values = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(one).items()
        if value and key != "name"
    }
    text = yaml.safe_dump(values, allow_unicode=True)
    assert parse_subscription(text, "some") == one


@given(st.text(max_size=300))
def test_any_file_is_a_subscription_or_one_clear_error(text: str) -> None:
    with suppress(ContentError):
        assert parse_subscription(text, "a").title


def test_a_reader_s_text_is_cut_as_the_page_cuts_it() -> None:
    got = read(
        'attention: +Robots "two words" in:Computer Vision author:hinton AUTHOR:"A B" on:2025'
    )
    assert got.lunr == "attention +Robots Vision +authors:hinton"
    assert got.phrases == ("two words",)
    assert got.topics == ("computer",)
    assert got.authors == ("A B",)
    assert (got.first, got.last) == (date(2025, 1, 1), date(2025, 12, 31))
