"""A quick look at a page: its papers' titles and ids, without reading the rest.

Finding one paper among a hundred thousand must not parse them all. What is found is what `parse`
would find in pages as the importer writes them; whoever acts on it parses the page first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .identity import paper_id

_ID = re.compile(r"^id:[ \t]*[\"']?([\w.-]+)", re.M)
_ARXIV = re.compile(r"^arxiv:[ \t]*[\"']?([\w./-]+)", re.M)


class Seen(NamedTuple):
    """A paper as a quick look sees it, and the line (from 1) of its heading."""

    id: str
    title: str
    arxiv: str | None
    line: int


def scan(text: str) -> Iterator[Seen]:
    """The papers of a page's text, in its order."""
    pieces = text.replace("\r\n", "\n").split("\n## ")
    line = pieces[0].count("\n") + 2
    for piece in pieces[1:]:
        title, _, rest = piece.partition("\n")
        opening = rest.find("```", 0, 200)
        block = rest[opening : rest.find("\n```", opening)] if opening >= 0 else ""
        key = _ID.search(block)
        number = _ARXIV.search(block)
        arxiv = number[1] if number else None
        title = " ".join(title.split())
        yield Seen(key[1] if key else paper_id(title, arxiv), title, arxiv, line)
        line += piece.count("\n") + 1
