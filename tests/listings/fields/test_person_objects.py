"""People as objects."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.listings.fields.person_objects import is_person, name_of


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ({"family": "Doe", "given": "Jane", "suffix": "Jr."}, "Jane Doe Jr."),
        ({"family-names": "Berg", "name-particle": "van den", "given-names": "Jan"},
         "Jan van den Berg"),
        ({"Last_Name": "Doe", "First Name": "Jane", "middleName": "B."}, "Jane B. Doe"),
        ({"given": ["Jane", "B."], "family": "Doe"}, "Jane B. Doe"),
        # The person in an object of its own, beside what else is said.
        ({"person_or_org": {"type": "personal", "family_name": "Doe", "given_name": "Jane"},
          "role": {"id": "x", "title": {"en": "Flyer"}}, "affiliations": [{"name": "Lab"}]},
         "Jane Doe"),
        ({"person_or_org": {"name": "Kite Team"}, "institution": {"name": "Lab"}}, "Kite Team"),
        ({"author": {"display_name": "Jane Doe"}, "raw_author_name": "J. Doe"}, "Jane Doe"),
        ({"name": {"given": "Jane", "family": "Doe"}}, "Jane Doe"),
        ({"credit-name": {"value": "Jane Doe"}}, "Jane Doe"),
        # In other languages.
        ({"vorname": "Uta", "nachname": "Klar"}, "Uta Klar"),
        ({"nombre": "Ana", "apellidos": "Ruiz Gil"}, "Ana Ruiz Gil"),
        ({"prénom": "Luc", "nom": "Brun"}, "Luc Brun"),
        ({"name": "Jane Doe", "given": "Jane"}, "Jane Doe"),
        # None.
        ({"creatorType": "editor", "family": "Poe"}, ""),
        ({"name": "Ed Poe", "role": {"id": "editor", "title": {"en": "Editor"}}}, ""),
        ({"family": "Poe", "role": [{"roleTerm": "translator"}]}, ""),
        ({"name": "Ed Poe", "role": {"id": "datacollector"}}, "Ed Poe"),
        ({"affiliation": {"name": "Lab"}}, ""),
        ({}, ""),
        ("Jane Doe", ""),
    ],
)  # fmt: skip
def test_the_name_that_an_object_says(item: Any, name: str) -> None:
    assert name_of(item) == name


def test_depth_is_bounded() -> None:
    item: dict[str, Any] = {"name": "Jane Doe"}
    for _ in range(50):
        item = {"x": item}
    assert name_of(item) == ""


def test_who_has_a_family_name_is_a_person() -> None:
    assert is_person({"nachname": "Klar"})
    assert is_person({"person_or_org": {"family_name": "Doe"}})
    assert not is_person({"name": "Kites"})
    assert not is_person({"institution": {"last": "Lab"}})
