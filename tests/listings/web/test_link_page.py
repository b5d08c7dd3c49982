"""Saved pages that list papers: their classes, their relative links, and tables for layout."""

from __future__ import annotations

from broadsheet.listings import Listing, parse
from tests.growth import assert_linear


def read(body: str) -> Listing:
    return parse(f"<!doctype html><html><body>{body}</body></html>".encode(), file="x.html")


def test_classes_tell_titles_and_authors() -> None:
    form = (
        '<div><p class="title">{}</p><p><span class="authors">{}</span>; <i>Reels</i> 3:1-14</p>'
        '<p>[<a href="https://proceedings.mlr.press/v3/{}.html">abs</a>]</p></div>'
    )
    listing = read(
        form.format("Kites, Reels", "Ada Kite", "a") + form.format("Land", "Bo Line", "b")
    )
    assert [(entry.title, entry.authors) for entry in listing.entries] == [
        ("Kites, Reels", ("Ada Kite",)),
        ("Land", ("Bo Line",)),
    ]
    assert listing.entries[1].url == "https://proceedings.mlr.press/v3/b.html"


def test_relative_links_lead_to_the_host_of_papers_that_the_page_names() -> None:
    form = (
        '<div><a href="https://aclanthology.org/2026.k-1.{0}.pdf">pdf</a>'
        '<a href="/2026.k-1.{0}.bib">bib</a></div>'
        '<div><b><a href="/2026.k-1.{0}/">{1}</a></b><br>'
        '<a href="/people/a/">Ada Kite</a> | <a href="/people/b/">Bo Line</a></div>'
    )
    first, second = read(
        form.format(1, "Kites of the North") + form.format(2, "Reels of the South")
    ).entries
    assert (first.title, second.title) == ("Kites of the North", "Reels of the South")
    assert (second.url or "").startswith("https://aclanthology.org/2026.k-1.2")
    assert second.authors == ("Ada Kite", "Bo Line")


def test_relative_links_that_nothing_says_the_start_of_are_named() -> None:
    form = '<ul><li><a href="/x/1.html">Kites, Reels</a> <a href="{}">arXiv</a></li>'
    body = form.format("https://arxiv.org/abs/2601.00001") + '<li><a href="/x/2.html">Winds {}</a>'
    listing = read(body)
    assert [entry.title for entry in listing.entries] == ["Kites, Reels"]
    told = '1 relative link of the page is not read, the first "Winds {}" ("/x/2.html")'
    assert any(notice.startswith(told) for notice in listing.notices)
    listing = read('<base href="https://kites.example">' + body)
    assert not any("relative" in notice for notice in listing.notices)


def test_a_table_for_layout_keeps_what_stands_below_a_title() -> None:
    form = (
        '<tr><td><table><tr><td><a href="https://www.semanticscholar.org/paper/{0}/{0}">Kites {0} '
        "Land Softly</a></td></tr><tr><td>A. Kite, B. Line, +3 authors C. Crumb</td></tr>"
        "<tr><td>2{0} January 2026</td></tr><tr><td>A kite of paper lands on water without any "
        "wind at all.</td></tr></table></td></tr>"
    )
    first, second = read(f"<table>{form.format(1)}{form.format(2)}</table>").entries
    assert first.authors == ("A. Kite", "B. Line", "C. Crumb")
    assert (first.published, second.published) == ("2026-01-21", "2026-01-22")
    assert second.abstract.startswith("A kite of paper")


def test_reading_classes_is_linear() -> None:
    row = '<p class="title">Kites</p><p class="authors">Ada Kite</p><a href="/x">y</a>'
    last = '<a href="https://arxiv.org/abs/2601.00001">Kites of the North</a>'
    assert_linear(read, lambda n: row * n + last, 100)
