"""The texts of a notebook (Jupyter's), which is a list as far as its Markdown is one."""

from __future__ import annotations

from typing import Any

from ..untrusted.jsons import mapping


def markdown_of(value: Any) -> str | None:
    """Return the Markdown of a notebook's cells, one below the other; None for another value."""
    notebook = mapping(value)
    cells = notebook.get("cells")
    if "nbformat" not in notebook or not isinstance(cells, list):
        return None
    sources = [
        cell.get("source") for cell in map(mapping, cells) if cell.get("cell_type") == "markdown"
    ]
    texts = (
        "".join(map(str, source)) if isinstance(source, list) else str(source or "")
        for source in sources
    )
    return "\n\n".join(texts)
