"""Three-way merges of abstracts, by sentence and then by word. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..text import sentence_lines
from . import lines
from .three import Three


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
    joined = Three(base, ours, theirs).map(sentence_lines.join)
    if joined.ours == joined.theirs:
        return min(ours, theirs)
    if joined.base == joined.ours:
        return theirs
    if joined.base == joined.theirs:
        return ours
    texts = joined.map(sentence_lines.split)
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
    groups = Three(base, ours, theirs)
    if not all(groups) or any(_is_more_than_words(one) for one in groups):
        return None
    merged = lines.merge_words(*groups.map(_in_one_line))
    return None if merged is None else sentence_lines.split(merged) + "\n"


def _in_one_line(some: Sequence[str]) -> str:
    return sentence_lines.join("".join(some)).strip("\n").replace("\n", " ")


def _is_more_than_words(some: Sequence[str]) -> bool:
    text = "".join(some)
    return "\n\n" in f"\n{text}" or "  " in text or not sentence_lines.is_flowing(text.rstrip("\n"))
