"""Problems written down: for people, machines and annotations."""

from __future__ import annotations

import json

from broadsheet.checks import ERROR, NOTE, Problem, report, summary

ONE = Problem(file="2025/08/07/x.md", line=3, severity=ERROR, kind="date",
              message="100%: no\ndate, is it")  # fmt: skip
TWO = Problem(file="tags.yml", line=None, severity=NOTE, kind="unused-tag", message="idle")


def test_text_is_a_line_a_problem() -> None:
    lines = report([TWO], "text", root="content").splitlines()
    assert lines == ["content/tags.yml: note: idle [unused-tag]"]


def test_json_can_be_read_again() -> None:
    data = json.loads(report([ONE, TWO], "json", root="c/"))
    assert [row["file"] for row in data["problems"]] == ["c/2025/08/07/x.md", "c/tags.yml"]
    assert data["problems"][0]["line"] == 3


def test_annotations_stand_on_the_line_and_escape_what_would_end_them() -> None:
    assert report([ONE, TWO], "github", root="content") == (
        "::error file=content/2025/08/07/x.md,line=3,title=date::100%25: no%0Adate, is it\n"
        "::notice file=content/tags.yml,title=unused-tag::idle\n"
    )


def test_settings_are_not_below_the_content_folder() -> None:
    one = Problem(file="pelicanconf.py", line=1, severity=ERROR, kind="settings", message="x")
    assert report([one], "text", root="content").startswith("pelicanconf.py:1:")


def test_the_summary_counts() -> None:
    assert summary([ONE, ONE, TWO]) == "2 errors, 1 note"
    assert summary([]) == "nothing to mend"
