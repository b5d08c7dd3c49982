"""The parsed content page: the papers of one topic on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ...papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A paper's section of a page: its first and last line (from 1, both included).

    `block` are the first and last line within its YAML block; None without a block. An empty block
    has its last line before its first.
    """

    paper: Paper
    line: int
    last_line: int
    block: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A content page.

    `intro` is the Markdown before the first paper; `extra` holds unknown front matter keys.
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
