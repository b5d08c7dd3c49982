"""Add a curator's note to a paper, or replace or remove one. Pure.

Several curators may write on one paper: each note is credited to its own.
"""

from __future__ import annotations

from ...content.pages import edit, note_edits
from ...counts import counted
from ...errors import ContentError, shown
from ...papers import Note
from .desk import Curator, Desk


def note(desk: Desk, key: str, curator: Curator, text: str) -> str:
    """Add a note at the end of a paper's section; a curator with a name is credited with it.

    Return what was done. Raises ContentError for an empty note, and one that the paper has.
    """
    if not text.strip():
        raise ContentError("the note is empty; expected a sentence")
    paper = desk.paper(key)
    path = desk.place(key).path
    if any(one.text == text.strip() for one in paper.notes):
        raise ContentError(f"{shown(key)} has this note already", file=path, line=desk.line(key))
    new = Note(text=text.strip(), curator=curator.name)
    desk.change(key, lambda page, file: edit.add_note(page, key, new, file))
    stamp(desk, key, curator)
    return f"{key}: {counted(len(paper.notes) + 1, 'note')}, in {path}"


def revise_note(
    desk: Desk, key: str, curator: Curator, number: int, text: str | None = None
) -> str:
    """Replace the text of one of a paper's notes (from 1), or without a text remove the note.

    A replaced note keeps its credit, unless a curator with a name takes it over. Return what was
    done. Raises ContentError where there is no such note, and where nothing would change.
    """
    path, line = desk.place(key).path, desk.line(key)
    notes = desk.paper(key).notes
    if not 1 <= number <= len(notes):
        has = f"{len(notes)} notes" if len(notes) != 1 else "one note"
        raise ContentError(
            f"{shown(key)} has {has}; expected the number of one, not {number}",
            file=path,
            line=line,
        )
    old = notes[number - 1]
    new = None
    if text is not None:
        if not text.strip():
            raise ContentError("the note is empty; expected a sentence")
        new = Note(text=text.strip(), curator=curator.name or old.curator)
        if new == old:
            raise ContentError(f"{shown(key)} has this note already", file=path, line=line)
    desk.change(key, lambda page, file: note_edits.replace_note(page, key, number, new, file))
    stamp(desk, key, curator)
    by = f" by {old.curator}" if old.curator else ""
    done = "removed" if new is None else "replaced"
    return f"{key}: note {number}{by} {done}, in {path}"


def stamp(desk: Desk, key: str, curator: Curator) -> None:
    """Tell followers of a change by the line `updated:`; nobody follows a paper that waits."""
    today = curator.today
    if today and desk.stands(key):
        desk.change(key, lambda page, file: edit.set_value(page, key, "updated", today, file))
