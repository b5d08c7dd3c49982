"""Slugs of names: by the name alone, and two for two names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.slugs import is_device, is_slug
from broadsheet.text.name_slugs import name_key, name_slug

NAMES = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs")), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ada Lovelace", "ada-lovelace"),
        ("  ADA   Lovelace ", "ada-lovelace"),
        ("Jose Muller", "jose-muller"),
        ("José Müller", "jose-muller-804bb2"),
        ("Jean-Luc Example", "jean-luc-example-476319"),
        ("李 明", "958ecc2c98f7"),
        ("***", "03d99a4bee2e"),
    ],
)
def test_a_name_has_a_slug_that_never_changes(name: str, slug: str) -> None:
    assert name_slug(name) == slug


def test_ways_to_compose_a_letter_are_one_name() -> None:
    composed = "José Müller"
    assert name_slug(unicodedata.normalize("NFD", composed)) == name_slug(composed)


@given(NAMES, NAMES)
def test_slugs_are_the_same_only_for_the_same_name(one: str, other: str) -> None:
    assert (name_slug(one) == name_slug(other)) == (name_key(one) == name_key(other))


@given(NAMES)
def test_every_name_has_a_slug_that_every_system_can_keep(name: str) -> None:
    slug = name_slug(name)
    assert is_slug(slug)
    assert not is_device(slug)
    assert name_slug(f"{name} {'long ' * 30}") != name_slug(f"{name} {'long ' * 31}")
