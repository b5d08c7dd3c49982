"""The YAML block: written and read back, and read as PyYAML reads it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content.pages import block
from broadsheet.errors import ContentError

SPECIAL = "abZ09 :#,[]{}\"'\\&*!|>%@`-?=<~_./\t\r\u00a0\u2028\u0085\x00\x1f\x7f\ufeffé漢😀"
texts = st.text(st.sampled_from(SPECIAL), max_size=12) | st.text(
    st.characters(exclude_categories=("Cs",)), max_size=12
)
values = st.recursive(
    texts, lambda deeper: st.lists(deeper, max_size=4) | st.dictionaries(texts, deeper, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(texts, values, max_size=5))
def test_what_is_written_is_read_back(mapping):
    assert block.parse(block.format(mapping)) == mapping


@given(st.dictionaries(texts, texts | st.lists(texts, max_size=4), max_size=5))
def test_pyyaml_reads_what_is_written(mapping):
    text = block.format(mapping)
    for loader in (yaml.BaseLoader, yaml.CBaseLoader):
        assert (yaml.load(text, Loader=loader) or {}) == mapping


blocks = st.lists(
    st.sampled_from([
        "id: one", "arxiv: 2401.10000", "tags: [a, b-c]", 'authors: ["A, B", C d]', "title: ",
        'a: "b\\nc"', 'a: "\\ud83d\\ude00"', "a: b: c", "a: b #c", "a: b#c", "a: 'b'", "a: [b, ]",
        "a: []", "a: [[b]]", "a: {b: c}", "a: |", "  text", "- a", "# a", "a:b", "a: b ", "a: *b",
        "a: &b c", "a: !!int 3", "---", "...", "%YAML 1.1", "a: http://x/y?z=1&b=#c", "a: ~",
        "a: null", "a: yes", "a: 1_000", "a: 1:30", "a: é:漢", "a: x\u2028y", "a: x\ty", '"a": b',
        "a: [http://x, 12:30]", "a: [b c, \"d\", 'e']", "a: b,c", "a: [b#c]", "a: (b) [c]",
    ])
    | st.builds("{}: {}".format, st.sampled_from(["a", "b", "a-b", "_"]), texts)
    | st.builds("a: [{}]".format, texts)
    | st.builds("a: {{{}}}".format, texts)
    | st.builds("a: {{b: {}, c: [{}], d: {}}}".format, texts, texts, texts),
    max_size=4,
).map("\n".join)  # fmt: skip


@given(blocks)
def test_the_line_reader_agrees_with_pyyaml_wherever_it_answers(text):
    quick = block._parse_lines(text)
    if quick is not None:
        for loader in (yaml.BaseLoader, yaml.CBaseLoader):
            assert quick == (yaml.load(text, Loader=loader) or {})


@given(blocks)
def test_any_text_is_read_or_refused_in_one_line(text):
    error = refusal(text, line=8)
    if error:
        assert "\n" not in str(error)
        assert "expected" in error.message
        assert 8 <= error.line <= 8 + text.count("\n") + 1


def refusal(text: str, line: int) -> ContentError | None:
    try:
        block.parse(text, line=line)
    except ContentError as error:
        return error
    return None


def test_a_mapping_as_it_is_written_is_read_by_the_line_reader():
    said = {"kind": "points", "points": ['a "b"', "c, d", "e: f"], "model": "x:8b", "text": "}"}
    text = block.format({"a": said, "b": "c"})
    assert block._parse_lines(text) == {"a": said, "b": "c"}


def test_a_number_keeps_its_zeros():
    assert block.parse("arxiv: 2401.10000\nversion: 1.0\n") == {
        "arxiv": "2401.10000",
        "version": "1.0",
    }


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("id: a\nid: b\n", 6, 'the key "id" is given twice'),
        ("x: &a [1]\ny: *a\n", 6, "alias"),
        ("id: [a\n", 5, "can't be read"),
        ("a: \r0", 5, "can't be read"),
        ("just words\n", 5, "`key: value` lines"),
        ("- a\n- b\n", 5, "found a list"),
        ("? [a]\n: b\n", 5, "as a key"),
        ("x" * 101 + ": b\n", 5, "101 characters"),
        ("a: " + "[" * 30 + "]" * 30 + "\n", 5, "more than 20 levels"),
    ],
)
def test_what_is_no_block_is_refused_with_its_line(text, line, message):
    error = refusal(text, line=5)
    assert message in error.message
    assert error.line == line


def test_yaml_tags_make_nothing():
    assert block.parse("a: !!python/object/apply:os.system [b]\n") == {"a": ["b"]}


def test_an_alias_bomb_is_refused_at_once():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    with pytest.raises(ContentError, match="alias"):
        block.parse(bomb)


def test_deep_nesting_is_refused_and_breaks_nothing():
    with pytest.raises(ContentError):
        block.parse("a: " + "[" * 100_000)
