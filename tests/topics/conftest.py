"""The digest's own vocabulary and classifier, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.topics import Classifier, Vocabulary, parse_vocabulary

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return parse_vocabulary(
        (CONTENT / "topics.yml").read_text("utf-8"), (CONTENT / "tags.yml").read_text("utf-8")
    )


@pytest.fixture(scope="session")
def classifier(vocabulary: Vocabulary) -> Classifier:
    return Classifier(vocabulary)
