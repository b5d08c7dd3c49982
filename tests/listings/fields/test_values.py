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


def test_initials_behind_families_and_families_in_capitals_are_turned() -> None:
    assert values.names("Kite A,Brown-Line BC") == ("A Kite", "BC Brown-Line")
    assert values.names([{"name": "Kite A"}, {"name": "Van Line BC"}]) == ("A Kite", "BC Van Line")
    assert values.names("DUPONT Jean, LÉGER Zoé") == ("Jean Dupont", "Zoé Léger")
    assert values.names("Kite A") == ("Kite A",)
    assert values.names("Kite A", initials_last=True) == ("A Kite",)
    assert values.names("JD Kite, AB Line") == ("JD Kite", "AB Line")
    assert values.names("ATLAS Team; CMS Team") == ("ATLAS Team", "CMS Team")


def test_values_are_taken_out_of_properties_by_their_kinds_and_of_links_between_notes() -> None:
    runs = {"type": "rich_text", "rich_text": [{"plain_text": "Kites"}, {"plain_text": " fly."}]}
    assert values.text(runs) == "Kites fly."
    assert values.count({"type": "number", "number": 5}) == 5
    assert values.venue("[[Journal of Kites]]") == "Journal of Kites"
    assert values.venue("In *Proceedings of Kites*") == "Proceedings of Kites"
    assert values.title("[[5,1,3]] codes") == "[[5,1,3]] codes"
