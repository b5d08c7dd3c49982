"""Explaining a paper's topic and tags: what is told where a curator and the words disagree."""

from __future__ import annotations

from broadsheet.curate import explain
from broadsheet.papers import Paper
from broadsheet.topics import Classification, Explanation, Reason

PAPER = Paper(id="steps", title="Steps that shrink", abstract="")


def _said(
    *,
    topic: str = "vision",
    tags: tuple[str, ...] = (),
    given: Classification | None = None,
    found: Explanation | None = None,
) -> list[str]:
    paper = Paper(id=PAPER.id, title=PAPER.title, tags=tags)
    found = found or Explanation((), (), ())
    return explain(paper, topic, given or Classification(topic), found).splitlines()


def test_a_paper_without_a_word_of_the_vocabulary_is_told_where_it_goes() -> None:
    said = _said(topic="other")
    assert said[:3] == ["steps: Steps that shrink", "", "Topic: other"]
    assert "  no word of topics.yml stands in it, so it goes to other" in said
    assert said[-1] == "Tags: none"


def test_a_topic_that_a_curator_chose_is_shown_beside_the_one_by_words() -> None:
    scores = tuple((f"topic-{n}", 9.0 - n) for n in range(7))
    said = _said(
        topic="topic-6", given=Classification("topic-0"), found=Explanation(scores, (), ())
    )
    assert "Topic: topic-6 (by its words: topic-0)" in said
    shown = [line.split()[0] for line in said if line.startswith("  topic-")]
    assert shown == ["topic-0", "topic-1", "topic-2", "topic-3", "topic-6"]
    assert "  and 2 other topics with lower scores" in said


def test_one_topic_more_is_one_topic() -> None:
    scores = tuple((f"topic-{n}", 9.0 - n) for n in range(5))
    said = _said(topic="topic-0", found=Explanation(scores, (), ()))
    assert "  and 1 other topic with lower scores" in said


def test_of_many_phrases_the_first_are_shown_and_the_others_counted() -> None:
    reasons = tuple(
        Reason("topic", "vision", f"phrase {n}", 2.0, 1.5, "both" if n == 0 else "title")
        for n in range(15)
    )
    said = _said(found=Explanation((("vision", 22.5),), (), reasons))
    assert "       +1.50  'phrase 0' in the title and abstract (weight 2)" in said
    assert "       +1.50  'phrase 1' in the title (weight 2)" in said
    assert sum("'phrase " in line for line in said) == 12
    assert "      and 3 more" in said


def test_each_tag_is_told_as_given_taken_out_too_weak_or_a_curators() -> None:
    said = _said(
        tags=("sgd", "own"),
        given=Classification("vision", ("sgd", "nas")),
        found=Explanation(
            (),
            (("sgd", 3.0), ("nas", 2.0), ("gan", 0.5)),
            (Reason("tag", "sgd", "stochastic gradient", 1.0, 3.0, "abstract"),),
        ),
    )
    told = said[said.index("Tags: sgd, own") + 1 :]
    assert [line.split(None, 2)[0] for line in told] == ["sgd", "+3.00", "nas", "gan", "own"]
    assert told[0].endswith("given")
    assert told[1].strip() == "+3.00  'stochastic gradient' in the abstract (weight 1)"
    assert told[2].endswith("found by its words, but not here: a curator's choice")
    assert told[3].endswith("too weak, or one too many")
    assert told[4].endswith("a curator's: no word of tags.yml led to it")
