"""Links that a mail as text has at its end, with numbers at the words that they belong to:
"KITES OF THE NORTH [2]", and below "[2] https://arxiv.org/abs/2601.00002"."""

from __future__ import annotations

import re

_NOTE = re.compile(r"\s{0,4}\[(\d{1,3})\]:?\s{1,4}<?(https?://[^\s<>]{4,2000})>?\s*")
_MARK = re.compile(r"(\S.*?)\s?\[(\d{1,3})\]\s*")
_LONGEST = 2_000


def addresses(rows: list[str]) -> dict[str, str]:
    """Return the addresses of a text's footnotes, by number, that its lines refer to."""
    notes: dict[str, str] = {}
    for row in rows:
        if "://" in row[:20] and (found := _NOTE.fullmatch(row[:_LONGEST])):
            notes.setdefault(found[1], found[2])
    if not notes:
        return {}
    marks = (
        _MARK.fullmatch(row) for row in rows if len(row) < _LONGEST and row.rstrip()[-1:] == "]"
    )
    used = {mark[2] for mark in marks if mark}
    return {number: address for number, address in notes.items() if number in used}


def linked(row: str, notes: dict[str, str]) -> str:
    """Return a line with the link that its number stands for, as Markdown; a footnote itself is
    an empty line."""
    if (note := _NOTE.fullmatch(row[:_LONGEST])) and note[1] in notes:
        return ""
    if len(row) >= _LONGEST or row.rstrip()[-1:] != "]":
        return row
    mark = _MARK.fullmatch(row)
    if mark is None or mark[2] not in notes:
        return row
    words = mark[1].replace("[", "(").replace("]", ")")
    return f"[{words}]({notes[mark[2]]})"
