"""A content page: the papers of one topic on one day, as people edit them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ...papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A paper's section of a page, and the lines (from 1, the last one included) it stands in.

    `block` are the lines inside its YAML block; None where it has none. Of an empty block the
    last line comes before the first.
    """

    paper: Paper
    line: int
    last_line: int
    block: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A content page.

    `intro` is Markdown before the first paper; `extra` holds front matter keys that Broadsheet
    doesn't know.
    """

    title: str
    date: date
    topic: str
    sections: tuple[Section, ...]
    intro: str = ""
    extra: tuple[tuple[str, Any], ...] = ()

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The page's papers, in its order."""
        return tuple(section.paper for section in self.sections)
