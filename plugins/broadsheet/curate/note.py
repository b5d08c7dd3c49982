"""Adding a curator's note to a paper. Pure."""

from __future__ import annotations

from ..content.pages import edit
from ..errors import ContentError, shown
from ..papers import Note
from .change import Change, Place, State, finished


def note(
    state: State,
    place: Place,
    text: str,
    *,
    curator: str | None = None,
    updated: str | None = None,
) -> Change:
    """Put a note at the end of a paper's section. `curator` is credited with it; `updated` is the
    day (ISO) that followers are told of it as.

    Raises ContentError for a note without words, and for one by somebody else than the curator
    who is credited with the paper's notes already.
    """
    if not text.strip():
        raise ContentError("the note is empty; expected a sentence")
    page = state.texts[place.path]
    section = edit.find(page, place.id, place.path)
    if any(one.text == text.strip() for one in section.paper.notes):
        raise ContentError(
            f"{shown(place.id)} has this note already", file=place.path, line=section.line
        )
    by = section.paper.curator
    if section.paper.notes and curator and by and by != curator:
        raise ContentError(
            f"{shown(place.id)} has notes by {shown(by)}, and one line `curator:` credits all; "
            "please edit it by hand",
            file=place.path,
            line=section.line,
        )
    made = edit.add_note(page, place.id, Note(text=text.strip(), curator=curator), place.path)
    if updated:
        made = edit.set_value(made, place.id, "updated", updated, place.path)
    count = len(section.paper.notes) + 1
    return finished(
        state, {place.path: made}, f"{place.id}: {count} note{'s' * (count != 1)}, in {place.path}"
    )
