"""Tables in Markdown: what their columns are called, and a row as a paper."""

from __future__ import annotations

import re

from ..fields.field_names import field_of
from .list_lines import Line, Piece, words_of
from .list_papers import read
from .paper_drafts import PaperDraft

_COLUMNS = {
    "title": "title papertitle name",
    "paper": "paper papers work method",
    "authors": "authors author",
    "abstract": "abstract summary description tldr abstractsummary overview",
    "date": "date publishdate published publicationdate",
    "keywords": "keywords keyword tags tag",
    "categories": "categories category subjects",
    "links": "links link url pdf arxiv id doi code github project page resources website",
    "number": "no number nr n rank #",
}
_COLUMN_OF = {name: key for key, names in _COLUMNS.items() for name in names.split()}
_FIELDS = {"published": "date", "subjects": "categories", "url": "links", "arxiv": "links",
           "doi": "links", "code": "links", "project": "links", "media": "links"}  # fmt: skip
_KEPT = frozenset(("date", "keywords", "categories", "venue", "organisation", "upvotes",
                   "comments", "stars"))  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SILENT = frozenset(("title", "paper", "authors", "abstract", "links", "number"))


def column(words: str) -> str:
    """Return what a column with these words above it holds; "" where that is unknown."""
    plain = "".join(filter(str.isalnum, words.lower()))
    if plain in _COLUMN_OF or not plain:
        return _COLUMN_OF.get(plain, "")
    found = field_of(words)
    return _FIELDS.get(found[0], found[0]) if found else ""


def paper_of(line: Line, kinds: list[str], names: list[str]) -> PaperDraft:
    """Return the paper of a table's row, by the kinds of its columns where these are known; what
    the others hold is not read, and kept with the name of its column."""
    if len(kinds) != len(line.cells):
        kinds = [""] * len(line.cells)
    titles = [cell for cell, kind in zip(line.cells, kinds, strict=True) if kind == "title"]
    if titles:
        draft = read(titles[0], line.number)
        draft.title = draft.title or words_of(titles[0])
        draft.add(p for cell in line.cells if cell is not titles[0] for p in cell)
    else:
        said = zip(line.cells, kinds, strict=True)
        papers = "paper" in kinds
        texts = [
            cell
            for cell, kind in said
            if (kind in ("paper", "links") if papers else kind not in _KEPT and kind != "number")
        ]
        draft = read([p for cell in texts for p in (*cell, Piece("\n"))], line.number)
        read_ones = set(map(id, texts))
        draft.add(p for cell in line.cells if id(cell) not in read_ones for p in cell)
    for at, (cell, kind) in enumerate(zip(line.cells, kinds, strict=True)):
        words = words_of(cell)
        if not words:
            continue
        if kind == "authors":
            draft.authors = words
        elif kind == "abstract":
            draft.abstract = [words]
        elif kind in _KEPT and kind not in draft.fields:
            draft.fields[kind] = words
        elif not kind and _DAY.fullmatch(words):
            draft.fields.setdefault("date", words)
        elif (titles or "paper" in kinds) and kind not in _SILENT:
            draft.unread.append(f"{names[at]}: {words}" if names[at : at + 1] else words)
    return draft
