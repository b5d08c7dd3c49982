"""Dollar signs that begin or end a formula whose other end is missing. Pure; linear in the text.

What is a formula is defined by `tex.spans`, what is code by `markup`. Of the signs that are left,
those beside TeX are slips; money ("$15", "US$ 20") and names of variables ("$HOME") are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from . import markup

_SIGN = re.compile(r"(?<!\$)\$\$?(?!\$)")
_ESCAPED = re.compile(r"\\[$#*_\[\]<>`~+.\\-]")  # by Markdown's rules, which TeX rarely has
_TEX = re.compile(r"[\\^_{}]")
_WORD = 60  # characters beside a sign that are looked at
_SIGNS = re.compile(r"[\\^_{}=(|<>+*/]")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+\b|\{[A-Za-z_][A-Za-z0-9_]*\}")
_LETTER = re.compile(r"[A-Za-z](?![A-Za-z])")


class Unclosed(NamedTuple):
    """A dollar sign's place in the text, whether it opens a formula (or else closes one), and the
    words beside it."""

    start: int
    opens: bool
    words: str


def unclosed(markdown: str) -> Iterator[Unclosed]:
    """Yield the dollar signs of formulas that don't end or don't begin."""
    if "$" not in markdown:
        return
    bare = markup.without_code(_ESCAPED.sub("··", markdown))  # signs that are no TeX
    for match in _SIGN.finditer(bare):
        before = bare[max(0, match.start() - _WORD) : match.start()]
        after = bare[match.end() : match.end() + _WORD]
        first, last = after.split(maxsplit=1)[:1], before.rsplit(maxsplit=1)[-1:]
        if _opens(before[-1:], after, first[0] if first else "", len(match[0]) == 2):
            yield Unclosed(match.start(), True, match[0] + after.split("\n")[0])
        elif before[-1:].strip() and _TEX.search(last[0]) and not after[:1].isdigit():
            yield Unclosed(match.start(), False, f"{last[0]}{match[0]}")


def _opens(before: str, after: str, word: str, display: bool) -> bool:
    """Return whether a sign between two texts opens a formula; `word` is the next one."""
    if display and not before.strip() and not (after and after[0].isdigit()):
        return True
    if not after or after[0].isspace() or before.isalnum() or _VARIABLE.match(after):
        return False
    if after[0].isdigit():
        return _TEX.search(word) is not None
    if after[0].isalpha():
        return _LETTER.match(after) is not None or _SIGNS.search(word) is not None
    if after[0] == "\\":
        return True
    return after[0] in "{^_|(" and _SIGNS.search(word[1:]) is not None


def escaped(markdown: str) -> str:
    """Return a text with such signs escaped, so that they show as they are."""
    done = 0
    pieces = []
    for one in unclosed(markdown):
        width = 2 if markdown.startswith("$$", one.start) else 1
        pieces += [markdown[done : one.start], "\\$" * width]
        done = one.start + width
    return "".join([*pieces, markdown[done:]]) if pieces else markdown
