"""Cards: what a search result shows of a paper, a few papers a file, so that a reader fetches the
papers in view.

Cards are grouped in units: a closed month, or a day of the open month, so that a new day adds files
and changes none. docs/search-index.md describes the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from ... import urls
from ...errors import shown
from ...json_text import compact
from .compression import compressed
from .documents import Document

PER_FILE = 2
_PAGE = re.compile(urls.paper(urls.SLUG))
AUTHORS_SHOWN = 12


class ResultCard(msgspec.Struct, frozen=True, array_like=True):
    """What a result shows of a paper; `authors` are the first `AUTHORS_SHOWN` of `author_count`.
    `identifiers` are those that a citation names: "arxiv:ID", "doi:ID"."""

    url: str
    title: str
    topic: str
    authors: tuple[str, ...]
    author_count: int
    abstract: str
    tags: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


_Values = tuple[str, str, str, tuple[str, ...], int, str, tuple[str, ...], tuple[str, ...]]


def cards_of(data: bytes) -> list[ResultCard]:
    """Return the cards of a file, decompressed. Raises msgspec.MsgspecError for other bytes, and
    ValueError for a card that leads to anything but a paper's page."""
    cards = [ResultCard(*value) for value in msgspec.json.decode(data, type=list[_Values])]
    for card in cards:
        if not _PAGE.fullmatch(card.url):
            raise ValueError(f"a card leads to {shown(card.url)}")
    return cards


def card_of(document: Document) -> ResultCard:
    """Return a paper's card. The paper's number gives its day."""
    return ResultCard(
        document.url,
        document.title,
        document.topic,
        document.authors[:AUTHORS_SHOWN],
        len(document.authors),
        document.abstract,
        document.tags,
        tuple(one for one in document.identifiers if one.startswith(("arxiv:", "doi:"))),
    )


def card_files(documents: Sequence[Document]) -> list[bytes]:
    """Return the contents of a unit's files, in the order of its papers, before compression."""
    cards = list(map(card_of, documents))
    return [compact(cards[start : start + PER_FILE]) for start in range(0, len(cards), PER_FILE)]


def named_files(name: str, contents: Sequence[bytes]) -> dict[str, bytes]:
    """Return a unit's files by their paths below search/; `name` holds a hash of their contents."""
    return {
        f"cards/{name}/{number}.bin": compressed(content) for number, content in enumerate(contents)
    }
