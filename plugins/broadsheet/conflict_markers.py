"""The lines that git leaves in a text where it can't merge two versions, and their refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .errors import BroadsheetError, ContentError, shown

_MARKER = re.compile(r"^(<{7,}(?= )|>{7,}(?= )|\|{7,}(?= )|={7}(?=\r?(?:\n|\Z))).*", re.M)
_SIGNS = ("<<<<<<<", ">>>>>>>", "|||||||", "=======")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict: its first and last marker's line (from 1), and the first marker as written."""

    line: int
    last_line: int
    marker: str


def conflicts(text: str) -> Iterator[Conflict]:
    """Yield the conflicts in a text; a marker whose others are gone is one too.

    A line of seven equals signs below a line of words is left alone unless another marker stands
    before it: it underlines a heading.
    """
    if not any(sign in text for sign in _SIGNS):
        return
    opened: Conflict | None = None
    line, place = 1, 0
    for match in _MARKER.finditer(text):
        line += text.count("\n", place, match.start())
        place = match.start()
        sign = match[1][0]
        if opened is not None and sign != "<":
            opened = Conflict(opened.line, line, opened.marker)
            if sign == ">":
                yield opened
                opened = None
            continue
        if opened is not None:
            yield opened
            opened = None
        if sign == "<":
            opened = Conflict(line, line, match[0].rstrip())
        elif sign != "=" or not _underlines(text, place):
            yield Conflict(line, line, match[0].rstrip())
    if opened is not None:
        yield opened


def _underlines(text: str, place: int) -> bool:
    before = text[max(0, place - 300) : place].removesuffix("\n").removesuffix("\r")
    above = before.rpartition("\n")[2].strip()
    return bool(above) and not above.startswith("#")  # no line goes on behind a heading


def message_of(conflict: Conflict) -> str:
    """Return what a message says of a conflict."""
    to = f", up to line {conflict.last_line}" if conflict.last_line > conflict.line else ""
    return (
        f"found {shown(conflict.marker)}, which git leaves where two versions conflict{to}; "
        "expected one version, without such lines (`broadsheet resolve` makes one)"
    )


def refuse(
    text: str, *, file: str | None = None, kind: type[BroadsheetError] = ContentError
) -> None:
    """Raise an error of a kind, with its line, for the first conflict in a text."""
    for conflict in conflicts(text):
        raise kind(message_of(conflict), file=file, line=conflict.line)
