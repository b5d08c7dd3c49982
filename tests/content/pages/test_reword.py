"""A paper gets another title or abstract, and keys that Broadsheet doesn't know go: nothing else
changes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.content import pages
from broadsheet.content.pages import edit
from broadsheet.content.pages.reword import set_text
from broadsheet.errors import ContentError
from tests.digests import OPTIMIZATION

FILE = "2025/08/07/optimization.md"
PAGES = (
    OPTIMIZATION,
    OPTIMIZATION.replace("\n", "\r\n"),
    OPTIMIZATION.replace("id: steps-that-shrink\n", ""),
    OPTIMIZATION.replace("> Worth", "### Part\n\n```\n> code\n```\n\n> Worth"),
    OPTIMIZATION.split("```yaml")[0] + "No block.\n",
)
TEXTS = st.text(max_size=60) | st.text(alphabet="#>`~\\ \r\n-$<[]():abc\u2028\x85", max_size=60)


@example(page=OPTIMIZATION, title=None, abstract=">\n0")
@given(page=st.sampled_from(PAGES), title=st.none() | TEXTS, abstract=st.none() | TEXTS)
def test_any_text_stands_where_it_should_or_is_refused(
    page: str, title: str | None, abstract: str | None
) -> None:
    before = pages.parse(page)
    paper = before.papers[0]
    try:
        changed = set_text(page, paper.id, FILE, title=title, abstract=abstract)
    except ContentError:
        return
    after = pages.parse(changed).papers
    assert after[1:] == before.papers[1:]
    assert (after[0].id, after[0].notes, after[0].tags) == (paper.id, paper.notes, paper.tags)
    assert title is not None or after[0].title == paper.title
    assert abstract is not None or after[0].abstract == paper.abstract
    assert title is None or after[0].title == " ".join(title.split())
    assert ("\r\n" in changed) == ("\r\n" in page)
    again = set_text(changed, paper.id, FILE, title=after[0].title, abstract=after[0].abstract)
    assert pages.parse(again).papers[0].title == after[0].title


def test_an_honest_abstract_comes_back_as_it_was_typed() -> None:
    typed = "We show $x^2$, *fast*.\n\nAnd more:\n\n- one\n- two"
    changed = set_text(OPTIMIZATION, "2508.00001", FILE, abstract=typed)
    assert pages.parse(changed).papers[1].abstract == typed
    assert changed.startswith(OPTIMIZATION[: OPTIMIZATION.index("We study valleys")])


def test_notes_amid_an_abstract_are_edited_by_hand() -> None:
    page = OPTIMIZATION.replace("> Worth", "> Amid.\n\nMore words.\n\n> Worth")
    with pytest.raises(ContentError, match="by hand"):
        set_text(page, "steps-that-shrink", FILE, abstract="Other.")


@pytest.mark.parametrize(
    ("key", "there", "gone"),
    [
        ("x-own", "x-own: one\n", ""), ("x-own", "x-own:\n- a\n- b\n", ""),
        ("x-own", "x-own: |\n  a\n  b\n", ""), ("x-own", 'x-own: "a: b"  # why\n', ""),
        ("x-own", "x-own: {a: b}\nx-more: c\n", "x-more: c\n"),
        ("x-none", "x-own: a\n", "x-own: a\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_unknown_key_goes_with_its_lines_alone(
    key: str, there: str, gone: str, end: str
) -> None:
    page, wanted = (
        OPTIMIZATION.replace("upvotes: 12\n", f"{part}upvotes: 12\n").replace("\n", end)
        for part in (there, gone)
    )
    assert edit.drop_extra(page, "steps-that-shrink", key, FILE) == wanted
