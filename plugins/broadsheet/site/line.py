"""The line that a finished build ends with."""

from __future__ import annotations

from ..counts import counted


def built_line(papers: int, changed: tuple[int, int, int], seconds: float) -> str:
    """Return a build in one line: how many papers, the counts of files that were written, stayed
    and were removed, and how long it took."""
    written, unchanged, removed = changed
    return (
        f"{counted(papers, 'paper')}, {counted(written + unchanged, 'file')}: {written} written, "
        f"{unchanged} unchanged, {removed} removed, {seconds:.1f} s"
    )
