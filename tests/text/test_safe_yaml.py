"""What is wrong with YAML, in the words of who wrote it: with the line as it stands."""

from __future__ import annotations

import pytest
import yaml

from broadsheet.text import safe_yaml

COLON = "has a colon within the value, and no quotes"
INDENT = "is not indented as the lines above it"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a: 1\ntitle: Kites: a study", 2, f'"title: Kites: a study" {COLON}'),
        ("a: b\n  c: d", 2, f'"c: d" {INDENT}'),
        (" a: 1\nb: [c]", 2, f'"b: [c]" {INDENT}'),
        ("a:\n  - b: c\n- b: d", 3, f'"- b: d" {INDENT}'),
        ("a: @kites", 1, '"a: @kites" has "@" at a value\'s start, and no quotes'),
        ("a: *Kites* fly", 1, '"a: *Kites* fly" has "*" at a value\'s start, and no quotes'),
        ("a: %b", 1, '"a: %b" has "%" at a value\'s start, and no quotes'),
        ("a: [Re] Kites", 1, '"a: [Re] Kites" goes on behind the end of the value'),
        ("a: 'It's so'", 1, "\"a: 'It's so'\" goes on behind the end of the value"),
        ('a: "b\nc: d', 1, '"a: "b" has a quotation mark without its other end'),
        ('a: "$\\sigma$"', 1, "takes another or single quotes"),
        ("a: [b, c\nd: e", 1, "did not find expected ',' or ']' in \"a: [b, c\""),
        ("a:\n\t- b", 2, "found a tab; expected spaces"),
        ("a:\n  - b: c\n\td: e", 3, "found a tab; expected spaces"),
        ("a: b\nc: \x07", 2, "unacceptable character #x0007"),
    ],
)
def test_what_is_wrong_is_told_with_the_line_as_it_stands(text: str, line: int, told: str) -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        safe_yaml.compose(text, yaml.CBaseLoader)
    problem, at = safe_yaml.refusal(caught.value, text)
    assert told in problem
    assert "\n" not in problem
    assert at == line
