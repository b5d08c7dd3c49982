"""Edits keep every byte that people wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content import pages
from broadsheet.content.pages import edit, splice
from broadsheet.errors import ContentError
from broadsheet.papers import Note

FRONT = "---\ntitle: T\ndate: 2025-08-07\ntopic: vision\n---\n"


def page(block: str, after: str = "Words of ours.\n") -> str:
    following = "## Next\n\n```yaml\nid: next\n```\n\nMore.\n"
    return f"{FRONT}\n## A title\n\n```yaml\n{block}```\n\n{after}\n{following}"


BLOCKS = {
    "flow": "id: a\ntags: [one,  two] # why\nodd: {x: y}\n",
    "quoted": "id: a\ntags: ['one', \"two\"]\n",
    "lines": "id: a\ntags:\n  - one  # first\n  - two\n# a comment\ncode: https://x.example/y\n",
    "flush": "id: a\ntags:\n- one\n- two\n",
    "broken flow": "id: a\ntags: [\n  one,  # first\n  two,\n]\n",
    "spaced": "tags :   [ one , two ]\nid:   a\n",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_adding_and_dropping_a_tag_changes_that_tag_alone(
    block: str, newline: str, mark: str
) -> None:
    text = mark + page(block).replace("\n", newline)
    more = edit.add_tag(text, "a", "three", "x.md")
    assert pages.parse(more).papers[0].tags == ("one", "two", "three")
    assert edit.drop_tag(more, "a", "three", "x.md") == text
    less = edit.drop_tag(text, "a", "two", "x.md")
    assert pages.parse(less).papers[0].tags == ("one",)
    for kept in ("Words of ours.", "## Next", "# first", "# why", "odd: {x: y}", "# a comment"):
        assert (kept in less) is (kept in text)


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_all_tags_can_go_and_come_back(block: str) -> None:
    text = page(block)
    for tag in ("one", "two"):
        text = edit.drop_tag(text, "a", tag, "x.md")
    assert pages.parse(text).papers[0].tags == ()
    assert pages.parse(edit.add_tag(text, "a", "new", "x.md")).papers[0].tags == ("new",)


@pytest.mark.parametrize(
    "block", ["id: a\n", "id: a\ntags: one\n", "id: a\ntags:\n", "id: a\ntags: []\n"]
)
def test_a_tag_finds_its_place_in_any_block(block: str) -> None:
    made = edit.add_tag(page(block), "a", "two", "x.md")
    assert pages.parse(made).papers[0].tags[-1] == "two"


def test_a_section_without_a_block_gets_one() -> None:
    text = f"{FRONT}\n## By hand\n\nWords.\n"
    made = edit.add_tag(text, "by-hand", "new", "x.md")
    assert pages.parse(made).papers[0].tags == ("new",)
    assert made.startswith(FRONT + "\n## By hand\n")
    assert made.endswith("\n\nWords.\n")


def test_a_value_is_set_where_it_stands() -> None:
    text = page("id: a\nupdated: 2025-01-01   # by me\nz: 1\n")
    made = edit.set_value(text, "a", "updated", "2025-08-08", "x.md")
    assert made == text.replace("2025-01-01", "2025-08-08")


def test_a_value_that_is_not_there_comes_last() -> None:
    made = edit.set_value(page("id: a\n# mine\n"), "a", "updated", "2025-08-08", "x.md")
    assert "id: a\n# mine\nupdated: 2025-08-08\n```" in made


def test_what_cannot_be_edited_is_refused_and_says_so() -> None:
    with pytest.raises(ContentError, match=r"x\.md:7: .*by hand"):
        edit.set_value(
            page("id: a\nupdated: >-\n  2025-01-01\n"), "a", "updated", "2025-08-08", "x.md"
        )


def test_a_note_is_added_at_the_end_of_its_section() -> None:
    text = page("id: a\n")
    made = edit.add_note(text, "a", Note(text="Read this.\n\nTwice."), "x.md")
    assert pages.parse(made).papers[0].notes[-1].text == "Read this.\n\nTwice."
    assert pages.parse(made).papers[1] == pages.parse(text).papers[1]


def test_cutting_and_appending_moves_a_section_byte_for_byte() -> None:
    text = page(BLOCKS["lines"])
    section = edit.find(text, "a", "x.md")
    part = splice.section_text(text, section)
    assert part in text
    rest = edit.cut(text, section)
    assert [one.id for one in pages.parse(rest).papers] == ["next"]
    assert part in edit.append(rest, part)


words = st.from_regex(r"[a-z]{1,6}(-[a-z]{1,4})?", fullmatch=True)


@given(st.lists(words, max_size=5, unique=True), words, st.sampled_from(["flow", "block"]))
def test_any_list_of_tags_can_be_changed(tags: list[str], tag: str, style: str) -> None:
    rows = "".join(f"  - {one}\n" for one in tags)
    quoted = ", ".join(f'"{one}"' for one in tags)
    written = f"tags:\n{rows}" if style == "block" and tags else f"tags: [{quoted}]\n"
    text = page(f"id: a\n{written}")
    before = pages.parse(text).papers[0]
    added = pages.parse(edit.add_tag(text, "a", tag, "x.md")).papers[0]
    assert added == replace(before, tags=tuple(dict.fromkeys((*tags, tag))))
    dropped = pages.parse(edit.drop_tag(text, "a", tag, "x.md")).papers[0]
    assert dropped == replace(before, tags=tuple(one for one in tags if one != tag))


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [("one", "novel", ("novel", "two")), ("two", "other", ("one", "other")),
     ("one", "two", ("two",)), ("two", "one", ("one",))],
)  # fmt: skip
def test_a_tag_gets_another_name_where_it_stands(
    block: str, newline: str, old: str, new: str, wanted: tuple[str, ...]
) -> None:
    text = page(block).replace("\n", newline)
    made, count = edit.rename_tag(text, old, new, "x.md")
    assert count == 1
    assert pages.parse(made).papers[0].tags == wanted
    assert pages.parse(made).papers[1] == pages.parse(text).papers[1]
    if new in ("novel", "other"):
        assert made.replace(new, old) == text.replace(f"'{old}'", old).replace(f'"{old}"', old)


def test_a_tag_that_stands_twice_gets_its_name_once() -> None:
    made, count = edit.rename_tag(page("id: a\ntags: [one, one, two]\n"), "one", "new", "x.md")
    assert (count, pages.parse(made).papers[0].tags) == (1, ("new", "two"))


def test_a_page_without_the_tag_stays_as_it_is() -> None:
    text = page("id: a\ntags: [oneself]\n")
    assert edit.rename_tag(text, "one", "new", "x.md") == (text, 0)
