"""The archive's papers as the search index takes them."""

from __future__ import annotations

from collections.abc import Sequence

from ... import urls
from ...archive.model import Day, PublishedPaper
from ...render.labels import Labels
from ...text.plain import plain
from ..analysis.identifiers import identifiers_of
from .documents import MOST_VOTES, Document
from .inverted_index import InvertedIndex
from .statistics import packed_statistics


def document(placed: PublishedPaper, labels: Labels) -> Document:
    """Return a paper as the search index knows it."""
    paper = placed.paper
    return Document(
        id=paper.id,
        url=urls.paper(paper.id),
        date=placed.date.isoformat(),
        title=plain(paper.title),
        abstract=plain(paper.abstract),
        authors=paper.authors,
        topic=placed.topic,
        topic_name=labels.topic(placed.topic).label,
        tags=paper.tags,
        tag_names=tuple(labels.tag(tag).label for tag in paper.tags),
        categories=paper.categories,
        identifiers=identifiers_of(paper),
        votes=min(max(0, paper.upvotes or 0), MOST_VOTES),
    )


def index_of(days: Sequence[Day], labels: Labels) -> InvertedIndex:
    """Return an index of the papers of some days (oldest first), made on the spot, for queries that
    ask about a few days only. Papers are numbered in their order."""
    papers = [placed for day in days for placed in day.papers]

    def texts(number: int) -> tuple[str, str]:
        paper = papers[number].paper
        return plain(paper.title), plain(paper.abstract)

    return InvertedIndex(
        packed_statistics([document(placed, labels) for placed in papers]),
        [(day.date, len(day.papers)) for day in days],
        texts,
    )
