"""A month's papers in brief, kept: what lists that span months show, without reading the months."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..text.names import authors_short
from .archive import Archive
from .model import Month


class Brief(NamedTuple):
    """A paper in a line. `title` is Markdown; `notes` counts curators' notes. A tuple, since a
    build reads those of a quarter."""

    id: str
    title: str
    iso: str
    topic: str
    tags: tuple[str, ...]
    authors: str
    upvotes: int | None
    notes: int


class Briefs:
    """The briefs of an archive's months."""

    def __init__(self, archive: Archive, kept: Store, code: str) -> None:
        self._archive = archive
        self._kept = kept
        self._code = code
        self.month = lru_cache(maxsize=6)(self._read)
        """A month's papers in brief, in the order of its days and pages."""

    def _read(self, key: str) -> tuple[Brief, ...]:
        stamp = fingerprint(self._archive.months[key].digest, self._code)
        kept = self._kept.get(f"{key}.briefs", stamp)
        if kept is None:
            found = brief(self._archive.month(key))
            rows = [[one.id, one.title, one.iso, one.topic, one.tags, one.authors, one.upvotes,
                     one.notes] for one in found]  # fmt: skip
            made = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
            self._kept.put(f"{key}.briefs", stamp, made.encode("utf-8", "surrogatepass"))
            return found
        rows = json.loads(kept.decode("utf-8", "surrogatepass"))
        return tuple(
            Brief(key, title, iso, topic, tuple(tags), authors, upvotes, notes)
            for key, title, iso, topic, tags, authors, upvotes, notes in rows
        )

    def since(self, first: date) -> Sequence[Brief]:
        """The papers of a day and all after it, oldest first."""
        keys = [key for key in self._archive.keys if key >= f"{first:%Y-%m}"]
        return [one for key in keys for one in self.month(key) if one.iso >= first.isoformat()]


def brief(month: Month) -> tuple[Brief, ...]:
    """A month's papers in brief."""
    return tuple(
        Brief(
            one.paper.id,
            one.paper.title,
            day.date.isoformat(),
            one.topic,
            one.paper.tags,
            authors_short(one.paper.authors, one.paper.author_count),
            one.paper.upvotes,
            len(one.paper.notes),
        )
        for day in month.days
        for one in day.papers
    )
