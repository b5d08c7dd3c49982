"""Tables whose columns stand below each other by spaces, as they are copied and typed: rows of a
table in Markdown."""

from __future__ import annotations

import re

from .list_columns import column

_GAP = re.compile(r" {2,}|\t+")
_MOST_CELLS = 20
_LEAST_ROWS = 2


def table(text: str) -> str | None:
    """Return a text with the table that it has in Markdown; None where no line names columns, a
    title's and another, that the lines below have."""
    rows = text.split("\n")
    for n, row in enumerate(rows):
        names = _cells(row)
        kinds = [column(name) for name in names]
        named = sum(map(bool, kinds)) >= _LEAST_ROWS or ("title" in kinds and "\t" in row.strip())
        if not {"title", "paper"} & {*kinds} or not named:
            continue
        end = n + 1
        while end < len(rows) and len(_cells(rows[end])) == len(names):
            end += 1
        if end - n <= _LEAST_ROWS:
            continue
        made = [f"| {' | '.join(_cells(one))} |" for one in rows[n:end]]
        made[0] += "\n|" + " --- |" * len(names)
        above = rows[: n - 1] if n and not rows[n - 1].strip() else rows[:n]
        return "\n".join([*above, *made, *rows[end:]])
    return None


def _cells(row: str) -> list[str]:
    cells = _GAP.split(row.strip()) if "  " in row or "\t" in row else []
    return [cell.replace("|", "\\|") for cell in cells] if len(cells) <= _MOST_CELLS else []
