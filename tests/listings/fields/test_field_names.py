"""Which fields names of columns mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.listings.fields.field_names import field_of


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Title of the Paper", "title"),
        ("Titre de l'article", "title"),
        ("title_en", "title"),
        ("en_title_s", "title"),
        ("dc.title[en_US]", "title"),
        ("dctitle", "title"),
        ("Names of Authors", "authors"),
        ("Link to PDF", None),
        ("Online Date", "published"),
        ("publicationDateY_i", "published"),
        ("producedDate_tdate", "published"),
        ("Conference Year", "published"),
        ("Date Added", None),
        ("Last Update", None),
        ("Lien DOI", "doi"),
        ("Published in", "venue"),
        ("Author Affiliations", None),
        ("Author-Workplace-Name", None),
        ("Paper ID", None),
        ("journalInfo", None),
    ],
)
def test_names_are_known_by_their_words(name: str, field: str | None) -> None:
    assert (field_of(name) or (None,))[0] == field


@given(st.text(max_size=90))
def test_any_name_has_a_field_or_none(name: str) -> None:
    found = field_of(name)
    assert found is None or found[1] >= 0
