"""Upgrading: step by step, never past what is known, the version's number last."""

from __future__ import annotations

import pytest

from broadsheet.curate import upgrade
from broadsheet.errors import VocabularyError

TEXTS = {"topics.yml": "# mine\nversion: 1   # of the format\ntopics: []\n", "a.md": "old"}
STEPS = {
    1: lambda texts: {"a.md": texts["a.md"] + " new"},
    2: lambda texts: {"a.md": texts["a.md"] + " newer"},
}


def test_steps_run_in_order_and_the_version_comes_last() -> None:
    made = upgrade(TEXTS, to=3, steps=STEPS)
    assert made == {"a.md": "old new newer", "topics.yml": TEXTS["topics.yml"].replace("1", "3")}
    assert list(made)[-1] == "topics.yml"


def test_content_that_is_up_to_date_does_not_change() -> None:
    assert upgrade(TEXTS, to=1, steps=STEPS) == {}


def test_newer_content_and_content_without_a_version_are_refused() -> None:
    with pytest.raises(VocabularyError, match="install a newer Broadsheet"):
        upgrade({"topics.yml": "version: 9\n"}, to=3, steps=STEPS)
    with pytest.raises(VocabularyError, match="expected one such as"):
        upgrade({"topics.yml": "topics: []\n"}, to=3, steps=STEPS)
    with pytest.raises(VocabularyError, match="can't upgrade"):
        upgrade({"topics.yml": "version: 0\n"}, to=3, steps=STEPS)
