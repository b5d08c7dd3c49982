"""The category under which authors filed a paper, as evidence for its topic."""

from __future__ import annotations

import pytest

from broadsheet.errors import VocabularyError
from broadsheet.topics import Classifier, parse_vocabulary

TOPICS = """\
version: 1
topics:
  - slug: optimization
    name: Optimization
    categories: {2.0: [math.OC, q-bio]}
    words: {2.0: [gradient]}
  - slug: vision
    name: Vision
    categories:
      2.0: [cs.CV]
    words: {2.5: [pixel]}
"""
CLASSIFIER = Classifier(parse_vocabulary(TOPICS, "tags: []\n"))


@pytest.mark.parametrize(
    ("title", "categories", "topic"),
    [
        ("A pixel and a gradient", (), "vision"),
        ("A pixel and a gradient", ("math.OC", "cs.CV"), "optimization"),
        ("A pixel and a gradient", ("cs.LG", "math.OC"), "vision"),  # the first alone counts
        ("A pixel and a gradient", ("Q-BIO.NC",), "optimization"),  # an archive, in any case
        ("Nothing that words speak for", ("cs.CV",), "vision"),
        ("Nothing that words speak for", ("cs.XX",), "other"),
    ],
)
def test_the_first_category_adds_its_weight(title, categories, topic):
    assert CLASSIFIER.classify(title, "", categories).topic == topic


def test_the_category_is_among_the_reasons():
    (reason,) = CLASSIFIER.explain("Of nothing", "", ("cs.CV",)).reasons
    assert (reason.slug, reason.phrase, reason.place, reason.score) == (
        "vision", "cs.CV", "category", 2.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("categories", "message"),
    [
        ("[cs.CV]", "expected categories under their weights"),
        ("{0: [cs.CV]}", "the weight"),
        ("{2.0: [computer vision]}", "the category"),
        ("{2.0: [cs.CV, cs.cv]}", "again, first in line"),
        ("{2.0: [[cs.CV]]}", "a category as plain text"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(categories, message):
    text = TOPICS.replace("{2.0: [math.OC, q-bio]}", categories)
    with pytest.raises(VocabularyError, match=message) as raised:
        parse_vocabulary(text, "tags: []\n")
    assert raised.value.line == 5
