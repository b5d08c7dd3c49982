"""Topics in the papers' order, so that the page counts found papers by topic with one small file.

Papers go by day and, within a day, by topic: runs of one topic (run-length encoding: Golomb, 1966)
take a tenth of the bytes that the topics' postings take.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from .front_coding import front_coded
from .postings import Held, opened
from .varint import varint, varints

_KIND = "topic:"


def topic_runs(facets: Mapping[str, Held], papers: int) -> bytes:
    """Return the topics of so many papers, given their facets in order (docs/search-index.md)."""
    places = [0] * papers  # of each paper its topic's place from 1; 0 for none
    topics: list[str] = []
    for key, entry in facets.items():
        if key.startswith(_KIND):
            topics.append(key.removeprefix(_KIND))
            for paper in opened(entry).papers:
                places[paper] = len(topics)
    runs = [(place, sum(1 for _ in run)) for place, run in groupby(places)]
    names = "\n".join(front_coded(topics)).encode()
    return b"".join(
        (
            varint(len(names)), names, varint(len(runs)),
            varints(place for place, _ in runs), varints(length for _, length in runs),
        )
    )  # fmt: skip
