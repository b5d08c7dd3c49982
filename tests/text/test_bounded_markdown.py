"""Bounds of Markdown: what it takes grows with the text, and nothing nests without end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from cProfile import Profile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import InvolvedText
from broadsheet.render import markdown
from broadsheet.text import bounded_markdown
from tests.soak import SOAK, sampled

EVERY = 6  # of the pieces: counting calls takes long
LONG, MOST = (12_000, 10_000_000) if SOAK else (3_000, 5_000_000)

PIECES = [
    "\n-", "\n- ", "\n\n- ", "\n1. ", "\n> ", "\n>- ", "\n=", "a\n=\n", "-\n", "***\n", "\n# ",
    "[", "![", "](", "[](", "[a](", "[a](<", "[a][", "[[a]", "*[", "a [b](c) ", "*", "**", "*a ",
    "a*b", "*a **b ", "_a*", "***a** b* ", "`", "``", "` a", "<", "<a ", "<a href=", "</", "<!--",
    "<![CDATA[", "<?", "<b>", "<b x=1>", "<a href=b>", "&", "&#", "&a", "\\", "\\`", "\n[a]: b",
    '\n[a]: b "c', "[a] ", "\t", "  \n", "\n\n    a", "- ", "1. ", "> ", "http://a ", "<http://a",
    "<a@", "a\n\n", "| a ", "\x02", "\u00a0", "+ a\n", "~~~\n", "```\n",
]  # fmt: skip


def calls(do: Callable[[], object]) -> int:
    """How many functions are called, of Python's and of C: the work, whatever the machine."""
    profile = Profile()
    profile.enable()
    try:
        do()
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.slow(except_each=5)
@pytest.mark.parametrize("piece", sampled(PIECES, EVERY))
def test_work_grows_with_the_text(piece: str) -> None:
    def work(size: int) -> int:
        text = piece * (size // len(piece))
        return calls(lambda: markdown._rendered(text))

    work(100)
    size = 2_000 if SOAK else 1_000
    small, large = work(size), work(8 * size)
    assert large < 14 * small + 150_000
    assert large < (120 if SOAK else 180) * 8 * size


OF_PAGES = ["\n: ", "a\n: b\n", "[^1] ", "[^", "|\n", "{: #a}\n", "a|"]


@pytest.mark.slow(except_each=10)
@pytest.mark.parametrize("piece", sampled([*PIECES, *OF_PAGES], EVERY))
def test_a_static_page_takes_a_bounded_amount_of_work(piece: str) -> None:
    head = "[^1]: x\n\n" + "|".join("a" * 300) + "\n" + "|".join("-" * 300) + "\n"
    text = head + piece * (LONG // len(piece))

    def convert() -> None:
        with contextlib.suppress(InvolvedText):  # refused, which is what bounds are for
            assert len(bounded_markdown.page_parser().html(text)) < 200 * len(text)

    assert calls(convert) < MOST  # an unbounded parser takes up to a thousand times as many


@given(
    st.lists(
        st.sampled_from(["> ", "- ", "1. ", "    ", "\n", "a", "* ", ">", "\n\n", "\t", "+ "])
    ).map(lambda pieces: "".join(pieces * 12))
)
def test_any_nesting_ends_in_html_or_in_a_line(text: str) -> None:
    wrong = bounded_markdown.problem(text)
    html = str(markdown.abstract(text))
    assert html.count("<blockquote") <= text.count(">") + 1
    if wrong is not None:
        assert "nests too deeply" in wrong.message or "involved" in wrong.message
        assert "<li>" not in html


def test_what_is_told_is_what_shows_as_words() -> None:
    for depth in range(1, 60):
        for one in ("> ", "- ", ">- ", "1. "):
            text = one * depth + "end"
            shown_as_words = "<li>" not in (html := str(markdown.abstract(text))) and (
                "<blockquote>" not in html
            )
            assert (bounded_markdown.problem(text) is not None) == shown_as_words, (one, depth)


@pytest.mark.slow
def test_honest_depth_and_length_are_read() -> None:
    nested = "\n".join("    " * n + f"- level {n}" for n in range(8))
    assert bounded_markdown.problem(nested) is None
    assert str(markdown.abstract(nested)).count("<ul>") == 8
    long = "A sentence with *words* and [a link](https://a.example/b). " * 300
    assert bounded_markdown.problem(long) is None
    page = bounded_markdown.page_parser().html(
        "- an item with [a link](https://a.example/b)\n" * 3_000
    )
    assert page.count("<li>") == 3_000


def test_the_deepest_line_is_named() -> None:
    wrong = bounded_markdown.problem("a\n\nb\n\n> " + "- " * 900 + "x\n\nc")
    assert wrong is not None
    assert wrong.line == 5


def test_links_to_a_long_definition_do_not_multiply_it() -> None:
    text = '[a]: https://a.example "' + "t" * 9_000 + '"\n\n' + "[a] " * 2_000
    assert len(markdown.abstract(text)) < 2 * len(text)
    assert bounded_markdown.problem(text) is not None


@pytest.mark.slow
def test_a_parser_that_gave_up_reads_the_next_text_as_ever() -> None:
    text = "- a\n- b\n\n*c* [d](https://e.example)"
    before = markdown._rendered(text)
    for wrong in ("[" * 9_000, "> " * 500, "\n-" * 9_000, "*a **b " * 200):
        bounded_markdown.problem(wrong)
        assert markdown._rendered(text) == before


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>", "<div></b>", "<object><div></object>", "<x>"])
def test_elements_that_never_end_are_refused_before_they_are_sanitised(tag: str) -> None:
    """A browser's parser, and so the sanitiser, looks at all of them for each tag."""
    with pytest.raises(InvolvedText, match="400 HTML elements in each other"):
        bounded_markdown.page_parser().html(tag * 500)


def test_elements_that_end_or_need_no_end_may_be_many() -> None:
    text = "<div>a</div>\n" * 500 + "<p>b<br>\n" * 500 + "<ul>" + "<li>c\n" * 500 + "</ul>\n"
    assert bounded_markdown.page_parser().html(text).count("<li>") == 500
