"""The papers that a text names in passing: by links, or with their addresses in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bracketed import bracketed
from .list_lines import Piece
from .list_papers import read
from .list_titles import is_named, title_of
from .paper_addresses import PaperAddresses
from .paper_drafts import PaperDraft

_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,300}?)[,.]?[\"”»]\W*\Z")
_LONGEST = 400


def cited(pieces: list[Piece], line: int) -> Iterator[PaperDraft]:
    """Yield the papers that a text links: with the links' words as titles where these are some, of
    others the ids alone."""
    titles = {one.at: title_of(one.title) for one in bracketed(pieces)}
    for at, piece in enumerate(pieces[1:], 1):
        bare = piece.address and not piece.text.strip()
        if bare and (quoted := _QUOTED.search(pieces[at - 1].text[-_LONGEST:])):
            titles.setdefault(at, title_of(quoted[1]))
    for at, piece in enumerate(pieces):
        if piece.address and piece.address.kind == "paper":
            draft = PaperDraft(line, addresses=PaperAddresses([piece.address]))
            if at in titles:
                draft.title = titles[at]
            elif is_named(piece.text):
                draft.title = read([piece], line).title
            if draft.title or piece.address.arxiv or piece.address.doi:
                yield draft
