"""References whose lines were wrapped, as they are copied from a PDF: each in one line again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .list_papers import is_cited
from .references import LONGEST

_NUMBERED = re.compile(r"\s{0,8}(?:\[\d{1,4}\]|\(?\d{1,4}[.)])\s+\S")
_HYPHEN = re.compile(r"([^\W\d_]{2,30})-\n\s*([a-z][^\W\d_]{1,30})")
_COMPOUND = re.compile(r"[^\W\d_]{2,30}-[^\W\d_]{2,30}")
_LEAST_WORDS = 4


def unwrapped(text: str) -> str | None:
    """Return a text with each wrapped reference in its first line; None where most of what stands
    in it is none."""
    rows = text.split("\n")
    compounds = {word.lower() for word in _COMPOUND.findall(text)}
    made = [*rows]
    joined = others = 0
    for first, last in _blocks(rows):
        block = rows[first:last]
        whole = _joined(block, compounds)
        if len(whole) > LONGEST or len(whole.split()) < _LEAST_WORDS:
            continue
        wrapped = len(block) > 1 and not any(map(is_cited, map(_bare, block[1:])))
        if wrapped and is_cited(_bare(whole)):
            joined += 1
            made[first:last] = [whole, *[""] * (len(block) - 1)]
        else:
            others += not is_cited(_bare(whole))
    return "\n".join(made) if joined > others else None


def _blocks(rows: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where blocks begin and end: at blank lines, and where a number begins a line."""
    start = 0
    for n, row in enumerate([*rows, ""]):
        if row.strip() and not _NUMBERED.match(row):
            continue
        if n > start and rows[start].strip():
            yield start, n
        start = n if row.strip() else n + 1


def _bare(row: str) -> str:
    found = _NUMBERED.match(row)
    return row[found.end() - 1 :] if found else row.strip()


def _joined(block: list[str], compounds: set[str]) -> str:
    """Return lines in one. A hyphen at a line's end goes, unless the text has the word with it."""

    def word(found: re.Match[str]) -> str:
        kept = f"{found[1]}-{found[2]}"
        return kept if kept.lower() in compounds else found[1] + found[2]

    return " ".join(_HYPHEN.sub(word, "\n".join(map(str.rstrip, block))).split())
