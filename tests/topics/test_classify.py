"""Classifying: scores anyone can recompute, tags that are true, reasons that add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.topics import OTHER, Classifier, Tag, Topic, Vocabulary, parse_tags
from broadsheet.topics.classify import MOST_TAGS, OF_TAG, OF_TITLE_TAG, TITLE
from broadsheet.topics.mentions import IN_CLAIM, IN_PASSING, IN_TITLE
from tests.growth import assert_linear

SMALL = Vocabulary(
    (
        Topic("sea", "Sea", "", (("wave", 2.0), ("tide table", 3.0), ("ship", 2.0))),
        Topic("sky", "Sky", "", (("cloud", 2.0), ("radio wave", 3.0), ("ship", 2.0))),
        Topic("calm", "Calm", "", (("quiet", 4.0), ("storm", -9.0))),
        Topic("other", "Other"),
    ),
    (
        Tag("moon", "Moon", "task", ("lunar cycle",), topic="sky"),
        Tag("full-moon", "Full moon", "task"),
        Tag("sam", "SAM", "model", (), ("SAM",)),
        Tag("night", "Night", "field", (), (), ("night",)),
        *(Tag(f"t{n}", f"Thing {n}", "task") for n in range(9)),
    ),
)
CLASSIFIER = Classifier(SMALL)


def test_a_score_is_the_sum_of_weights_and_titles_count_more() -> None:
    found = CLASSIFIER.explain("Waves", "A wave meets a wave; see the tide tables.")
    assert found.topics == (("sea", 2.0 * (1 + TITLE) + 3.0),)


def test_the_highest_score_wins_and_the_first_topic_at_equal_scores() -> None:
    assert CLASSIFIER.classify("", "A cloud over a ship").topic == "sky"
    assert CLASSIFIER.classify("", "A ship").topic == "sea"


def test_overlapping_phrases_all_count() -> None:
    scores = dict(CLASSIFIER.explain("", "radio waves").topics)
    assert scores == {"sky": 3.0, "sea": 2.0}


def test_a_negative_weight_speaks_against() -> None:
    assert CLASSIFIER.classify("", "quiet clouds").topic == "calm"
    assert CLASSIFIER.classify("", "quiet clouds before the storm").topic == "sky"


def test_one_light_word_is_not_enough() -> None:
    light = Classifier(Vocabulary((Topic("sea", "Sea", "", (("wave", 1.5), ("ship", 0.5))),)))
    assert light.classify("", "A wave").topic == "other"
    assert light.classify("", "A wave and a ship").topic == "sea"
    assert light.classify("A wave", "").topic == "sea"


@pytest.mark.parametrize("text", ["", "Nothing known here", "storm", "$wave$"])
def test_what_no_topic_speaks_for_is_other(text: str) -> None:
    found = CLASSIFIER.classify("", text)
    assert found.topic == "other"
    assert found.reasons == ()


def test_no_phrase_spans_a_mark() -> None:
    assert CLASSIFIER.classify("", "the tide. Table").topic == "other"
    assert CLASSIFIER.classify("", "the tide-table").topic == "sea"


def test_a_tag_in_the_title_is_given() -> None:
    assert CLASSIFIER.classify("Moons", "").tags == ("moon",)
    assert CLASSIFIER.explain("Moons", "").tags == (("moon", IN_TITLE),)


def test_a_tag_mentioned_once_in_passing_is_not_given() -> None:
    found = CLASSIFIER.explain("", "The moon was used before. We propose a boat.")
    assert found.tags == (("moon", IN_PASSING),)
    assert CLASSIFIER.classify("", "The moon was used before. We propose a boat.").tags == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose a lunar cycle",
        "In this paper the lunar cycle ends",
        "Here we then study one lunar cycle",
    ],
)
def test_a_tag_where_authors_say_what_they_do_is_given(sentence: str) -> None:
    found = CLASSIFIER.explain("", f"Boats sail. {sentence}. Boats land.")
    assert found.tags == (("moon", IN_CLAIM),)


def test_a_single_common_word_in_a_claim_needs_another_mention() -> None:
    assert CLASSIFIER.classify("", "We propose a boat for the moon.").tags == ()
    assert CLASSIFIER.classify("", "We propose a boat for the moon. The moon is far.").tags
    assert CLASSIFIER.classify("", "We train SAM.").tags == ("sam",)  # as written: no common word


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose a boat unlike existing lunar cycles",
        "We propose what is faster than a lunar cycle",
        "We study boats given the lunar cycle",
    ],
)
def test_what_others_have_is_no_mention(sentence: str) -> None:
    assert CLASSIFIER.explain("", sentence).tags == ()


def test_a_claim_reaches_so_many_words_and_not_to_what_was_measured_with() -> None:
    near = "We propose a boat" + " and a sail" * 8 + " and a lunar cycle."
    far = "We propose a boat" + " and a sail" * 20 + " and a lunar cycle."
    assert CLASSIFIER.explain("", near).tags == (("moon", IN_CLAIM),)
    assert CLASSIFIER.explain("", far).tags == (("moon", IN_PASSING),)
    measured = "We evaluate our boat on a lunar cycle."
    assert CLASSIFIER.explain("", measured).tags == (("moon", IN_PASSING),)
    assert CLASSIFIER.explain("", "We evaluate a lunar cycle.").tags == (("moon", IN_CLAIM),)


def test_a_dataset_counts_in_a_claim_where_the_authors_made_one() -> None:
    classifier = Classifier(
        Vocabulary((OTHER,), (Tag("logs", "Logs", "resource", ("book of logs",)),))
    )
    assert classifier.explain("", "We study a book of logs.").tags == (("logs", IN_PASSING),)
    assert classifier.explain("", "We publish and release a book of logs.").tags == (
        ("logs", IN_CLAIM),
    )


def test_the_means_that_a_title_names_count_less_than_its_subject() -> None:
    assert dict(CLASSIFIER.explain("Clouds via waves", "").topics) == {"sky": 3.0, "sea": 1.5}
    assert dict(CLASSIFIER.explain("Via waves", "").topics) == {"sea": 3.0}


def test_a_tag_speaks_for_its_topic() -> None:
    found = CLASSIFIER.explain("", "A moon and a ship. Old lunar cycles.")
    assert found.topics == (("sky", 2.0 + OF_TAG), ("sea", 2.0))
    assert [(r.phrase, r.place) for r in found.reasons if r.slug == "sky"] == [
        ("Moon", "tag"), ("ship", "abstract"),
    ]  # fmt: skip
    assert dict(CLASSIFIER.explain("Moons", "").topics) == {"sky": OF_TITLE_TAG}
    assert CLASSIFIER.classify("", "The moon is far.").topic == "other"  # it is not given


def test_a_tag_named_twice_is_given_by_any_of_its_names() -> None:
    assert CLASSIFIER.classify("", "A moon. Old lunar cycles.").tags == ("moon",)


def test_the_longest_name_takes_its_words() -> None:
    assert CLASSIFIER.classify("Full moons", "").tags == ("full-moon",)


def test_exact_names_count_only_as_written() -> None:
    assert CLASSIFIER.classify("SAM", "").tags == ("sam",)
    assert CLASSIFIER.classify("SAMs", "").tags == ("sam",)
    assert CLASSIFIER.classify("Sam and sam", "").tags == ()


def test_title_names_count_only_in_titles() -> None:
    assert CLASSIFIER.classify("One night", "").tags == ("night",)
    assert CLASSIFIER.classify("", "We study the night. Night, night!").tags == ()


def test_tags_are_ordered_by_strength_then_vocabulary_and_few() -> None:
    things = " ".join(f"Thing {n}." for n in range(8, -1, -1))
    found = CLASSIFIER.classify(things, "We study thing 5.")
    assert found.tags == ("t5", "t0", "t1", "t2", "t3", "t4")
    assert len(found.tags) == MOST_TAGS


def test_reasons_name_the_words_and_add_up() -> None:
    title, abstract = "Waves and ships", "We study the moon over a tide table and a wave"
    found = CLASSIFIER.classify(title, abstract)
    explained = CLASSIFIER.explain(title, abstract)
    reasons = [reason for reason in found.reasons if reason.kind == "topic"]
    assert [(r.phrase, r.score, r.place) for r in reasons] == [
        ("wave", 5.0, "both"),
        ("ship", 3.0, "title"),
        ("tide table", 3.0, "abstract"),
    ]
    for slug, score in (*explained.topics, *explained.tags):
        assert sum(r.score for r in explained.reasons if r.slug == slug) == pytest.approx(score)
    assert {r.slug for r in found.reasons} == {found.topic, *found.tags}


@given(st.text(max_size=80), st.text(max_size=300))
def test_any_text_gets_one_known_topic_and_few_known_tags(
    classifier: Classifier, vocabulary: Vocabulary, title: str, abstract: str
) -> None:
    found = classifier.classify(title, abstract)
    assert found.topic in vocabulary.topic_by_slug
    assert set(found.tags) <= vocabulary.tag_by_slug.keys()
    assert len(set(found.tags)) == len(found.tags) <= MOST_TAGS
    assert found == classifier.classify(title, abstract)


def test_classifying_takes_linear_time(classifier: Classifier) -> None:
    text = "We propose a large language model for graph neural networks. "

    assert_linear(lambda read: classifier.classify("", read), lambda times: text * times, 1_000)


def test_a_name_with_words_under_with_counts_only_in_a_paper_with_one_of_them() -> None:
    tags = parse_tags(
        "tags:\n- {slug: speaking, name: Speaking, kind: task, exact: [TTS], "
        "with: {TTS: [speech, voices]}}\n- {slug: tide, name: Tide, kind: task}\n"
    )
    classifier = Classifier(Vocabulary((OTHER,), tags))
    title = "TTS for tides"
    assert classifier.classify(title, "We scale computation.").tags == ("tide",)
    assert classifier.classify(title, "We lend a voice.").tags == ("speaking", "tide")
    assert classifier.classify("Tts for tides", "We lend a voice.").tags == ("tide",)
    assert classifier.classify("Speaking of speech", "TTS.").tags == ("speaking",)
    assert not classifier.explain("Scaling", "TTS scales.").tags


def test_where_a_long_name_lacks_its_context_a_shorter_one_counts() -> None:
    tags = parse_tags(
        "tags:\n- {slug: law, name: Tidal law, kind: field, with: {tidal law: [court]}}\n"
        "- {slug: tide, name: Tidal, kind: task}\n"
    )
    classifier = Classifier(Vocabulary((OTHER,), tags))
    assert classifier.classify("A tidal law", "Water rises.").tags == ("tide",)
    assert classifier.classify("A tidal law", "A court rises.").tags == ("law",)
