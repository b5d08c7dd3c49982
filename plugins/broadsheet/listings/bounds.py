"""Bounds on the fields of a paper: longer values are shortened, with a notice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..errors import at_line, shown
from ..papers import Entry
from .columns import Loss

MAX_TITLE = 2_000
"""Longest title, in characters; arXiv's own limit is 300, and what is longer is cut to that."""
CUT_TITLE = 300
MAX_ABSTRACT = 50_000
"""Longest abstract and summary, in characters; arXiv's own limit is 1,920."""
MAX_NAME = 300
"""Longest name of an author, keyword or organisation, in characters."""
MAX_NAMES = 10_000
"""Most authors, categories or keywords; the largest collaborations have 6,000 authors."""


def bounded(entry: Entry, notices: list[str]) -> Entry:
    """Return the entry within all bounds. What is cut is added to `notices`, with line and
    title."""
    values: dict[str, Any] = {}
    if len(entry.title) > MAX_TITLE:
        values["title"] = cut(entry.title, CUT_TITLE)
    for name in ("abstract", "summary"):
        if len(text := getattr(entry, name) or "") > MAX_ABSTRACT:
            values[name] = cut(text, MAX_ABSTRACT)
    for name in ("organisation", "submitter", "venue"):
        if len(text := getattr(entry, name) or "") > MAX_NAME:
            values[name] = cut(text, MAX_NAME)
    for name in ("authors", "categories", "keywords"):
        names = getattr(entry, name)
        if len(names) > MAX_NAMES or any(len(item) > MAX_NAME for item in names):
            values[name] = tuple(cut(item, MAX_NAME) for item in names[:MAX_NAMES])
    for name in values:
        size = len(getattr(entry, name))
        unit = "characters" if isinstance(values[name], str) else "names"
        told = f"the {name} of {shown(entry.title)} has {size:,} {unit}; shortened"
        notices.append(Loss(at_line(entry.line, told)))
    return replace(entry, **values) if values else entry


def cut(text: str, limit: int) -> str:
    """Return the beginning of a text, up to a word's end where one is near, with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    word = head.rfind(" ", limit * 4 // 5)
    return (head[:word] if word > 0 else head).rstrip() + "…"
