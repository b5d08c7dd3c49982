"""Strangers' texts within Markdown that readers take away: whatever program shows it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from broadsheet import tex
from broadsheet.text.taken_markdown import linked, literal
from tests.security.payloads import PAYLOADS
from tests.soak import few

OURS = "/papers/one/"
PIECES = ("[", "]", "](", "(", ")", "<", ">", "<a href=https://a.example>", "<https://a.example>",
          "!", "\\", "`", "``", "$", "$$", "https://a.example", "javascript:x", "x", " ", "&lt;",
          "&#60;", "[x]: y", "<!--", "-->", "*", "_")  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
_ELEMENT = re.compile(r"<\s*/?([A-Za-z!?][^\s>/]*)[^>]*>")
_KNOWN = {"ul", "li", "p", "a", "em", "strong", "code"}


def shown(markdown: str) -> list[str]:
    """Markdown as two programs show it that take raw HTML, and know no maths."""
    return [Markdown().convert(markdown), MarkdownIt("commonmark", {"html": True}).render(markdown)]


def line(title: str, author: str) -> str:
    """A paper as a line of a twin."""
    flat = " ".join(title.split())
    name = linked((one.source if one.math else one.text, bool(one.math)) for one in tex.spans(flat))
    return f"- [{name}]({OURS}). {literal(author)}\n  {literal(author)}"


def judge(title: str, author: str) -> None:
    for html in shown(line(title, author)):
        assert set(_ELEMENT.findall(html)) <= _KNOWN, html
        assert set(re.findall(r'<[^<>]*(?:href|src)="([^"]*)"', html)) <= {OURS}, html


@given(TEXTS, TEXTS)
def test_no_text_becomes_a_link_or_an_element(title: str, author: str) -> None:
    judge(f"A{title}", f"A{author}")


def test_no_payload_does() -> None:
    for one in few(PAYLOADS, 7):
        text = " ".join(one.text.split())
        judge(f"A {text}", f"A {text}")


def test_what_titles_hold_stays() -> None:
    said = line(r"On *SGD* in `C` with $a[1] < b$ and [0, 1], 1 < 2 & 3", "Ada & Bo")
    assert said.startswith(
        rf"- [On *SGD* in `C` with $a[1] < b$ and \[0, 1\], 1 < 2 & 3]({OURS}). Ada & Bo"
    )


def test_an_escaped_bracket_is_escaped_once_and_a_backslash_hides_none() -> None:
    assert linked([(r"\[a\] \\[b\\] <i>", False)]) == r"\[a\] \\\[b\\\] &lt;i>"
    assert linked([("a\\", False)]) == "a\\\\"


def test_a_formula_opens_no_link_and_stays_a_formula() -> None:
    assert linked([("$x](https://a.example)$", True)]) == r"$x\rbrack (https://a.example)$"
    assert linked([("$a<b$", True)]) == "$a< b$"
