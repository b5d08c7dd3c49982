"""Add a curator's note to a paper. Pure."""

from __future__ import annotations

from ..content.pages import PaperLocation, edit
from ..errors import ContentError, shown
from ..papers import Note
from .change import Change, State, finished


def note(
    state: State,
    location: PaperLocation,
    text: str,
    *,
    curator: str | None = None,
    updated: str | None = None,
) -> Change:
    """Add a note at the end of a paper's section. `curator` is credited with it; `updated` is the
    day (ISO) of the note for feeds.

    Raises ContentError for an empty note, one that the paper has, and one by another curator than
    the paper's earlier notes.
    """
    if not text.strip():
        raise ContentError("the note is empty; expected a sentence")
    page = state.texts[location.path]
    section = edit.find(page, location.id, location.path)
    if any(one.text == text.strip() for one in section.paper.notes):
        raise ContentError(
            f"{shown(location.id)} has this note already", file=location.path, line=section.line
        )
    by = section.paper.curator
    if section.paper.notes and curator and by and by != curator:
        raise ContentError(
            f"{shown(location.id)} has notes by {shown(by)}, and one line `curator:` credits all; "
            "please edit it by hand",
            file=location.path,
            line=section.line,
        )
    new = Note(text=text.strip(), curator=curator)
    edited = edit.add_note(page, location.id, new, location.path)
    if updated:
        edited = edit.set_value(edited, location.id, "updated", updated, location.path)
    count = len(section.paper.notes) + 1
    return finished(
        state,
        {location.path: edited},
        f"{location.id}: {count} note{'s' * (count != 1)}, in {location.path}",
    )
