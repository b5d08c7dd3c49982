"""topics.yml and tags.yml: what is read, and what is refused where."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import VocabularyError
from broadsheet.topics import Tag, Topic, Vocabulary, parse_tags, parse_topics, parse_vocabulary

TOPICS = """\
version: 1
topics:
  - slug: sea
    name: The sea
    description: Waves and tides.
    words:
      2.5: [wave, tide table]
      -1: [radio wave]
  - slug: sky
    name: The sky
    words:
      1.0: [cloud, "on"]
"""
TAGS = """\
tags:
  - slug: moon
    name: Moon
    kind: task
    synonyms: [lunar cycle]
    exact: [SAM]
    title: [night]
"""


def test_topics_are_read_in_order_with_other_last() -> None:
    version, topics = parse_topics(TOPICS)
    assert version == 1
    assert topics[0] == Topic(
        "sea",
        "The sea",
        "Waves and tides.",
        (("wave", 2.5), ("tide table", 2.5), ("radio wave", -1.0)),
    )
    assert topics[1].words == (("cloud", 1.0), ("on", 1.0))  # YAML's "on" stays a word
    assert [topic.slug for topic in topics] == ["sea", "sky", "other"]


def test_other_can_be_renamed_but_holds_no_words() -> None:
    renamed = TOPICS.replace(
        "  - slug: sky\n    name: The sky\n", "  - slug: other\n    name: Rest\n"
    )
    with pytest.raises(VocabularyError, match="takes no words"):
        parse_topics(renamed)
    _, topics = parse_topics(renamed[: renamed.index("    words:\n      1.0")])
    assert (topics[-1].slug, topics[-1].name) == ("other", "Rest")


def test_tags_are_read() -> None:
    assert parse_tags(TAGS) == (
        Tag("moon", "Moon", "task", ("lunar cycle",), ("SAM",), ("night",), ""),
    )


def test_a_vocabulary_finds_by_slug() -> None:
    vocabulary = parse_vocabulary(TOPICS, TAGS)
    assert vocabulary.topic_by_slug["other"].name == "Other"
    assert vocabulary.tag_by_slug["moon"].kind == "task"
    assert "sun" not in vocabulary.tag_by_slug


WRONG_TOPICS = [
    ("slug: sky", "slug: sea", 9, 'the slug "sea" is already in use by the topic in line 3'),
    ("slug: sky", "slug: ../sky", 9, "small letters, digits and single hyphens"),
    ("slug: sky", "slug: Sky", 9, "small letters"),
    ("slug: sky", 'slug: "sky\\n"', 9, "small letters"),
    ("slug: sky", "slug: -sky", 9, "small letters"),
    ("slug: sky", "slug: [sky]", 9, "expected slug as plain text"),
    ("name: The sky", "name: ''", 10, "one line of text"),
    ("name: The sky", 'name: "a\\nb"', 10, "one line of text"),
    ("name: The sky", "title: The sky", 10, 'no field "title"'),
    ("    name: The sky\n", "", 9, "a topic without name"),
    ("      1.0: [cloud", "      heavy: [cloud", 12, 'the weight "heavy"'),
    ("      1.0: [cloud", "      0: [cloud", 12, "not 0"),
    ("      1.0: [cloud", "      .nan: [cloud", 12, "expected a number"),
    ("      1.0: [cloud", "      1e99: [cloud", 12, "between -20 and 20"),
    ("tide table", "waves", 7, '"waves" again, first in line 7'),
    ("tide table", "'...'", 7, "expected 1 to 6 words"),
    ("tide table", "a b c d e f g", 7, "expected 1 to 6 words"),
    ("[wave, tide table]", "wave", 7, "expected a list"),
    ("version: 1\n", "", 1, "without version"),
    ("version: 1", "version: 2", 1, "install a newer Broadsheet"),
    ("version: 1", "version: one", 1, "whole number"),
    ("version: 1", "# a\u2028# b\nversion: one", 2, "whole number"),
    ("version: 1", "# a\u2028# b\nversion: [", 4, "not valid YAML"),
    ("version: 1", "version: 1\nversion: 1", 2, "twice"),
    ("[wave, tide table]", "&a [wave]", 7, "anchor or alias"),
    ("[wave, tide table]", "*a", 7, "anchor or alias"),
    ("[wave, tide table]", "[" * 40, 7, "nested"),
    ("[wave, tide table]", "[wave", 7, "not valid YAML"),
    ('    words:\n      1.0: [cloud, "on"]\n', "", 9, "needs words"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), WRONG_TOPICS)
def test_a_wrong_topics_file_is_refused_with_its_line(
    old: str, new: str, line: int, message: str
) -> None:
    assert old in TOPICS
    with pytest.raises(VocabularyError) as error:
        parse_topics(TOPICS.replace(old, new, 1), "content/topics.yml")
    assert message in error.value.message
    assert (error.value.file, error.value.line) == ("content/topics.yml", line)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("kind: task", "kind: fish", 4, "expected one of method"),
        ("kind: task", "colour: red", 4, "no field"),
        ("name: Moon", "name: '?!'", 3, "expected 1 to 6 words"),
        ("synonyms: [lunar cycle]", "synonyms: lunar", 5, "expected a list"),
        ("tags:\n", "- tags\n", 1, ""),
        ("tags:\n", "!!python/object/apply:os.getcwd []\n", 1, ""),
    ],
)
def test_a_wrong_tags_file_is_refused_with_its_line(
    old: str, new: str, line: int, message: str
) -> None:
    with pytest.raises(VocabularyError) as error:
        parse_tags(TAGS.replace(old, new, 1))
    assert message in error.value.message
    assert error.value.line is not None
    assert error.value.line >= line


def test_two_tags_with_one_phrase_are_refused() -> None:
    second = "  - {slug: luna, name: Luna, kind: task, synonyms: [Lunar cycles]}\n"
    with pytest.raises(VocabularyError, match='names both "moon" and "luna"'):
        parse_tags(TAGS + second)


@pytest.mark.parametrize("text", ["", "\0", "--- 1\n--- 2\n", "[]", "a: *b", "\t", "{"])
def test_broken_yaml_is_one_clear_error(text: str) -> None:
    for parse in (parse_topics, parse_tags):
        with pytest.raises(VocabularyError):
            parse(text)


@given(st.text(alphabet="ab:-[]{}&*!|>'\"\n 1.", max_size=80))
def test_any_text_is_a_vocabulary_or_a_clear_error(text: str) -> None:
    try:
        _, topics = parse_topics(TOPICS + text)
    except VocabularyError:
        return
    assert topics[-1].slug == "other"


def test_the_digests_own_vocabulary_is_sound(vocabulary: Vocabulary) -> None:
    assert 20 <= len(vocabulary.topics) <= 30
    assert all(topic.name and topic.description for topic in vocabulary.topics)
    assert max(len(topic.words) for topic in vocabulary.topics) <= 400
    assert 100 <= len(vocabulary.tags) <= 400


@pytest.mark.slow
def test_the_digests_own_files_stay_readable() -> None:
    for name in ("topics.yml", "tags.yml"):
        text = (Path(__file__).parents[2] / "content" / name).read_text("utf-8")
        assert max(map(len, text.splitlines())) <= 100
        assert yaml.safe_load(text)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("[speech]", "expected names and words, as in TTS: [speech, voice]"),
        ("{ASR: [speech]}", 'the name "ASR" under with, expected one of the tag\'s own names'),
        ("{TTS: [speech], tts: [voice]}", 'the name "tts" under with'),
        ("{TTS: []}", 'no words for "TTS", expected one or more'),
        ("{TTS: [human voice]}", '"human voice" under with, expected one word'),
        ("{TTS: speech}", "expected a list under"),
    ],
)
def test_contexts_that_say_nothing_are_told(value: str, message: str) -> None:
    text = f"tags:\n- slug: a\n  name: A\n  kind: task\n  exact: [TTS]\n  with: {value}\n"
    with pytest.raises(VocabularyError, match=r"tags\.yml:6") as raised:
        parse_tags(text)
    assert message in str(raised.value)


def test_contexts_are_read_with_their_names() -> None:
    text = (
        "tags:\n- {slug: a, name: A, kind: task, exact: [TTS], with: {TTS: [speech], a: [voice]}}\n"
    )
    assert parse_tags(text)[0].contexts == (("TTS", ("speech",)), ("a", ("voice",)))


def test_a_tag_may_name_the_topic_of_its_papers() -> None:
    text = "tags:\n- slug: a\n  name: A\n  kind: task\n  topic: sea\n"
    assert parse_tags(text)[0].topic == "sea"
    with pytest.raises(VocabularyError, match=r"tags\.yml:5: the topic .* expected the slug"):
        parse_tags(text.replace("sea", "The sea"))
