"""Three-way merges of pages, and of files of waiting papers, by paper. Pure.

Texts have line feeds as their line ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ..content import pages
from ..errors import ContentError
from . import lines, papers
from .weave import weave


@dataclass(frozen=True, slots=True)
class PageParts:
    """A page's text before its first paper, and each paper's section by id, in the page's order,
    without the blank lines after it."""

    head: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)


def take_apart(text: str) -> PageParts | None:
    """Return a page's parts, none for ""; None for a page that can't be read."""
    if not text:
        return PageParts()
    try:
        found = pages.parse(text).sections
    except ContentError:
        return None
    rows = lines.split(text)
    starts = [section.line - 1 for section in found]
    return PageParts(
        "".join(rows[: starts[0]] if starts else rows),
        {
            section.paper.id: "".join(rows[start:end]).rstrip("\n \t") + "\n"
            for section, (start, end) in zip(found, pairwise([*starts, len(rows)]), strict=True)
        },
    )


def put_together(head: str, sections: Iterable[str]) -> str:
    """Return a page's text: its parts with one blank line between them."""
    parts = [part for part in (head.rstrip("\n"), *(one.rstrip("\n") for one in sections)) if part]
    return "\n\n".join(parts) + "\n"


def order(
    base: PageParts, ours: PageParts, theirs: PageParts, keep: Mapping[str, object]
) -> list[str]:
    """Return the ids of a merged page's papers in their order."""
    return weave(*(list(one.sections) for one in (base, ours, theirs)), keep.keys())


def merge(base: str, ours: str, theirs: str, tell: papers.Tell) -> str:
    """Return the merged page, with conflict markers around what a person must decide; "" where
    nothing is left of it. A side's text is "" where it has no such page."""
    parts = [take_apart(one) for one in (base, ours, theirs)]
    if any(one is None for one in parts):
        return lines.merge(base, ours, theirs)
    before, mine, other = (one for one in parts if one is not None)
    merged: dict[str, str] = {}
    for key in {**mine.sections, **other.sections}:
        section = papers.merge(
            key, *(one.sections.get(key, "") for one in (before, mine, other)), tell
        )
        if section:
            merged[key] = section
    head = merge_head(before, mine, other, empty=not merged)
    if not head and not merged:
        return ""
    return put_together(head, (merged[key] for key in order(before, mine, other, merged)))


def merge_head(base: PageParts, ours: PageParts, theirs: PageParts, *, empty: bool) -> str:
    """Return the merged text before the first paper; "" for a page of which nothing is left, being
    `empty` of papers and removed by a side."""
    heads = [f"{one.head.rstrip()}\n" if one.head else "" for one in (base, ours, theirs)]
    before, mine, other = heads
    if mine and other:
        return lines.merge(before, mine, other)
    return "" if empty and before in (mine, other) else mine or other
