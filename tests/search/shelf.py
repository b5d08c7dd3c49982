"""Thirty papers of our own writing, with a trait each that searching must cope with, and their
index."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import groupby

from broadsheet.search import Document
from broadsheet.search.answer import Answer, Order, search
from broadsheet.search.archive_index import ArchiveIndex
from broadsheet.search.cards import card_of
from broadsheet.search.inverted_index import InvertedIndex
from broadsheet.search.statistics import packed_statistics

# Day, id, title, abstract, authors; oldest first.
_ROWS = """
2023-11-02|kites|Kites that tie themselves|A kite learns knots from a string of rewards.|Ada Lovelace; Wei Lin
2023-11-02|2311.00417|Ropes, revisited|We coil ropes with a robot arm. Diffusion of heat is left aside.|Bo An
2023-11-09|models|A walk of models|Many models of paper, wood and felt were built in 2024 style.|Grace Hopper
2023-11-09|an-inn|An inn by the sea|Guests sleep and the tide keeps the books.|Inès Moreau
2024-02-05|diffuse|Diffusion models for basket weaving|Diffusion models weave baskets strand by strand.|Wei Lin; Ada Lovelace
2024-02-05|weave|Weaving without looms|Models of looms are no longer needed where diffusion is slow.|Petra Novák
2024-02-05|image|Painting from prose|A text-to-image model paints a harbour from a page.|Zoë Ångström
2024-02-05|apart|Captions for the blind|A text is made of each image, and an image of no text.|Li Wei
2024-02-12|context|In-context learning of card games|The rules are learned in context, from played hands.|Alan Turing
2024-02-12|learn|Learning to shuffle|Cards are learned by rote; in no context are they marked.|Inès Moreau
2024-02-12|need|Baskets are all you need|Three baskets suffice for one harvest.|Jürgen Müller
2024-02-12|needs|What a harvest needs|Baskets, and all hands.|Wei Lin
2024-03-01|pi|Counting crumbs with π³|A cube of crumbs weighs as much as its baker.|Łukasz Mądry
2024-03-01|tau|τ-bench for bakers|A bench on which dough and patience are tried.|Élodie Brontë
2024-03-01|bridge|Schrödinger bridges over small brooks|The bridge is open and closed.|Matthias Nießner
2024-03-01|rule|L’Hôpital’s rule in the kitchen|Two vanishing soups have a limit.|Gérard Duval
2024-03-08|cpp|Knitting patterns in C++|Patterns compile to stitches.|Bjarne Olsen
2024-03-08|csharp|A C# songbook|Songs are types; C++ is not sung here.|Anders Berg
2024-03-08|vitamin|Vitamin C and the long voyage|Citrus keeps sailors whole.|Anders Berg
2024-03-08|sam2|SAM 2: sorting apples by mail|Apples are sorted by post, twice.|Rosa Flores
2024-04-01|sam|Sam and the apples|Sam sorts 2 apples a day.|Rosa Flores
2024-04-01|gull3|Gull-3 technical notes|Gull-3 flies further than Gull-2 at the same wind.|Rosa Flores
2025-01-06|transform|A transformer in old houses|A transformer hums in the cellar. Transformers attend to lamps.|Ada Lovelace
2025-01-06|lamps|A transformer that listens|Voices become light in lamps.|Grace Hopper
2025-01-06|coder|Encoder/decoder pairs for whistles|Whistles are folded and unfolded.|Alan Turing
2025-01-06|year|The great flood of 2024|Barrels float where cellars were.|Petra Novák
2025-02-03|shadow|Shadows of birds: a field guide|Shadows tell the bird.|Wei Lin
2025-02-03|birds|Shadows of birds|A short note on dusk.|Mo Salt
2025-02-03|policy|Weather policy for picnics|A policy is learned from clouds.|Lin Wei; Dahua Wei
2025-02-03|dahua|Clouds, in short|Clouds in three lines.|Dahua Lin
"""
VOTES = {"weave": 9, "diffuse": 2, "models": 5}
IDENTIFIERS = {
    "2311.00417": ("arxiv:2311.00417", "doi:10.1000/ropes"),
    "kites": ("openreview:KiteS1aB",),
}


@cache
def documents() -> tuple[Document, ...]:
    """The papers, oldest first."""
    made = []
    for row in _ROWS.strip().splitlines():
        day, name, title, abstract, authors = row.split("|")
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
