"""docs/performance.md: a page of measurements, each between marks of its own, which the benchmark
that made them replaces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

PATH = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def put(name: str, text: str, path: Path | None = None) -> None:
    """Put a text between the marks of a name, which are made at the page's end where it has none.

    All else on the page (docs/performance.md unless told otherwise) stays as it is.
    """
    path = path or PATH
    page = path.read_text("utf-8") if path.exists() else "# Performance\n"
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    block = f"{start}\n{text.strip()}\n{end}"
    if start in page and end in page:
        before, _, rest = page.partition(start)
        page = before + block + rest.partition(end)[2]
    else:
        page = f"{page.rstrip()}\n\n{block}\n"
    path.write_text(page, "utf-8")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table that reads well as plain text too: the first column of words, the others of
    numbers."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = [cells[0].ljust(widths[0])] + [
            cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)
        ]
        return f"| {' | '.join(padded)} |"

    rule = ["-" * widths[0]] + ["-" * (width - 1) + ":" for width in widths[1:]]
    return "\n".join(map(line, [head, rule, *rows]))
