"""Titles and names, whatever programs write around them."""

from __future__ import annotations

import pytest

from broadsheet.listings.fields import values


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (
            "{Kites {THAT} turn}: {$\\mathcal{O}$}($n$) {S}teps",
            "Kites THAT turn: $\\mathcal{O}$($n$) Steps",
        ),
        ("{{kites, reels and lines}}", "kites, reels and lines"),
        ("{Kites} of the {NASA}", "Kites of the NASA"),
        ("{0, 1}-kites, {k}-reels", "{0, 1}-kites, {k}-reels"),
        ("\\textbf{Kites} at $x_{N}^{K}$", "\\textbf{Kites} at $x_{N}^{K}$"),
        ("{a} or {b}", "{a} or {b}"),
        ("{}", "{}"),
    ],
)
def test_a_title_loses_a_bibliographys_braces_alone(title: str, shown: str) -> None:
    assert values.title(title) == shown


@pytest.mark.parametrize("other", ["et al.", "others", ":", "N/A", "and 3 others"])
def test_what_stands_for_other_authors_is_none(other: str) -> None:
    assert values.names([{"name": "Ada Kite"}, {"name": other}]) == ("Ada Kite",)
    assert values.names(["Ada Kite", other]) == ("Ada Kite",)
