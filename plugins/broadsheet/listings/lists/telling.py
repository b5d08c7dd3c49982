"""What a line below a title tells of its paper: by its label, or else by what it is."""

from __future__ import annotations

from ..fields.labelled import labelled
from .list_lines import Line
from .paper_drafts import PaperDraft, is_prose
from .paper_lines import is_labelled

_KEPT = frozenset(("categories", "keywords", "comments", "published", "date", "abstract", "summary",
                   "upvotes", "venue", "organisation"))  # fmt: skip


def tell(draft: PaperDraft, line: Line, *, below: bool = False) -> None:
    """Add to a paper what a line says of it; `below` says that its title stands right above."""
    prose = is_prose(line.words)
    if draft.paper is None or not prose or is_labelled(line):
        draft.add(line.pieces)
    else:  # what a text cites is another paper
        draft.add(piece for piece in line.pieces if piece.address and piece.address.kind != "paper")
    said = labelled(line.prose if prose else line.words)
    for key, value in said.parts.items():
        if key == "authors" and not draft.authors:
            draft.authors = value
        elif key == "title" and not draft.title:
            draft.title = value
        elif key in _KEPT:
            draft.fields.setdefault(key, value)
        elif not line.addresses:
            draft.unread.append(f"{key}: {value}")
    for label, value in said.unread.items():
        if label.lower() == "journal" and "venue" not in draft.fields:
            draft.fields["venue"] = value
        else:
            draft.unread.append(f"{label}: {value}")
    if said.named:
        draft.abstract += filter(None, said.text.split("\n"))
    elif not said.parts and not said.unread:
        for text in said.text.split("\n"):
            draft.say(text, below=below)
