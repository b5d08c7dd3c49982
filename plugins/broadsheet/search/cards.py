"""What a result shows of a paper, in small files: a reader loads those of the papers in view.

Cards go by unit: a closed month, or a day of the open month, so that a new day adds files and
changes none. docs/search-index.md describes the bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from .documents import Document
from .shards import compressed

PER_FILE = 2
AUTHORS_SHOWN = 12


def card(document: Document) -> list[object]:
    """A paper's card: url, title, topic, authors, how many, abstract.

    Of many authors the first ones are shown. The paper's number tells its day.
    """
    return [
        document.url,
        document.title,
        document.topic,
        list(document.authors[:AUTHORS_SHOWN]),
        len(document.authors),
        document.abstract,
    ]


def chunks(documents: Sequence[Document]) -> list[bytes]:
    """The cards of a unit's papers, in their order, a few a file, before compression."""
    cards = [card(document) for document in documents]
    return [
        json.dumps(
            cards[start : start + PER_FILE], ensure_ascii=False, separators=(",", ":")
        ).encode("utf-8", "replace")
        for start in range(0, len(cards), PER_FILE)
    ]


def files(name: str, pieces: Sequence[bytes]) -> dict[str, bytes]:
    """The unit's files below search/: `name` holds the hash of what is in them."""
    return {f"cards/{name}/{number}.bin": compressed(piece) for number, piece in enumerate(pieces)}
