"""Retention: whether a new capture of a day is written beside those that exist.

Raw listings are never edited and never replaced: a capture with further papers becomes a file of
its own, any other is discarded. A day's papers are those of all its files, so a capture with fewer
papers removes none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from .answer import Contents, PaperMark


class Retention(Enum):
    """The reason why a capture is written (the first three) or not."""

    FIRST = "first"  # nothing of that day yet
    FULLER = "fuller"  # it has papers that the files there don't have
    FRESHER = "fresher"  # the same papers again, kept because that was asked for
    SAME = "same"  # byte for byte one of the files there
    NOTHING_NEW = "nothing new"  # all its papers are there already


@dataclass(frozen=True, slots=True)
class StoredListing:
    """A listing in the folder already, of the same day, source, category and kind of file."""

    name: str
    data: bytes
    contents: Contents


@dataclass(frozen=True, slots=True)
class Decision:
    """The reason, the file it rests on ("" for FIRST), and how many papers are new."""

    retention: Retention
    beside: str = ""
    new: int = 0


def retain(
    data: bytes, contents: Contents, held: Sequence[StoredListing], *, refresh: bool = False
) -> Decision:
    """Return whether to keep the capture `data`, holding `contents`, beside those `held` already.

    `refresh` keeps a capture of the same papers too, for its fresher votes, unless it holds
    fewer papers than the fullest.
    """
    if not held:
        return Decision(Retention.FIRST, new=len(contents.papers))
    for listing in held:
        if listing.data == data:
            return Decision(Retention.SAME, listing.name)
    fullest = max(held, key=lambda listing: len(listing.contents.papers))
    new = _unknown(contents.papers, [paper for one in held for paper in one.contents.papers])
    if new:
        return Decision(Retention.FULLER, fullest.name, new)
    whole = len(contents.papers) >= len(fullest.contents.papers) > 0
    if refresh and whole:
        return Decision(Retention.FRESHER, fullest.name)
    return Decision(Retention.NOTHING_NEW, fullest.name)


def _unknown(papers: Sequence[PaperMark], known: Sequence[PaperMark]) -> int:
    ids = {paper.arxiv for paper in known if paper.arxiv}
    titles = {paper.title for paper in known if paper.title}
    return sum(paper.arxiv not in ids and paper.title not in titles for paper in papers)
