"""Mentions: what a paper does counts, what it only brings up doesn't."""

from __future__ import annotations

import pytest

from broadsheet.topics import OTHER, Classifier, Tag, Vocabulary
from broadsheet.topics.mentions import IN_CLAIM, IN_PASSING, IN_TITLE
from tests.growth import assert_linear

CLASSIFIER = Classifier(
    Vocabulary(
        (OTHER,),
        (
            Tag("keel", "Keel", "method", ("folding keel", "keel bolt")),
            Tag("bolt", "Bolt", "method", ("bolt of soft iron",)),
            Tag("rig", "Rig theory", "task", (), ("RT",)),
            Tag("logs", "Logs", "resource", ("book of logs",), (), ("log",)),
        ),
    )
)
OPENING = "Boats sail. Boats land. "


def strengths(title: str, abstract: str) -> dict[str, float]:
    return dict(CLASSIFIER.explain(title, abstract).tags)


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ("We propose a hull. We propose a folding keel.", {"keel": IN_CLAIM}),
        ("We propose a hull. We train it at sea with sails, ropes and one folding keel.",
         {"keel": IN_PASSING}),
        ("We train a hull. We train it at sea with sails, ropes and one folding keel.",
         {"keel": IN_CLAIM}),
        ("We propose a hull. We propose Swift Flat Bottom (SFB), a light folding keel.",
         {"keel": IN_CLAIM}),
        ("We use wind and propose a folding keel.", {"keel": IN_CLAIM}),
        ("We use a folding keel and propose a boat.", {"keel": IN_PASSING}),
        ("We propose a hull, replacing the folding keel.", {}),
        ("Some have more, such as a folding keel.", {}),
        ("Some have more (e.g. a mast, a folding keel).", {}),
        ("Some have more, including a mast and a folding keel.", {}),
        ("We propose boats, including a folding keel.", {"keel": IN_CLAIM}),
        ("We propose hulls of oak that men at the yards near the port may join to a folding keel.",
         {"keel": IN_PASSING}),
        ("Inspired by boats with a folding keel, we propose a hull.", {"keel": IN_PASSING}),
    ],
)  # fmt: skip
def test_what_the_authors_say_they_do_counts_more_than_details_and_examples(
    sentences: str, expected: dict[str, float]
) -> None:
    assert strengths("", sentences) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("We propose a hull, quicker than boats of oak with a folding keel.", {}),
        ("Ours outperforms boats of oak with a folding keel.", {}),
        ("A folding keel. Ours is quicker than boats of oak with such a folding keel.",
         {"keel": 2 * IN_PASSING}),
        (OPENING + "Experiments at sea show a folding keel.", {}),
        ("A folding keel. " + OPENING + "Experiments at sea show a folding keel.",
         {"keel": 2 * IN_PASSING}),
    ],
)  # fmt: skip
def test_what_is_compared_or_measured_with_counts_only_if_it_was_named_before(
    abstract: str, expected: dict[str, float]
) -> None:
    assert strengths("", abstract) == expected


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        ("The log", "Boats keep a log.", {"logs": IN_TITLE}),
        ("The log", "Boats sail.", {"logs": IN_PASSING}),
        ("A book of logs", "", {"logs": IN_TITLE}),
        ("Writing at book-of-logs-level", "", {"logs": IN_PASSING}),
        ("RT at sea", "Rigs.", {"rig": IN_TITLE}),
        ("RT at sea", "A round table (RT) is new. The RT is old.", {}),
    ],
)
def test_a_title_may_mean_something_else(
    title: str, abstract: str, expected: dict[str, float]
) -> None:
    assert strengths(title, abstract) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("A keel. " + OPENING + "A keel.", {"keel": 2 * IN_PASSING}),
        (OPENING + "A keel. A keel.", {"keel": IN_PASSING}),
        (OPENING + "A keel. A keel. A keel.", {"keel": 2 * IN_PASSING}),
        (OPENING + "Rig theory. Rig theory.", {"rig": IN_PASSING}),
        (OPENING + "We study rig theory. Rig theory.", {"rig": IN_CLAIM + IN_PASSING}),
        (OPENING + "A folding keel. A folding keel.", {"keel": 2 * IN_PASSING}),
    ],
)
def test_a_word_or_a_task_that_is_first_named_after_the_opening_is_a_detail(
    abstract: str, expected: dict[str, float]
) -> None:
    assert strengths("", abstract) == expected
    assert strengths("A keel", OPENING + "A keel.") == {"keel": IN_TITLE + IN_PASSING}


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        (OPENING + "In rig theory (RT) all fit.", {}),
        (OPENING + "In rig theory (RT) all fit, and RT holds.", {"rig": IN_PASSING}),
        ("In rig theory (RT) all fit.", {"rig": 2 * IN_PASSING}),
        ("A folding keel (FK) floats. " + OPENING + "FKs sink. FK!", {"keel": 3 * IN_PASSING}),
        ("A folding keel (FOLD) floats. " + OPENING + "FOLD!", {"keel": IN_PASSING}),
        ("A folding keel (fk) floats. " + OPENING + "fk!", {"keel": IN_PASSING}),
        (OPENING + "A folding keel (FK) floats. FK!", {"keel": IN_PASSING}),
    ],
)
def test_a_name_and_its_short_form(abstract: str, expected: dict[str, float]) -> None:
    """One mention where they are introduced, but at the opening, where the short form may be the
    paper's own and counts from there on."""
    assert strengths("", abstract) == expected


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        ("A log", "", {"logs": IN_TITLE}),
        ("Keels: the log", "", {"keel": IN_TITLE, "logs": IN_TITLE}),
        ("A study on five logs", "", {"logs": IN_PASSING}),
        ("On keels: a log", "", {"keel": IN_TITLE, "logs": IN_TITLE}),
        ("", "We collect a book of logs.", {"logs": IN_CLAIM}),
        ("", "We propose a boat. Ours is new, and we collect a book of logs.", {"logs": IN_CLAIM}),
        ("", "We collect a folding keel.", {"keel": IN_PASSING}),
        ("", "We build a boat and try it on a book of logs.", {"logs": IN_PASSING}),
    ],
)
def test_a_dataset_counts_where_the_authors_made_one_not_where_they_used_it(
    title: str, abstract: str, expected: dict[str, float]
) -> None:
    assert strengths(title, abstract) == expected


def test_of_names_that_overlap_the_longest_counts() -> None:
    assert strengths("A keel bolt of soft iron", "") == {"bolt": IN_TITLE}
    assert strengths("A keel bolt of iron", "") == {"keel": IN_TITLE}


@pytest.mark.parametrize(
    "piece", ["we ", "this ", "including ", "keel (", "we and propose ", "e g ", "log on "]
)
def test_the_time_is_linear_for_any_words(piece: str) -> None:
    assert_linear(lambda text: CLASSIFIER.classify(text, text), lambda times: piece * times, 2_000)
