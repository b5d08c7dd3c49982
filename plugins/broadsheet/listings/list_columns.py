"""What the columns of a table in Markdown are called."""

from __future__ import annotations

_COLUMNS = {
    "title": "title papertitle name",
    "paper": "paper papers work method",
    "authors": "authors author",
    "abstract": "abstract summary description tldr abstractsummary overview",
    "date": "date publishdate published publicationdate",
    "keywords": "keywords keyword tags tag",
    "categories": "categories category subjects",
    "links": "links link url pdf arxiv id doi code github project page resources website",
}
_COLUMN_OF = {name: key for key, names in _COLUMNS.items() for name in names.split()}


def column(words: str) -> str:
    """Return what a column with these words above it holds; "" where that is unknown."""
    return _COLUMN_OF.get("".join(filter(str.isalnum, words.lower())), "")
