"""Unicode's normal forms in time that is linear, whatever the text.

Marks upon one letter are sorted one by one (UAX 15), which takes the square of their number:
100,000 of them hold a processor for ten seconds. No writing has more than a few. Where a text has
hundreds in a row, it is normalised in pieces.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

_MOST = 200  # marks in a row that are sorted at once
_RUN = re.compile(r"[^\x00-\x7f]+")


def normal(form: Form, text: str) -> str:
    """Return a text in a normal form; where more than `_MOST` marks follow each other, each so many
    of them are sorted by themselves."""
    if len(text) <= _MOST or text.isascii():
        return unicodedata.normalize(form, text)
    pieces = []
    start = 0
    for run in _RUN.finditer(text):
        if len(run[0]) <= _MOST:
            continue
        marks = 0
        for place, char in enumerate(run[0], run.start()):
            marks = marks + 1 if _is_mark(char) else 0
            if marks > _MOST:
                pieces.append(text[start:place])
                start, marks = place, 1
    pieces.append(text[start:])
    return "".join(unicodedata.normalize(form, piece) for piece in pieces)


@lru_cache(maxsize=4096)
def _is_mark(char: str) -> bool:
    """Return whether a character, or what it is made of, begins with a mark upon what precedes."""
    return unicodedata.combining(unicodedata.normalize("NFKD", char)[0]) != 0
