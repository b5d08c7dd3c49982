"""content/intake.yml: what it may say, and what is told of a slip."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ContentError
from broadsheet.intake import Intake, parse_intake


def test_an_empty_file_publishes_all() -> None:
    assert parse_intake("") == parse_intake("# nothing yet\n") == Intake()
    assert parse_intake("include:\nlimit:\n") == Intake()


def test_rules_are_read_in_the_words_of_subscriptions() -> None:
    intake = parse_intake(
        "include:\n- words: robot* learn*\n  topics: [robotics]\n- authors: Ada Example\n"
        "- categories: [cs.RO, math]\n  votes: 5\n- sources: [HuggingFace]\n"
        "exclude:\n- name: surveys\n  words: survey\nlimit: 12\n"
    )
    assert intake.limit == 12
    assert intake.include is not None
    assert [rule.label for rule in intake.include] == [
        "words: robot* learn*; topics: robotics", "authors: Ada Example",
        "categories: cs.RO, math; votes: 5", "sources: HuggingFace",
    ]  # fmt: skip
    assert [rule.line for rule in intake.include] == [2, 4, 5, 7]
    assert intake.include[2].categories == ("cs.ro", "math")
    assert [query.votes for query in intake.include[2].queries] == [5]
    assert intake.include[3].queries == ()
    assert intake.exclude[0].label == "surveys"


def test_one_rule_needs_no_list_and_no_rule_lets_nothing_through() -> None:
    (rule,) = parse_intake("include:\n  words: robot\n").include or ()
    assert rule.queries[0].clauses
    assert parse_intake("include: []\n").include == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("limt: 3\n", 1, 'did you mean limit?'),
        ("include:\n- words: x\nexlude: []\n", 3, "did you mean exclude?"),
        ("include:\n- word: x\n", 2, "did you mean words?"),
        ("include:\n- words: x\n  catgories: [cs.LG]\n", 3, "did you mean categories?"),
        ("limit: many\n", 1, 'found "many"; expected a count'),
        ("limit: -1\n", 1, "expected a count"),
        ("limit: [1]\n", 1, "expected a count"),
        ("include:\n- robots\n", 2, 'found "robots"; expected a rule'),
        ("include: robots\n", 1, "expected rules such as"),
        ("include:\n- name: empty\n", 2, "asks for nothing"),
        ("exclude:\n- categories: ['cs LG']\n", 2, "is not a category"),
        ("exclude:\n- words: x\n- topics: [No Slug]\n", 3, "is not a slug"),
        ("exclude:\n- words: nofield:x\n", 2, "nofield"),
        ("exclude:\n- words: [ok, nofield:x]\n", 2, "nofield"),
        ("exclude:\n- words: []\n", 2, "asks for nothing"),
        ("exclude:\n- words: [on:2025-08-07]\n", 2, "can't ask for days"),
        ("include:\n- words: x since:2025\n", 2, "can't ask for days"),
        ("limit: 1\nlimit: 2\n", 2, "stands here twice"),
        ("include:\n- words: x\n  words: y\n", 3, "stands here twice"),
        ("- words: x\n", 1, "expected `include:`"),
        ("include: [\n", None, "not YAML"),
        ("include: &a [*a]\n", 1, "alias"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(text: str, line: int | None, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_intake(text)
    assert said in caught.value.message
    assert caught.value.file == "intake.yml"
    assert line is None or caught.value.line == line


def test_a_file_has_bounds() -> None:
    with pytest.raises(ContentError, match="expected 100 at most"):
        parse_intake("include:\n" + "- words: x\n" * 101)
    with pytest.raises(ContentError, match="characters"):
        parse_intake("#" * 200_000)


@given(
    st.text(max_size=200) | st.text(alphabet="include: xwords-[]{}\n  limit123*&!", max_size=200)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ContentError):
        assert isinstance(parse_intake(text), Intake)
