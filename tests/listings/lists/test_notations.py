"""Notations other than Markdown's, as Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings import parse
from broadsheet.listings.lists.notations import as_markdown
from tests.growth import assert_linear

NAMES = ("Ada Kite", "Bo Line")
TEXT = "Kites stay aloft where the wind is weak, if they are steered. We show how, and by whom."
RST = (
    f"Kites\n=====\n\n:date: 2026-01-05\n\nA Kite\n------\n\n"
    f":Authors: Ada Kite, Bo Line\n:arXiv: `2601.00001 <https://arxiv.org/abs/2601.00001>`_\n\n{TEXT}\n"
)
ORG = (
    f"#+TITLE: Kites\n#+DATE: 2026-01-05\n\n** TODO A Kite :reel:\n"
    f"   :PROPERTIES:\n   :ARXIV: 2601.00001\n   :AUTHORS: Ada Kite, Bo Line\n   :END:\n   {TEXT}\n"
)
ADOC = (
    f"= Kites\n:revdate: 2026-01-05\n\n== A Kite\n\n_Ada Kite, Bo Line_\n\n"
    f"https://arxiv.org/abs/2601.00001[arXiv:2601.00001]\n\n{TEXT}\n"
)


@pytest.mark.parametrize("text", [RST, ORG, ADOC])
def test_a_paper_under_a_heading(text: str) -> None:
    (entry,) = parse(text.encode(), file="2026-01-05.x").entries
    assert (entry.title, entry.authors, entry.arxiv) == ("A Kite", NAMES, "2601.00001")
    assert entry.abstract == TEXT


def test_tags_of_a_heading_are_keywords() -> None:
    (entry,) = parse(ORG.encode(), file="2026-01-05.x").entries
    assert entry.keywords == ("reel",)


def test_a_drawn_table() -> None:
    rule = "+---+--------+--------------------+------------+\n"
    text = (
        f"{rule}| # | Title  | Authors            | arXiv      |\n{rule.replace('-', '=')}"
        f"| 1 | A Kite | Ada Kite, Bo Line  | 2601.00001 |\n{rule}"
        f"| 2 | A Reel | Cy Crumb           | 2601.00002 |\n{rule}"
    )
    entries = parse(text.encode(), file="2026-01-05.x").entries
    assert [(e.title, e.authors, e.arxiv) for e in entries] == [
        ("A Kite", NAMES, "2601.00001"),
        ("A Reel", ("Cy Crumb",), "2601.00002"),
    ]


@pytest.mark.parametrize("form", ["1、{}", "2. 《{}》", "■ {}", "■{}", "「{}」", "（1） {}"])
def test_marks_of_eastern_lists(form: str) -> None:
    text = f"{form.format('風の中の凧')}\n著者：田中浩, 佐藤健\nhttps://arxiv.org/abs/2601.00001\n"
    (entry,) = parse(text.encode(), file="2026-01-05.x").entries
    assert (entry.title, entry.authors) == ("風の中の凧", ("田中浩", "佐藤健"))


@given(st.lists(st.text("ab:=-+|#*《》 ", max_size=12)))
def test_lines_keep_their_numbers(rows: list[str]) -> None:
    assert as_markdown("\n".join(rows)).count("\n") == "\n".join(rows).count("\n")


def test_writing_is_linear() -> None:
    assert_linear(as_markdown, lambda n: "a\n=\n:b: c\n+--+--+\n《d》\n** e :f:\n" * n, 500)
