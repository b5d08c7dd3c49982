"""Lines of a copied page that stand where a title would and are none: an organisation's name, a
button's words ("GitHub"), what a footer says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from ...errors import shown

_MOST_WORDS = 4  # of a line that is no title where all others have an abstract


class Titled(Protocol):
    """What is told of a paper on a copied page."""

    line: int
    title: str
    abstract: list[str]
    submitter: str | None
    upvotes: int | None
    author_count: int | None


_T = TypeVar("_T", bound=Titled)


def without_strays(drafts: Sequence[_T]) -> tuple[list[_T], list[str]]:
    """Return a page's papers without the stray lines among them, and a notice for each of these.

    A line is stray if it has none of what papers of the page have: on a page of pairs, an abstract
    (and its words are fewer than those of any title that has one); on one with votes or who
    submitted each, these. What two papers show is what the page has.
    """
    listed = sum(_is_listed(draft) for draft in drafts) > 1
    paired = [len(draft.title.split()) for draft in drafts if draft.abstract]
    fewest = min(_MOST_WORDS + 1, *paired) if len(paired) > 1 else 0
    kept: list[_T] = []
    notices: list[str] = []
    for draft in drafts:
        bare = not draft.abstract and not _is_listed(draft) and draft.author_count is None
        if bare and (len(draft.title.split()) < fewest or (listed and not paired)):
            notices.append(f"line {draft.line}: {shown(draft.title)} is no paper's title; left out")
        else:
            kept.append(draft)
    return kept, notices


def _is_listed(draft: Titled) -> bool:
    return draft.submitter is not None or draft.upvotes is not None
