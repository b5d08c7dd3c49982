"""Briefs: a month's papers in one line each, cached for the lists that span months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..locale import Words
from ..text.names import authors_short
from .archive import Archive
from .codes import codes
from .model import Month


class Brief(NamedTuple):
    """A paper in a line. `title` is Markdown; `iso` is its day; `notes` counts curators' notes;
    `codes` tell its topic, tags, categories and authors; a `pinned` one leads its day."""

    id: str
    title: str
    iso: str
    topic: str
    tags: tuple[str, ...]
    authors: str
    upvotes: int | None
    notes: int
    codes: str
    pinned: bool = False


class Briefs:
    """The briefs of an archive's months. `code` is the fingerprint of what makes them, `words` are
    the interface's."""

    def __init__(self, archive: Archive, store: Store, code: str, words: Words) -> None:
        self._archive = archive
        self._store = store
        self._code = fingerprint(code, words.fingerprint())
        self._words = words
        self.month = lru_cache(maxsize=6)(self._read)
        """Returns a month's papers in brief, in the order of its days and pages."""

    def _read(self, key: str) -> tuple[Brief, ...]:
        summary = self._archive.months[key]
        stamp = fingerprint(summary.fingerprint, self._code)
        briefs = self._store.read(f"{key}.briefs", stamp, tuple[Brief, ...])
        if briefs is not None and tuple(brief.id for brief in briefs) == summary.ids:
            return briefs
        briefs = briefs_of(self._archive.month(key), self._words)
        self._store.write(f"{key}.briefs", stamp, briefs)
        return briefs

    def since(self, first: date) -> Sequence[Brief]:
        """Return the papers of a day and of all days after it, oldest first."""
        keys = [key for key in self._archive.keys if key >= f"{first:%Y-%m}"]
        iso = first.isoformat()
        return [brief for key in keys for brief in self.month(key) if brief.iso >= iso]


def briefs_of(month: Month, words: Words) -> tuple[Brief, ...]:
    """Return a month's papers in brief."""
    return tuple(
        Brief(
            placed.paper.id,
            placed.paper.title,
            day.date.isoformat(),
            placed.topic,
            placed.paper.tags,
            authors_short(placed.paper.authors, placed.paper.author_count, words),
            placed.paper.upvotes,
            len(placed.paper.notes),
            codes(placed.paper, placed.topic, listed=True),
            placed.paper.pinned,
        )
        for day in month.days
        for placed in day.papers
    )
