"""The table of a list that is being read: which row names its columns, and the papers of others."""

from __future__ import annotations

from collections.abc import Iterator

from .list_columns import column, paper_of
from .list_lines import Line, words_of
from .paper_drafts import PaperDraft

Row = tuple[Line, PaperDraft | None]
"""A row, and the paper that it names if it names one."""


class ListTable:
    """Rows to papers; the first row waits for what stands below it, as it may name the columns."""

    def __init__(self) -> None:
        self._header: list[str] | None = None  # what the columns hold
        self._columns: list[str] = []  # what they are called
        self._first: Line | None = None  # a row that may name them

    def row(self, line: Line) -> Iterator[Row]:
        """Yield the rows that a further one settles."""
        if self._header is None and self._first is None:
            self._first = line
            self._columns = [words_of(cell) for cell in line.cells]
            self._header = [column(name) for name in self._columns]
            return
        if self._first is not None:
            if not any(self._header or []) or self._first.addresses:
                yield self._first, self._paper(self._first)
                self._header = []
            self._first = None
        yield line, self._paper(line)

    def other(self, line: Line | None) -> Iterator[Row]:
        """Yield the row that another line than a row, or the list's end, settles."""
        first, self._first = self._first, None
        ruled = line is not None and line.kind == "rule" and line.level
        if first is not None and not ruled and (not any(self._header or []) or first.addresses):
            yield first, self._paper(first)
        if line is not None and line.kind != "rule":
            self._header = None

    def _paper(self, line: Line) -> PaperDraft | None:
        header = self._header or []
        draft = paper_of(line, header, self._columns)
        titled = "title" in header and len(header) == len(line.cells)
        named = draft.paper or (draft.title and (draft.addresses or titled))
        return draft if named else None
