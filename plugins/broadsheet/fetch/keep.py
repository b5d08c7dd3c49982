"""Whether a new capture of a day joins those that are there already.

Raw listings are never edited and never replaced: a capture that knows more becomes a file of its
own beside the others, one that doesn't is let go. What the day holds is what all its files hold
together, so a thinner capture takes nothing away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from .answer import Contents, Mark


class Verdict(Enum):
    """What becomes of a capture."""

    FIRST = "first"  # nothing of that day yet
    FULLER = "fuller"  # it has papers that the files there don't have
    FRESHER = "fresher"  # the same papers again, kept because that was asked for
    SAME = "same"  # byte for byte one of the files there
    NOTHING_NEW = "nothing new"  # all its papers are there already

    @property
    def keeps(self) -> bool:
        """Whether the capture is written."""
        return self in (Verdict.FIRST, Verdict.FULLER, Verdict.FRESHER)


@dataclass(frozen=True, slots=True)
class Held:
    """A listing in the folder already, of the same day, source, category and kind of file."""

    name: str
    data: bytes
    contents: Contents


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, the file it rests on ("" for FIRST), and how many papers are new."""

    verdict: Verdict
    beside: str = ""
    new: int = 0


def decide(
    data: bytes, contents: Contents, held: Sequence[Held], *, refresh: bool = False
) -> Decision:
    """Whether to keep the capture `data`, holding `contents`, beside those `held` already.

    `refresh` keeps a capture of the same papers too, for its fresher votes, unless it holds
    fewer papers than the fullest.
    """
    if not held:
        return Decision(Verdict.FIRST, new=len(contents.papers))
    for listing in held:
        if listing.data == data:
            return Decision(Verdict.SAME, listing.name)
    fullest = max(held, key=lambda listing: len(listing.contents.papers))
    new = _unknown(contents.papers, [paper for one in held for paper in one.contents.papers])
    if new:
        return Decision(Verdict.FULLER, fullest.name, new)
    whole = len(contents.papers) >= len(fullest.contents.papers) > 0
    if refresh and whole:
        return Decision(Verdict.FRESHER, fullest.name)
    return Decision(Verdict.NOTHING_NEW, fullest.name)


def _unknown(papers: Sequence[Mark], known: Sequence[Mark]) -> int:
    ids = {paper.arxiv for paper in known if paper.arxiv}
    titles = {paper.title for paper in known if paper.title}
    return sum(paper.arxiv not in ids and paper.title not in titles for paper in papers)
