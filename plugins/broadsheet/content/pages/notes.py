"""Curators' notes in a section: where each stands, and the last line that names who wrote it. Pure.

    > A second curator's note.
    >
    > \u2014 Di Example

A note without such a last line is credited to the curator of the paper's block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...errors import ContentError, shown
from ...papers import Note
from .model import Section

_DASH = "\u2014"
_CREDIT = re.compile(r"(?:\u2014|\u2015|--)[ \t]*(?P<name>[^\W\d_][^\n\[\]<>*`]{0,79})\Z")
_NO_NAME = ("?", "!", ":", ";", ",")  # a sentence ends so
_MOST_WORDS = 6
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def read(text: str, curator: str | None) -> Note:
    """Return the note of a quotation's text; `curator` is the block's."""
    body, _, last = text.rpartition("\n")
    name = _named(last)
    if name is None or not body.strip():
        return Note(text=text, curator=curator)
    return Note(text=body.strip("\n"), curator=name)


def written(note: Note, curator: str | None) -> str:
    """Return the text of a note's quotation: with a last line that names its curator where that
    isn't the block's (`curator`). `read(written(note, curator), curator) == note` for a note that
    `refuse_credit` passes."""
    by = note.curator
    if by is None or (by == curator and read(note.text, None).curator is None):
        return note.text
    return f"{note.text}\n\n{_DASH} {by}"


def refuse_credit(name: str) -> None:
    """Raise ContentError for a name that can't stand in a note's last line."""
    if _named(f"{_DASH} {name}") != name:
        raise ContentError(
            f"{shown(name)} can't be credited with a note; expected a name of at most "
            f"{_MOST_WORDS} words and 80 characters, such as Ada Example"
        )


def credited(note: Note, curator: str | None) -> Note:
    """Return a note as a page gives it where it stands in a section whose block has a `curator`.
    Raises ContentError for a name that can't be credited."""
    body = "\n".join(line.rstrip() for line in note.text.strip().splitlines())
    if note.curator is None:
        return read(body, curator)
    refuse_credit(note.curator)
    return Note(text=body, curator=note.curator)


def spans(lines: Sequence[str], section: Section) -> list[tuple[int, int]]:
    """Return where the notes of a section stand: of each its first line and the line after its
    last, as indexes of the page's lines. Empty quotations are no notes."""
    start = section.block[1] + 1 if section.block else section.line
    found: list[tuple[int, int]] = []
    fence = ""
    quoting = False
    for at in range(start, section.last_line):
        line = lines[at].rstrip()
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        if fence or mark or not line.startswith(">"):
            quoting = False
        elif quoting:
            found[-1] = found[-1][0], at + 1
        else:
            quoting = True
            found.append((at, at + 1))
    return [(a, b) for a, b in found if any(len(one.rstrip()) > 1 for one in lines[a:b])]


def quoted(text: str, newline: str) -> str:
    """Return a note's text as a quotation, ended by a newline."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "".join(f"> {line}".rstrip() + newline for line in lines)


def _named(line: str) -> str | None:
    match = _CREDIT.match(line.strip())
    if match is None:
        return None
    name = " ".join(match["name"].split())
    if name.endswith(_NO_NAME) or len(name.split()) > _MOST_WORDS or not name.isprintable():
        return None
    return name
