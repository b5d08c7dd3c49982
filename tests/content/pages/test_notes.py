"""Notes of several curators: each credited to its own, whatever is edited."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content import pages
from broadsheet.content.pages import PageHeading, edit, note_edits, notes
from broadsheet.errors import ContentError
from broadsheet.papers import Note, Paper

HEADING = PageHeading("Optimization", date(2025, 8, 7), "optimization")
NAMES = st.sampled_from(["Cy Example", "Di Example", "Ed", "O. N'Name"])
WORDS = st.text("ab-\u2014. >`", min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map("\n\n".join)


def page(*some: Note, curator: str | None = "Cy Example") -> str:
    return pages.format_page(
        HEADING, [Paper(id="x", title="A title", abstract="Words.", curator=curator, notes=some)]
    )


def read(text: str) -> tuple[Note, ...]:
    return pages.parse(text).papers[0].notes


@given(TEXTS, st.none() | NAMES, NAMES)
def test_a_note_is_read_as_it_is_written(text: str, block: str | None, curator: str) -> None:
    note = Note(text=text, curator=curator)
    assert notes.read(notes.written(note, block), block) == note


def test_a_last_line_with_a_dash_and_a_name_credits_a_note() -> None:
    for last in ("\u2014 Di Example", "-- Di Example", "\u2014Di Example"):
        text = page(Note(text="One.")).replace("> One.", f"> One.\n> {last}")
        assert read(text) == (Note(text="One.", curator="Di Example"),)


@pytest.mark.parametrize(
    "last",
    [
        "\u2014 and that is all there is to say here",
        "\u2014 2 of 3",
        "- Di",
        "\u2014 [x](y)",
        "\u2014",
    ],
)
def test_other_last_lines_are_the_notes_own(last: str) -> None:
    text = page(Note(text="One.")).replace("> One.", f"> One.\n> {last}")
    assert read(text) == (Note(text=f"One.\n{last}", curator="Cy Example"),)


def test_a_name_alone_is_a_note() -> None:
    assert read(page(Note(text="\u2014 Di"), curator=None)) == (Note(text="\u2014 Di"),)


def test_each_adds_a_note_of_their_own() -> None:
    text = page(curator=None)
    for name, words in (
        ("Cy Example", "One."),
        ("Di Example", "Two.\n\nOf two."),
        (None, "Three."),
    ):
        text = edit.add_note(text, "x", Note(text=words, curator=name), "f")
    assert read(text) == (
        Note(text="One.", curator="Cy Example"),
        Note(text="Two.\n\nOf two.", curator="Di Example"),
        Note(text="Three.", curator="Cy Example"),  # the block's
    )
    assert pages.parse(text).papers[0].curators == ("Cy Example", "Di Example")
    assert "> Two.\n>\n> Of two.\n>\n> \u2014 Di Example\n" in text


def test_a_second_curator_takes_nobodys_credit() -> None:
    text = page(Note(text="Nobody's."), curator=None)
    text = edit.add_note(text, "x", Note(text="Mine.", curator="Di"), "f")
    assert read(text) == (Note(text="Nobody's."), Note(text="Mine.", curator="Di"))
    text = note_edits.set_curator(page(Note(text="One.", curator="Cy Example")), "x", "Di", "f")
    assert pages.parse(text).papers[0].curator == "Di"
    assert read(text) == (Note(text="One.", curator="Cy Example"),)


def test_a_note_is_replaced_or_removed() -> None:
    text = page(Note(text="One."), Note(text="Two.", curator="Di"), Note(text="Three."))
    text = text.replace("\n", "\r\n")
    other = note_edits.replace_note(text, "x", 2, Note(text="Zwei."), "f")
    assert read(other)[1] == Note(text="Zwei.", curator="Di")
    assert other.replace("Zwei.", "Two.") == text
    gone = note_edits.replace_note(text, "x", 2, None, "f")
    assert [one.text for one in read(gone)] == ["One.", "Three."]
    with pytest.raises(ContentError, match="expected the number"):
        note_edits.replace_note(text, "x", 4, None, "f")


@pytest.mark.parametrize("name", ["<b>", "one two three four five six seven", "Really?", "x" * 99])
def test_a_name_that_cant_be_credited_is_refused(name: str) -> None:
    with pytest.raises(ContentError, match="can't be credited"):
        edit.add_note(page(), "x", Note(text="One.", curator=name), "f")


@given(st.lists(st.tuples(TEXTS, st.none() | NAMES), min_size=1, max_size=4), st.data())
def test_a_removed_note_leaves_the_others(
    some: list[tuple[str, str | None]], data: st.DataObject
) -> None:
    text = page()
    for words, name in some:
        text = edit.add_note(text, "x", Note(text=words, curator=name), "f")
    there = read(text)
    number = data.draw(st.integers(1, len(there)))
    gone = read(note_edits.replace_note(text, "x", number, None, "f"))
    assert gone == there[: number - 1] + there[number:]
