"""Conflict markers as git writes them, around the smallest place that a person must decide. Pure.

What follows a marker's name in parentheses says what that side did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OURS, THEIRS = "ours", "theirs"

_OPENING = re.compile(r"<{7}(?: |\Z)")
_CLOSING = re.compile(r">{7}(?: |\Z)")
_DID = re.compile(r"\(([^()]*)\)\Z")


@dataclass(frozen=True, slots=True)
class MarkedConflict:
    """A place that a person must decide: the lines of its first and last marker, from 1, and what
    each side did there ("" where the marker doesn't say)."""

    line: int
    last: int
    ours: str = ""
    theirs: str = ""


def marked(ours: str, theirs: str, *, ours_did: str = "", theirs_did: str = "") -> str:
    """Return two versions of some lines between conflict markers; "" is no line."""
    return (
        f"<<<<<<< {_named(OURS, ours_did)}\n{_ended(ours)}=======\n{_ended(theirs)}"
        f">>>>>>> {_named(THEIRS, theirs_did)}\n"
    )


def conflicts(text: str) -> tuple[MarkedConflict, ...]:
    """Return the conflicts that are marked in a text; one without an end lasts to the text's."""
    found = []
    start: tuple[int, str] | None = None
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if start is None and _OPENING.match(line):
            start = number, _did(line)
        elif start is not None and _CLOSING.match(line):
            found.append(MarkedConflict(start[0], number, start[1], _did(line)))
            start = None
    if start is not None:
        found.append(MarkedConflict(start[0], len(lines), start[1]))
    return tuple(found)


def _named(side: str, did: str) -> str:
    return f"{side} ({did})" if did else side


def _did(line: str) -> str:
    match = _DID.search(line.rstrip())
    return match[1] if match else ""


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
