"""Columns with names in other languages, qualified names and paths."""

from __future__ import annotations

import pytest

from broadsheet.listings import parse
from broadsheet.listings.fields.field_names import field_of, normal
from broadsheet.listings.fields.foreign_names import NAMES_ELSEWHERE


@pytest.mark.parametrize(
    "table",
    [
        "标题,作者,摘要,发表日期,链接\nKites,{a},We fly.,2026年1月5日,{u}\n",
        "Titel;Autoren;Zusammenfassung;Datum;DOI\nKites;{a};We fly.;5.1.2026;{d}\n",
        "Titre;Auteurs;Résumé;Date;Lien\nKites;{a};We fly.;5 janvier 2026;{u}\n",
        "Título;Autores;Resumen;Fecha;Enlace\nKites;{a};We fly.;5 de enero de 2026;{u}\n",
        "العنوان,المؤلفون,الملخص,التاريخ,الرابط\nKites,{a},We fly.,2026-01-05,{u}\n",
    ],
)
@pytest.mark.parametrize(
    "authors", ["Ada Kite；Bo Line", "Ada Kite / Bo Line", "Ada Kite و Bo Line"]
)
def test_a_table_in_another_language_is_read_whole(table: str, authors: str) -> None:
    text = table.format(a=authors, u="https://arxiv.org/abs/2601.00001", d="10.1000/k")
    listing = parse(text.encode(), file="x")
    (entry,) = listing.entries
    assert (entry.title, entry.abstract, entry.published) == ("Kites", "We fly.", "2026-01-05")
    assert entry.authors == ("Ada Kite", "Bo Line")
    assert entry.arxiv or entry.doi
    assert not listing.notices


def test_names_are_as_they_are_compared() -> None:
    for names in NAMES_ELSEWHERE.values():
        assert all(normal(name) == name for name in names.split())


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Abstract (EN)", "abstract"),
        ("authorships.author.display_name", "authors"),
        ("primary_location.source.display_name", "venue"),
        ("author_display", "authors"),
        ("authors_json", "authors"),
        ("dc:creator", "authors"),
        ("prism:publicationName", "venue"),
        ("Document tags", "keywords"),
        ("paperAuthors", "authors"),
        ("Journal/Book", "venue"),
        ("Date of Publication", "published"),
    ],
)
def test_a_qualified_name_means_what_it_qualifies(name: str, field: str) -> None:
    assert (field_of(name) or ("",))[0] == field


def test_a_name_of_signs_alone_means_nothing() -> None:
    assert [field_of(name) for name in ("_", ".", "()", "paper_id", "source")] == [None] * 5
