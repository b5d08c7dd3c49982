"""Thirty papers of our own writing (shelf.tsv), with a trait each that searching must cope with,
and their index."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

from broadsheet.search import Document
from broadsheet.search.index.archive_index import ArchiveIndex
from broadsheet.search.index.cards import card_of
from broadsheet.search.index.inverted_index import InvertedIndex
from broadsheet.search.index.statistics import packed_statistics
from broadsheet.search.query.answer import Answer, Order, search

ROWS = Path(__file__).with_name("shelf.tsv")
VOTES = {"weave": 9, "diffuse": 2, "models": 5}
IDENTIFIERS = {
    "2311.00417": ("arxiv:2311.00417", "doi:10.1000/ropes"),
    "kites": ("openreview:KiteS1aB",),
}


@cache
def documents() -> tuple[Document, ...]:
    """The papers, oldest first."""
    made = []
    for row in ROWS.read_text("utf-8").splitlines()[1:]:
        day, name, title, abstract, authors = row.split("\t")
        made.append(
            Document(
                id=name, url=f"papers/{name}/", date=day, title=title, abstract=abstract,
                authors=tuple(authors.split("; ")), topic="crafts", topic_name="Crafts",
                identifiers=IDENTIFIERS.get(name, ()), votes=VOTES.get(name, 0),
            )
        )  # fmt: skip
    return tuple(made)


def index_of(papers: tuple[Document, ...]) -> ArchiveIndex:
    """An index of papers, a month each, as an archive's."""
    groups = [list(group) for _, group in groupby(papers, key=lambda one: one.date[:7])]
    months = []
    for group in groups:
        days = [
            (date.fromisoformat(day), len(list(of_day)))
            for day, of_day in groupby(group, key=lambda one: one.date)
        ]
        texts = [(one.title, one.abstract) for one in group]
        months.append(InvertedIndex(packed_statistics(group), days, texts.__getitem__))
    return ArchiveIndex(months, lambda month, number: card_of(groups[month][number]))


@cache
def index() -> ArchiveIndex:
    """The index of the papers."""
    return index_of(documents())


def names(numbers: tuple[int, ...]) -> list[str]:
    """The ids of papers by their numbers."""
    return [documents()[number].id for number in numbers]


def asked(
    text: str, order: Order = "best", *, verbatim: bool = False, years: bool = True
) -> Answer:
    """The answer of the index."""
    return search(index(), text, order=order, verbatim=verbatim, years=years)


def found(text: str, order: Order = "best") -> list[str]:
    """The ids of the papers that have all words, in order."""
    return names(asked(text, order).hits)
