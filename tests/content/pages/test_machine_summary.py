"""A model's summary in a block: read, refused, and set without touching anything else."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.content.pages.machine_summary import read, written
from broadsheet.content.pages.summary_edits import set_machine_summary
from broadsheet.errors import ContentError
from broadsheet.papers import POINTS, MachineSummary

SAID = {"text": "Sheep.", "language": "en", "model": "m", "date": "2026-01-05"}
SUMMARY = MachineSummary(
    kind=POINTS, points=("One: a.", 'Two, "b".', "Three }."), language="en", model="m:8b",
    date="2026-01-05",
).marked()  # fmt: skip
PAGE = (
    "---\ntitle: T\ndate: 2026-01-05\ntopic: t\n---\n\n## A\n\n{block}\n\nWords.\n\n## B\n\nMore.\n"
)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"txt": "x"}, "is not known"),
        ({"text": ""}, "expected `points`"),
        ({"points": ["a"]}, "expected `points`"),
        ({"kind": "points"}, "expected `points`"),
        ({"kind": "poem"}, "expected one of"),
        ({"language": "</b>"}, "expected a code"),
        ({"date": "2026-02-30"}, "not a valid date"),
        ({"date": "soon"}, "expected a day"),
        ({"model": ""}, "expected 1 to 100"),
        ({"text": "x" * 10_001}, "10001 characters"),
        ({"text": ["x"]}, "expected one text"),
        ({"points": "x"}, "expected a list"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ContentError, match="machine_summary") as error:
        read({**SAID, **change}, "machine_summary")
    assert told in error.value.message


def test_a_text_alone_is_no_summary() -> None:
    with pytest.raises(ContentError, match="expected a mapping"):
        read("Sheep.", "machine_summary")


def test_what_is_written_is_read_back() -> None:
    assert read(written(SUMMARY), "machine_summary") == SUMMARY
    assert not SUMMARY.edited
    assert read(SAID, "machine_summary").edited  # by hand


OLD = "machine_summary: {text: x, language: en, model: m, date: 2026-01-05} # old"
IN_LINES = "machine_summary:\n  text: x\n  language: en\n  model: m\n  date: 2026-01-05"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "block", ["```yaml\nid: a # mine\n\n# a comment\n```", f"```yaml\n{OLD}\nid: a\n```"]
)
def test_it_is_set_and_all_else_stays(block: str, ends: str) -> None:
    text = PAGE.replace("{block}", block).replace("\n", ends)
    new = set_machine_summary(text, "a", SUMMARY, "t.md")
    assert "machine_summary: {kind: points, points: [" in new
    assert new.count(ends) == new.count("\n")
    for line in text.split(ends):
        assert line in new.split(ends) or line.startswith("machine_summary")
    assert ("} # old" in new) == (OLD in block)


@pytest.mark.parametrize("block", ["{id: a}", f"id: a\n{IN_LINES}"])
def test_a_block_in_another_style_is_left_to_a_person(block: str) -> None:
    with pytest.raises(ContentError, match=r"t\.md"):
        set_machine_summary(PAGE.replace("{block}", f"```yaml\n{block}\n```"), "a", SUMMARY, "t.md")
