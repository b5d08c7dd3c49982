"""Add a curator's note to a paper. Pure."""

from __future__ import annotations

from ..content.pages import edit
from ..errors import ContentError, shown
from ..papers import Note
from .desk import Curator, Desk


def note(desk: Desk, key: str, curator: Curator, text: str) -> str:
    """Add a note at the end of a paper's section; a curator with a name is credited with it.

    Return what was done. Raises ContentError for an empty note, one that the paper has, and one by
    another curator than the paper's earlier notes.
    """
    if not text.strip():
        raise ContentError("the note is empty; expected a sentence")
    paper = desk.paper(key)
    path = desk.place(key).path
    if any(one.text == text.strip() for one in paper.notes):
        raise ContentError(f"{shown(key)} has this note already", file=path, line=desk.line(key))
    by = paper.curator
    if paper.notes and curator.name and by and by != curator.name:
        raise ContentError(
            f"{shown(key)} has notes by {shown(by)}, and one line `curator:` credits all; "
            "please edit it by hand",
            file=path,
            line=desk.line(key),
        )
    new = Note(text=text.strip(), curator=curator.name)
    desk.change(key, lambda page, file: edit.add_note(page, key, new, file))
    stamp(desk, key, curator)
    count = len(paper.notes) + 1
    return f"{key}: {count} note{'s' * (count != 1)}, in {path}"


def stamp(desk: Desk, key: str, curator: Curator) -> None:
    """Tell followers of a change by the line `updated:`; nobody follows a paper that waits."""
    today = curator.today
    if today and desk.stands(key):
        desk.change(key, lambda page, file: edit.set_value(page, key, "updated", today, file))
