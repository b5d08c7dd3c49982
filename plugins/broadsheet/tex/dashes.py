"""TeX's dashes in prose: `--` and `---` shown as the en dash and the em dash that they set.

Only where they can be nothing else: between two words, or between what is written together.
An option (`--flag`), an arrow, a decrement, an address, a table's cell and whatever stands beside
code keep their hyphens. The text itself is not changed, only what is shown of it.
"""

from __future__ import annotations

import re

from .spans import spans

_FORMULA = "\0"
_BREAK = re.compile(r"(\s+)")
_ALONE = {"--": "–", "---": "—"}
_BETWEEN = re.compile(r"(?<=[\w)\]}”’\"'%*.!?\0])(---?)(?=[\w(\[{“‘\"'*\\\0])")
_NO_PROSE = re.compile(r"\A-|----|://|\]\(|\Awww\.|[<>|=@/_]")
_CODE = re.compile(r"`|~~~|^(?: {4}|\t)", re.M)


def dashed(markdown: str) -> str:
    """Return a Markdown text with TeX's dashes as typographic ones; takes linear time."""
    if "--" not in markdown:
        return markdown
    pieces = spans(markdown)
    if any(not piece.math and _CODE.search(piece.text) for piece in pieces):
        return markdown
    last = len(pieces) - 1
    return "".join(
        piece.source
        if piece.math or "--" not in piece.text
        else _set(piece.text, formula_before=n > 0, formula_after=n < last)
        for n, piece in enumerate(pieces)
    )


def _set(prose: str, *, formula_before: bool, formula_after: bool) -> str:
    """Return a stretch of prose between formulas, or the text's ends, with its dashes set."""
    before, after = _FORMULA * formula_before, _FORMULA * formula_after
    parts = _BREAK.split(f"{before}{prose}{after}")  # words at even places, spaces between them
    for n in range(0, len(parts), 2):
        word = parts[n]
        if word in _ALONE:
            if _in_a_line(parts, n):
                parts[n] = _ALONE[word]
        elif "--" in word and not _NO_PROSE.search(word):
            parts[n] = _BETWEEN.sub(lambda dash: _ALONE[dash[1]], word)
    whole = "".join(parts)
    return whole[len(before) : len(whole) - len(after)]


def _in_a_line(parts: list[str], n: int) -> bool:
    """Return whether a word stands between two others, and begins no line."""
    if n < 2 or n + 2 >= len(parts) or "\n" in parts[n - 1] or parts[n + 1].count("\n") > 1:
        return False
    return all(any(map(_speaks, parts[at])) and "|" not in parts[at] for at in (n - 2, n + 2))


def _speaks(character: str) -> bool:
    return character == _FORMULA or character.isalnum()
