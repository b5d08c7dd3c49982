"""What a check tells of papers that wait, and of content/intake.yml."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet import checks
from broadsheet.checks import folder

from .test_content import content

FILE = "2025/08/08/waiting.md"
LEDGER = "2025/08/08/day.yml"
WAITING = """\
---
title: Waiting
date: 2025-08-08
topic: waiting
---

## Voxels

```yaml
id: voxels
topic: vision
waits: over the limit of 12 a day
```

An image of voxels.
"""
ROWS = (
    'date: 2025-08-08\nlistings: []\npapers:\n'
    '- {"id": "voxels", "title": "Voxels", "became": "waiting"}\n'
)  # fmt: skip
GOOD = {FILE: WAITING, LEDGER: ROWS}
SECTION = WAITING[WAITING.index("## ") :]


def told(root: Path, *paths: str) -> list[tuple[str, int | None, str, str]]:
    inputs, wrong = folder.inputs(root, paths)
    return [
        (one.file, one.line, one.severity, one.message)
        for one in checks.in_order([*wrong, *checks.check(inputs)])
    ]


def test_what_waits_is_counted_in_one_note(tmp_path: Path) -> None:
    earlier = WAITING.replace("08-08", "08-07").replace("voxels", "older").replace("Vox", "Old")
    root = content(tmp_path, GOOD | {"2025/08/07/waiting.md": earlier})
    assert told(root) == [
        (FILE, None, "note", "1 paper waits here, and 1 on 1 earlier day; "
         "`broadsheet review 2025-08-08` shows what waits"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "file", "line", "severity", "said"),
    [
        ({FILE: None}, LEDGER, 4, "warning", "run `broadsheet decline voxels`"),
        ({LEDGER: ROWS.replace("waiting", "declined")}, LEDGER, 4, "warning", "waits again"),
        ({LEDGER: ROWS.replace("waiting", "published")}, LEDGER, 4, "warning",
         "`broadsheet pick voxels`"),
        ({FILE: WAITING.replace("topic: vision", "topic: visoin")}, FILE, 11, "warning",
         "did you mean vision?"),
        ({FILE: WAITING.replace("id: voxels", "id: pixels-of-a-feather")}, FILE, 7, "error",
         "stands in a page of 2025-08-08"),
        ({FILE: WAITING.replace("date: 2025-08-08", "date: 2025-08-09")}, FILE, 1, "error",
         "the folder says 2025-08-08"),
        ({FILE: WAITING.replace("topic: waiting", "topic: vision")}, FILE, 1, "error",
         "expected waiting"),
        ({FILE: WAITING.replace("id: voxels", "id: ../x")}, FILE, 10, "error", "can't be an addr"),
        ({FILE: WAITING.replace("```\n\nAn", "\n\nAn")}, FILE, 9, "error", "has no end"),
        ({FILE: WAITING + "\n" + SECTION}, FILE, 17, "error", "is already in use"),
    ],
)  # fmt: skip
def test_a_slip_in_what_waits_is_told(
    tmp_path: Path, changes: dict[str, str | None], file: str, line: int, severity: str, said: str
) -> None:
    found = told(content(tmp_path, {**GOOD, **changes}))
    assert any(
        (one[0], one[1], one[2]) == (file, line, severity) and said in one[3] for one in found
    ), found


def test_a_paper_that_waits_twice_is_told(tmp_path: Path) -> None:
    twin = WAITING.replace("08-08", "08-07")
    found = told(content(tmp_path, GOOD | {"2025/08/07/waiting.md": twin}))
    said = [one[3] for one in found if one[:3] == (FILE, 7, "error")]
    assert said == [
        '"voxels" waits here and stands in 2025/08/07/waiting.md; expected it in one of both: '
        "please delete it here, or there"
    ]


def test_a_section_moved_to_a_page_by_hand_is_picked(tmp_path: Path) -> None:
    page = "---\ntitle: Optimization\ndate: 2025-08-08\ntopic: optimization\n---\n\n"
    root = content(tmp_path, GOOD | {FILE: None, "2025/08/08/optimization.md": page + SECTION})
    assert [(one[1], one[2], one[3][:26]) for one in told(root)] == [
        (12, "note", "waits: says why a paper wa"),
    ]  # fmt: skip


def test_the_rules_are_checked_with_their_topics_and_tags(tmp_path: Path) -> None:
    rules = "include:\n- words: x\n- topics: [visoin]\n  tags: [sdg]\nlimt: 3\n"
    root = content(tmp_path, {"intake.yml": rules})
    assert told(root) == [
        ("intake.yml", 5, "error", '"limt" is not a key of intake.yml; expected one of include, '
         "exclude, limit; did you mean limit?"),
    ]  # fmt: skip
    (root / "intake.yml").write_text(rules.replace("limt", "limit"))
    assert told(root, "intake.yml") == [
        ("intake.yml", 3, "error", 'topics: "visoin" is not in topics.yml; did you mean vision?'),
        ("intake.yml", 4, "warning", 'tags: "sdg" is not in tags.yml'),
    ]  # fmt: skip


def test_several_authors_in_one_rule_are_pointed_out(tmp_path: Path) -> None:
    root = content(tmp_path, {"intake.yml": "include:\n- authors: [Ada Example, Bo Example]\n"})
    ((_, line, severity, message),) = told(root)
    assert (line, severity) == (2, "note")
    assert "write a rule for each" in message


def test_a_misnamed_file_of_rules_is_told(tmp_path: Path) -> None:
    root = content(tmp_path, {"intakes.yml": "limit: 3\n"})
    ((file, _, severity, message),) = told(root)
    assert (file, severity) == ("intakes.yml", "error")
    assert message.endswith("did you mean intake.yml?")
