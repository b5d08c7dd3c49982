"""What a line of a list is to a paper, by its form: its title alone, a labelled part, its links."""

from __future__ import annotations

import re

from ..fields.labelled import labelled
from .bracketed import begun
from .list_lines import Line, Piece, is_label, words_of
from .list_names import are_names
from .list_papers import is_reference, lines_of, read
from .list_titles import is_named, is_title
from .paper_drafts import PaperDraft, is_prose

_LEAST_LINKED = 3  # words of a link that is a title wherever it stands
_CODE = re.compile(r"[{}<>=;|\\@~^]|\(\)")  # signs that titles without maths don't have


def is_bare_title(line: Line) -> bool:
    """Return whether a line without an address is a title by its form: of several words, and no
    sentence or code."""
    words = line.words
    if line.kind not in ("item", "text") or not is_title(words) or words.endswith((".", ":", ",")):
        return False
    if _CODE.search(words) and "$" not in words:
        return False
    least = 2 if line.kind == "item" else 4
    return len(words.split()) >= least and not words[0].islower()


def is_labelled(line: Line) -> bool:
    """Return whether a line is a labelled part of a paper: "Authors: ...", "Link: https://..."."""
    if labelled(line.words).parts:
        return True
    first = line.pieces[0] if line.pieces else None
    return (
        first is not None
        and first.address is None
        and bool(line.addresses)
        and first.text.strip(" *_").endswith((":", "："))
        and is_label(first.text)
    )


def only_links(line: Line) -> bool:
    """Return whether a line is links with labels alone: "[PDF](...) [Code](...)"."""
    named = [piece for piece in line.pieces if piece.address]
    told = all(piece.text.strip() and piece.label for piece in named)
    return bool(named) and told and is_label(line.words)


def is_part(line: Line) -> bool:
    """Return whether a line can only be a part of a paper."""
    return only_links(line) or is_labelled(line)


def agree(draft: PaperDraft, line: Line) -> bool:
    """Return whether a paper and a line name no two arXiv ids."""
    return draft.addresses.agree(line.addresses)


def names_same(draft: PaperDraft, line: Line) -> bool:
    """Return whether a line's addresses are of the paper that is being read."""
    return draft.addresses.name_one_of(line.addresses)


def pieces_of_first_line(line: Line) -> list[Piece]:
    """Return the pieces of the first of the lines that were joined."""
    end = next((n for n, piece in enumerate(line.pieces) if piece.text == "\n"), len(line.pieces))
    return line.pieces[:end]


def first_line(line: Line) -> str:
    """Return the words of the first of the lines that were joined."""
    return words_of(pieces_of_first_line(line))


def names_its_paper(line: Line) -> bool:
    """Return whether the link of a labelled line has its paper's title as words, as "Read more:
    [Kites of the North](...)" does."""
    return any(
        piece.address and piece.address.kind == "paper" and not piece.label and is_named(piece.text)
        for piece in line.pieces
    )


def is_paper(line: Line) -> bool:
    """Return whether a line has a paper's address."""
    return any(address.kind == "paper" for address in line.addresses)


def names_paper(line: Line) -> bool:
    """Return whether a line of text with a paper's address is about that paper: of few words, a
    reference, or with its title and the address in parentheses first."""
    if not is_paper(line):
        return False
    if not is_prose(line.words) or is_reference(line.words) or begun(line.pieces) is not None:
        return True
    ends = not line.pieces[-1].text.strip(" )].") or not line.pieces[0].text.strip()
    if ends and len(line.pieces) > 1 and is_named(line.words):
        return True
    first = line.pieces[0]
    begins = first.address is not None and is_title(first.text) and not first.label
    return links_title([first]) or (begins and len(first.text.split()) > _LEAST_LINKED)


def links_title(pieces: list[Piece]) -> bool:
    """Return whether a paper is linked by its title: several words with capitals, not names."""
    return any(
        one.address
        and one.address.kind == "paper"
        and len(one.text.split()) >= _LEAST_LINKED
        and is_named(one.text)
        and not are_names(one.text)
        for one in pieces
    )


def is_of(draft: PaperDraft, line: Line) -> bool:
    """Return whether a line below a paper's item tells of that paper, not of another."""
    if draft.paper is None and line.kind == "text" and links_title(line.pieces):
        return False
    return not is_paper(line) or not draft.paper or names_same(draft, line)


def tells(line: Line) -> bool:
    """Return whether an item under a heading that is a paper tells of that paper."""
    return bool(line.addresses) or ":" in line.words[:30] or is_prose(line.words)


def named_by(above: Line, draft: PaperDraft) -> PaperDraft:
    """Give a draft the title that words above it are, and what else they say."""
    first = pieces_of_first_line(above)
    title = read(first, above.number, alone=True)
    draft.title, draft.line, draft.authors = title.title, above.number, title.authors
    draft.plain = title.plain and above.kind == "text"
    draft.unread = title.unread + draft.unread
    draft.fields = title.fields | draft.fields
    draft.addresses = draft.addresses.after(title.addresses)
    for rest in lines_of(above.pieces[len(first) :]):
        draft.say(rest, below=True)
    return draft


def is_linked(line: Line) -> bool:
    """Return whether a line has a title's shape and an address of which nothing is known."""
    return is_title(line.words) and any(one.kind == "other" for one in line.addresses)


def has_byline(line: Line) -> bool:
    """Return whether of the lines that were joined the second is names."""
    said = lines_of(line.pieces)
    return len(said) > 1 and are_names(said[1])
