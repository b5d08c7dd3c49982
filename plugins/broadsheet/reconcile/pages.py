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
from .three import Three, complete
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


def order(parts: Three[PageParts], keep: Mapping[str, object]) -> list[str]:
    """Return the ids of a merged page's papers in their order."""
    return weave(*parts.map(lambda one: list(one.sections)), keep.keys())


def merge(base: str, ours: str, theirs: str, tell: papers.Tell) -> str:
    """Return the merged page, with conflict markers around what a person must decide; "" where
    nothing is left of it. A side's text is "" where it has no such page."""
    parts = complete(Three(base, ours, theirs).map(take_apart))
    if parts is None:
        return lines.merge(base, ours, theirs)
    merged: dict[str, str] = {}
    for key in {**parts.ours.sections, **parts.theirs.sections}:
        sections = [one.sections.get(key, "") for one in parts]
        if section := papers.merge(key, sections[0], sections[1], sections[2], tell):
            merged[key] = section
    head = merge_head(parts, empty=not merged)
    if not head and not merged:
        return ""
    return put_together(head, (merged[key] for key in order(parts, merged)))


def merge_head(parts: Three[PageParts], *, empty: bool) -> str:
    """Return the merged text before the first paper; "" for a page of which nothing is left, being
    `empty` of papers and removed by a side."""
    before, mine, other = parts.map(lambda one: f"{one.head.rstrip()}\n" if one.head else "")
    if mine and other:
        return lines.merge(before, mine, other)
    return "" if empty and before in (mine, other) else mine or other
