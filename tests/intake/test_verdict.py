"""Which papers are published by the rules, and why the others wait."""

from __future__ import annotations

import random

import pytest

from broadsheet.intake import Candidate, parse_intake, verdicts
from broadsheet.papers import Paper
from broadsheet.topics import parse_vocabulary
from tests.digests import TAGS, TOPICS

VOCABULARY = parse_vocabulary(TOPICS, TAGS)


def candidate(
    title: str, *, topic: str = "vision", votes: int | None = None, source: str = "arxiv", **more
) -> Candidate:
    return Candidate(Paper(id=title.lower().replace(" ", "-"), title=title, upvotes=votes, **more),
                     topic, source)  # fmt: skip


PAPERS = (
    candidate("Robots that learn", votes=3, categories=("cs.RO", "cs.LG")),
    candidate("A survey of robots", votes=30, authors=("Ada Example", "Bo Example")),
    candidate("Convex hulls", topic="optimization", categories=("math.OC",), tags=("sgd",)),
    candidate("Images of nothing", votes=3, source="huggingface", topic="unknown"),
)


def published(rules: str, *, room: int | None = None) -> list[int]:
    whys = verdicts(parse_intake(rules), PAPERS, VOCABULARY, room)
    return [number for number, why in enumerate(whys) if why is None]


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ("", [0, 1, 2, 3]),
        ("include: []\n", []),
        ("include:\n- words: robot\n", [0, 1]),
        ("include:\n- words: robot\n  votes: 10\n", [1]),
        ("include:\n- words: [convex hulls, images of nothing]\n", [2, 3]),
        ("include:\n- words: [robots survey, hulls convex]\n", []),
        ("include:\n- words: [robot, hull]\n  votes: 3\n", [0, 1]),
        ("include:\n- words: [title:survey, '+robot -survey', \"'\"]\n", [0, 1]),
        ("include:\n- words: robot\n- tags: [sgd]\n", [0, 1, 2]),
        ("include:\n- authors: [ada example]\n", [1]),
        ("include:\n- topics: [optimization]\n", [2]),
        ("include:\n- topics: [other]\n", [3]),
        ("include:\n- categories: [cs.lg]\n", [0]),
        ("include:\n- categories: [math]\n- categories: ['cs.*']\n", [0, 2]),
        ("include:\n- sources: [huggingface]\n", [3]),
        ("include:\n- required: [robots, learn]\n", [0]),
        ("include:\n- words: robot\nexclude:\n- words: survey\n", [0]),
        ("exclude:\n- categories: [cs, math]\n", [1, 3]),
        ("exclude:\n- words: -robots\n", [0, 1]),
    ],
)  # fmt: skip
def test_rules_choose(rules: str, wanted: list[int]) -> None:
    assert published(rules) == wanted


def test_most_votes_then_the_order_of_the_listing() -> None:
    assert published("", room=1) == [1]
    assert published("", room=2) == [0, 1]
    assert published("", room=3) == [0, 1, 3]
    assert published("", room=0) == published("", room=-4) == []


def test_each_is_told_why_it_waits() -> None:
    rules = parse_intake(
        "include:\n- words: robot\n- words: convex\nexclude:\n- name: surveys\n  words: survey\n"
        "limit: 1\n"
    )
    assert verdicts(rules, PAPERS, VOCABULARY, 1) == [
        None, "excluded by surveys", "over the limit of 1 a day",
        "no rule of intake.yml includes it",
    ]  # fmt: skip


def test_the_verdict_on_a_paper_is_its_own() -> None:
    rules = parse_intake("include:\n- words: robot\n- votes: 3\nexclude:\n- words: survey\n")
    alone = {one.paper.id: verdicts(rules, [one], VOCABULARY, None)[0] for one in PAPERS}
    mixed = list(PAPERS)
    random.Random(1).shuffle(mixed)
    together = verdicts(rules, mixed, VOCABULARY, None)
    assert {one.paper.id: why for one, why in zip(mixed, together, strict=True)} == alone
    assert verdicts(rules, [], VOCABULARY, None) == []
