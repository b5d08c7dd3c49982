"""References and items whose lines were wrapped, as they are copied from a PDF or an editor: each
in one line again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from .list_lines import LEADS
from .list_names import TWO_WORDS, are_names
from .list_papers import is_cited
from .notations import NOTHING
from .references import LONGEST

_NUMBERED = re.compile(r"\s{0,8}(?:\[\d{1,4}\]|\(?\d{1,4}[.)])\s+\S")
_HYPHEN = re.compile(r"([^\W\d_]{2,30})-\n\s*([a-z][^\W\d_]{1,30})")
_COMPOUND = re.compile(r"[^\W\d_]{2,30}-[^\W\d_]{2,30}")
_LEAST_WORDS = 4
_MARKED = re.compile(
    r"\s{0,8}(?:(?:\[\d{1,4}\]|\(?\d{1,4}[.)]|[-*+•◦●▪‣·–]|\*{2,5})\s+|[(（]?\d{1,4}[、．）/]\s*|[■□◆◇▶►★☆○]\s*)(?=\S)"
)
_PART = re.compile(
    r"\s*(?:https?://|\W{0,4}[^\W\d_][\w ]{0,24}(?:：|:{1,2}\W{0,3}\s))"
)  # an address, a labelled part
_OTHER = re.compile(
    r"\s*(?:[|#=>*`\\]|[-_~+]{3,}\s*\Z|\.\.\s|\d{4}\.\d)"
)  # signs of a markup, an id
_ADDRESS = re.compile(r"://|\b(?:www|arxiv|doi)\.\w")
_URL = re.compile(r"\s*https?://")
_PAPER = re.compile(r"\b(?:arxiv|doi)\.\w", re.I)
_LEAST_LINES = 3  # that tell that a paragraph was wrapped
_LEAST_JOINTS = 3  # lines of such paragraphs that the next goes on with
_SLACK = 8  # characters by which the longest lines of two wrapped paragraphs differ
_NARROWEST, _WIDEST = 50, 100  # characters of lines that a program filled


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


def filled(text: str) -> str:
    """Return a text with each item that was wrapped in its first line: where the next line's first
    word would have made the line too long, and the next line stands below the item's words."""
    rows = text.split("\n")
    marks = [_MARKED.match(row) for row in rows]
    plain = [row for row in rows if "://" not in row]
    width = max(map(len, map(str.rstrip, plain)), default=0)
    if not any(marks) or not _NARROWEST <= width <= _WIDEST:
        return text
    made = [*rows]
    further: dict[int, list[str]] = {}  # what goes on with the item of a line
    first = column = -1  # the item that is gone on with, and where its words begin
    for n, row in enumerate(rows):
        indent = len(row) - len(row.lstrip())
        if mark := marks[n]:
            first, column = n, mark.end()
        elif not row.strip() or first < 0 or indent < column - 2:
            first = -1
        elif _PART.match(row):
            first = n if "://" not in row else -1
        elif _fills(rows[n - 1], row, width) and not _are_people(row.strip()):
            further.setdefault(first, []).append(row.strip())
            made[n] = NOTHING
    for n, parts in further.items():
        made[n] = " ".join((rows[n].rstrip(), *parts))
    return "\n".join(made) if further else text


def paragraphs(text: str) -> str:
    """Return a text with each paragraph that was wrapped in its first line: as many lines as
    `_LEAST_LINES` or more of which each but the last is full, or fewer that are full by the width
    of such a one."""
    rows = text.split("\n")
    blocks = [*_plain_blocks(rows)]
    widths: Counter[int] = Counter()
    for a, b in blocks:
        if b - a >= _LEAST_LINES and _is_full(rows[a:b], 0):
            widths[max(len(row.rstrip()) for row in rows[a:b])] += b - a - 1
    widest = max(widths, default=0)
    if sum(times for width, times in widths.items() if width >= widest - _SLACK) < _LEAST_JOINTS:
        return text
    for a, b in blocks:
        block = rows[a:b]
        width = 0 if b - a >= _LEAST_LINES else widest - _SLACK
        if b - a > 1 and _is_full(block, width):
            rows[a:b] = [" ".join([block[0].rstrip(), *map(str.strip, block[1:])])] + [NOTHING] * (
                b - a - 1
            )
    return "\n".join(rows)


def _plain_blocks(rows: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where lines of words stand below each other: what has a mark, a label or an address
    is none of them."""
    start = 0
    for n, row in enumerate([*rows, ""]):
        apart = _is_apart(row) and not (n > start and _goes_on(rows[n - 1], row))
        if not apart and (n == start or _indent(row) == _indent(rows[start])):
            continue
        if n > start:
            yield start, n
        start = n + 1 if apart else n


def _is_apart(row: str) -> bool:
    """Return whether a line is blank, or more than words: an item, an address, a labelled part."""
    words = row.strip()
    marked = _MARKED.match(row) or _OTHER.match(row) or _PART.match(row)
    return not words or words == NOTHING or _ADDRESS.search(row) is not None or marked is not None


def _goes_on(above: str, row: str) -> bool:
    """Return whether a line with an address goes on with the text of the line above it: that one
    leads to the address ("available at", "Code:"), or this one begins within a sentence."""
    if _PAPER.search(row) or not _ADDRESS.search(row):
        return False
    if _URL.match(row):
        return LEADS.search(above[-40:]) is not None and not _PART.match(above)
    return len(above.strip()) >= _NARROWEST and row.strip()[:1].islower()


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())


def _is_full(block: list[str], least: int) -> bool:
    """Return whether each line of a block but the last was wrapped: the next line's first word
    would have made it wider than the widest, or than `least`, and none is of names."""
    width = max(least, *(len(row.rstrip()) for row in block))
    return (
        _NARROWEST <= width <= _WIDEST
        and all(_fills(a, b, width) for a, b in pairwise(block))
        and not any(_are_people(row.strip()) for row in block)
    )


def _fills(above: str, row: str, width: int) -> bool:
    """Return whether a line's first word would have made the line above it too long."""
    return len(above.rstrip()) + 1 + len(row.split(maxsplit=1)[0]) > width


def _are_people(text: str) -> bool:
    text = text.strip("()")
    return are_names(text) or TWO_WORDS.fullmatch(text) is not None
