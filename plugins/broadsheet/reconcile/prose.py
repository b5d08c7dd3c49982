"""Three-way merges of abstracts, by sentence and then by word. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..text import sentence_lines
from . import lines


def merge(base: str, ours: str, theirs: str) -> str:
    """Return the merged abstract, with conflict markers around sentences whose same words both
    sides changed.

    An abstract that both sides changed comes out with a sentence a line; line breaks alone are no
    change.
    """
    if ours in (theirs, base):
        return theirs
    if theirs == base:
        return ours
    joined = [sentence_lines.join(one) for one in (base, ours, theirs)]
    if joined[1] == joined[2]:
        return min(ours, theirs)
    if joined[0] == joined[1]:
        return theirs
    if joined[0] == joined[2]:
        return ours
    texts = [sentence_lines.split(one) for one in joined]
    return lines.merge(*texts, settle=_settle).removesuffix("\n")


def title(base: str, ours: str, theirs: str) -> str | None:
    """Return the merged title; None where both sides changed the same words."""
    if ours in (theirs, base):
        return theirs
    if theirs == base:
        return ours
    return lines.merge_words(base, ours, theirs)


def _settle(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> str | None:
    """Merge some sentences by word; None where that can't be done."""
    groups = (base, ours, theirs)
    if not all(groups) or any(_is_more_than_words(one) for one in groups):
        return None
    words = (sentence_lines.join("".join(one)).strip("\n").replace("\n", " ") for one in groups)
    merged = lines.merge_words(*words)
    return None if merged is None else sentence_lines.split(merged) + "\n"


def _is_more_than_words(some: Sequence[str]) -> bool:
    text = "".join(some)
    return "\n\n" in f"\n{text}" or "  " in text or not sentence_lines.is_flowing(text.rstrip("\n"))
