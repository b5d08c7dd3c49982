"""Slugs of topics, tags and subscriptions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.slugs import is_device, is_slug, latin_slug, slug


@given(st.text())
def test_any_text_gives_a_slug_or_nothing(text: str) -> None:
    result = slug(text)
    assert result == "" or is_slug(result)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Łódź & Øresund", 60, "lodz-oresund"),
        ("β-VAE", 60, "beta-vae"),
        ("one two three", 8, "one-two"),
        ("abcdefgh", 4, "abcd"),
        ("漢字", 60, ""),
    ],
)
def test_words_become_ascii_and_end_at_a_word(text: str, limit: int, expected: str) -> None:
    assert slug(text, limit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Straße über Łódź", "strasse-uber-lodz"),
        ("深度学习 for kites", "shen-du-xue-xi-for-kites"),
        ("カイトの飛行", "kaitono-fei-xing"),
        ("한국어 논문", "hangugeo-nonmun"),
        ("Привет, мир", "privet-mir"),
        ("Σύστημα και β-VAE", "systima-kai-beta-vae"),
        ("مرحبا", "mrhb"),
        ("a→b ∑ 🪁", "a-b-s-kite"),
        ("K’s “x”—y", "ks-x-y"),
        ("!?", ""),
    ],
)
def test_every_script_is_transliterated(text: str, expected: str) -> None:
    assert latin_slug(text) == expected


@given(st.text())
def test_any_text_gives_a_latin_slug_or_nothing(text: str) -> None:
    result = latin_slug(text)
    assert result == "" or is_slug(result)
    if text.isascii():
        assert result == slug(text)


@pytest.mark.parametrize("text", ["", "a.b", "a--b", "../a", "x" * 61, "a\n", "A", "-a", "a-"])
def test_other_texts_are_not_slugs(text: str) -> None:
    assert not is_slug(text)
    assert is_slug("x" * 61, 80)


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "lpt9", "aux.md"])
def test_names_of_devices_are_known(name: str) -> None:
    assert is_device(name)


@pytest.mark.parametrize("name", ["contrast", "con-2025", "com", "null", "a-con"])
def test_names_that_only_resemble_them_are_not(name: str) -> None:
    assert not is_device(name)
