"""Titles in a text that have their address in brackets behind them: "Kites of the North
(https://arxiv.org/abs/2601.00001), by which ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .list_lines import Piece, words_of
from .list_names import are_names
from .list_titles import is_named, is_title

_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,300}?)[,.]?[\"”»]\W*\Z")
_SMALL = 4  # letters of a word within a title that needs no capital
_LEAST = 3  # words of a title that only its capitals tell
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A title, the piece that has its address, and whether it begins its line."""

    title: str
    at: int
    first: bool


def bracketed(pieces: list[Piece]) -> Iterator[Bracketed]:
    """Yield the titles of a line that have a paper's address in brackets behind them."""
    for at, piece in enumerate(pieces[1:], 1):
        if piece.address is None or piece.address.kind != "paper":
            continue
        if piece.text.strip() and not piece.label:
            continue
        above = pieces[at - 1]
        if above.address is not None or above.text.rstrip()[-1:] not in ("(", "["):
            continue
        before = above.text.rstrip(" ([").strip()
        if not before and at > 1 and pieces[at - 2].bold and is_title(pieces[at - 2].text):
            yield Bracketed(pieces[at - 2].text, at, at == 2)
        elif quoted := _QUOTED.search(before[-_LONGEST:]):
            yield Bracketed(quoted[1], at, at == 1 and len(quoted[0]) == len(before))
        elif (run := _capitals(before[-_LONGEST:])) and not are_names(run):
            yield Bracketed(run, at, False)
        elif at == 1 and is_named(before):
            yield Bracketed(before, at, True)


def begun(pieces: list[Piece], *, sure: bool = False) -> Bracketed | None:
    """Return the title that begins a line, has its address in brackets behind it, and words behind
    that. `sure` says that the line is about one paper, so that what begins it and has a
    title's shape is the title, whatever its capitals."""
    found = next(bracketed(pieces), None)
    if found is None or not found.first:
        if not (sure and len(pieces) > 2 and pieces[0].text.rstrip()[-1:] in ("(", "[")):
            return None
        before = pieces[0].text.rstrip(" ([").strip()
        place = pieces[1].address
        if place is None or place.kind != "paper" or pieces[1].text or not is_title(before):
            return None
        found = Bracketed(before, 1, True)
    return found if words_of(pieces[found.at + 1 :]).strip(" ).,;:]") else None


def _capitals(text: str) -> str:
    """Return the words with capitals that a text ends with, and small ones between these."""
    words = text.split()
    start = len(words)
    for n in range(len(words) - 1, -1, -1):
        word = words[n].strip("\"'“”‘’(")
        if word[:1].isupper() and not words[n].endswith((".", ",")):
            start = n
        elif len(word) > _SMALL or not word.isalpha():
            break
    title = " ".join(words[start:])
    return title if len(words) - start >= _LEAST and start and is_title(title) else ""
