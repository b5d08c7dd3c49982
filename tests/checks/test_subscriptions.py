"""`broadsheet check` knows subscriptions."""

from __future__ import annotations

from broadsheet.checks.subscriptions import problems
from broadsheet.content.disk import SourceFile


def found(text: str, name: str = "a.yml") -> list[tuple[int | None, str, str]]:
    source = SourceFile(f"subscriptions/{name}", text.encode())
    made = problems([source], ["robotics", "vision"], ["nets"])
    return [(one.line, one.severity, one.message) for one in made]


def test_a_good_file_has_no_problems() -> None:
    assert found("title: A\nwords: x\ntopics: [vision]\ntags: [nets]\n") == []


def test_unknown_topics_and_tags_are_told_with_the_nearest() -> None:
    assert found("title: A\ntags: [net]\ntopics: [robotic, vision]\n") == [
        (3, "error", 'topics: "robotic" is not in topics.yml; did you mean robotics?'),
        (2, "warning", 'tags: "net" is not in tags.yml; did you mean nets?'),
    ]


def test_a_broken_file_is_told_with_its_line() -> None:
    assert found("title: A\nwords: nofield:x\n")[0][:2] == (2, "error")
    assert found("title: A\nwords: x\n", "B.yml")[0][1] == "error"
    assert found("title: A\nwords: x\n", "b.yaml")[0][2].startswith("expected the file's name")
    source = SourceFile("subscriptions/a.yml", b"title: \xff\n")
    assert [one.severity for one in problems([source], [], [])] == ["error"]
