"""Three-way merges of texts by line, and of sentences by word. Pure.

Texts have line feeds as their line ends. Each merge is bounded: beyond the bounds a place that both
sides changed is one conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from merge3 import Merge3

from .marks import marked
from .three import Three

MOST_LINES = 4_000  # of a text that is compared line by line
MOST_WORDS = 2_000  # of a place that is compared word by word

Settle = Callable[[Sequence[str], Sequence[str], Sequence[str]], "str | None"]
"""From the lines of the base and of both sides to their merged text; None where they conflict."""


def split(text: str) -> list[str]:
    """Return a text's lines with their ends; the last one is ended too."""
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []


def merge(base: str, ours: str, theirs: str, settle: Settle | None = None) -> str:
    """Return the merged text, with conflict markers around the lines that both sides changed.

    `settle` is asked first about such lines.
    """
    if ours in (theirs, base):
        return theirs
    if theirs == base:
        return ours
    texts = Three(base, ours, theirs).map(split)
    if max(map(len, texts)) > MOST_LINES:
        return around(ours, theirs)
    parts: list[str] = []
    for group in Merge3(*texts).merge_groups():
        if group[0] == "conflict":
            _, before, mine, other = group
            settled = settle(before, mine, other) if settle else None
            parts.append(marked("".join(mine), "".join(other)) if settled is None else settled)
        else:
            parts.append("".join(group[1]))
    return "".join(parts)


def merge_words(base: str, ours: str, theirs: str) -> str | None:
    """Return the merged words of a text without line ends, one space between them; None where both
    sides changed the same words."""
    texts = Three(base, ours, theirs).map(lambda one: one.split(" "))
    if max(map(len, texts)) > MOST_WORDS:
        return None
    words: list[str] = []
    for group in Merge3(*texts).merge_groups():
        if group[0] == "conflict":
            return None
        words += group[1]
    return " ".join(words)


def around(ours: str, theirs: str) -> str:
    """Return two texts as one conflict: of all lines but those that both begin or end with."""
    mine, other = split(ours), split(theirs)
    start = 0
    while start < min(len(mine), len(other)) and mine[start] == other[start]:
        start += 1
    end = 0
    most = min(len(mine), len(other)) - start
    while end < most and mine[-1 - end] == other[-1 - end]:
        end += 1
    return "".join(
        (
            *mine[:start],
            marked(
                "".join(mine[start : len(mine) - end]), "".join(other[start : len(other) - end])
            ),
            *mine[len(mine) - end :],
        )
    )
