"""Replace and remove curators' notes in a page's text, and credit a paper to a curator; all
other bytes stay. Pure."""

from __future__ import annotations

from dataclasses import replace

from ...errors import ContentError
from ...papers import Note
from . import notes as note_form
from .edit import find, set_value, verified
from .notes import quoted
from .splice import lines_of, newline_of


def replace_note(text: str, key: str, number: int, note: Note | None, file: str) -> str:
    """Return the page with one of a paper's notes (from 1) replaced, or for None removed. A note
    without a curator keeps the old one's. Raises ContentError where there is no such note, and for
    a name that can't be credited."""
    section = find(text, key, file)
    paper = section.paper
    lines = lines_of(text)
    places = note_form.spans(lines, section)
    if not 1 <= number <= len(paper.notes) or len(places) != len(paper.notes):
        raise ContentError(
            f"found {len(paper.notes)} notes, expected the number of one of them, not {number}",
            file=file,
            line=section.line,
        )
    start, end = places[number - 1]
    notes = list(paper.notes)
    if note is None:
        del notes[number - 1]
        while start and not lines[start - 1].strip():
            start -= 1
        lines[start:end] = []
    else:
        old = notes[number - 1]
        new = note_form.credited(replace(note, curator=note.curator or old.curator), paper.curator)
        notes[number - 1] = new
        lines[start:end] = [quoted(note_form.written(new, paper.curator), newline_of(text))]
    return verified(text, "".join(lines), replace(paper, notes=tuple(notes)), file)


def set_curator(text: str, key: str, name: str, file: str) -> str:
    """Return the page with a paper credited to a curator in its block. Notes that another curator
    is credited with there are credited in their own last lines from now on."""
    paper = find(text, key, file).paper
    if paper.curator and paper.curator != name:
        for number, one in enumerate(paper.notes, start=1):
            if one.curator == paper.curator:
                section = find(text, key, file)
                lines = lines_of(text)
                start, end = note_form.spans(lines, section)[number - 1]
                body = note_form.written(one, name)
                lines[start:end] = [quoted(body, newline_of(text))]
                text = verified(text, "".join(lines), section.paper, file)
    return set_value(text, key, "curator", name, file)
