"""References in wiki markup."""

from __future__ import annotations

from broadsheet.listings import parse
from broadsheet.listings.lists.citation_templates import linked


def test_templates_are_papers_beside_links() -> None:
    text = (
        "== Reading ==\n* [https://arxiv.org/abs/2601.00010 Steering Kites], Ada Kite, Bo Line\n"
        "* {{cite journal |last1=Crumb |first1=Cy |last2=Oven |first2=Di\n"
        " |title=When Is a [[dough|Dough]] Ready? |date=5 May 2025 |doi=10.1000/b.1}}\n"
    )
    first, second = parse(text.encode(), file="x").entries
    assert (first.title, first.authors) == ("Steering Kites", ("Ada Kite", "Bo Line"))
    assert (second.title, second.authors) == ("When Is a Dough Ready?", ("Cy Crumb", "Di Oven"))
    assert (second.doi, second.published) == ("10.1000/b.1", "2025")


def test_lines_stay_where_they_are_and_a_template_without_title_as_it_is() -> None:
    text = "a\n{{cite web |url=https://k.example}}\n{{cite arXiv\n|title=K\n|eprint=2601.00001}}\nb"
    assert linked(text).count("\n") == text.count("\n")
    assert "{{cite web |url=https://k.example}}" in linked(text)
    assert "[K](https://arxiv.org/abs/2601.00001)" in linked(text)
