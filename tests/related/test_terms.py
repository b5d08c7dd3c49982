"""Shared terms as papers write them."""

from __future__ import annotations

from broadsheet.papers import Paper
from broadsheet.related.terms import words_in, written_forms


def test_the_words_of_a_tag_and_of_a_phrase_are_one() -> None:
    assert words_in("#tidal-cranes") == words_in("tidal crane") == {"tidal", "crane"}


def test_terms_are_named_as_the_paper_writes_them() -> None:
    paper = Paper(
        id="x",
        title="Tidal harbour cranes and LoRA",
        abstract="Harbour cranes lift wet mud.",
        tags=("heavy-lifting",),
    )
    forms = written_forms(["harbour crane", "lora", "#heavy-lifting", "mud"], paper)
    assert set(forms.values()) == {"harbour cranes", "LoRA", "heavy lifting", "mud"}
