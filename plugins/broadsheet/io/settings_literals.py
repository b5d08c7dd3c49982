"""A setting's literal, read from the text of a settings file without running it: for commands that
look at content of people's pull requests.
"""

from __future__ import annotations

import ast
from pathlib import Path

from .files import read_text

FILE = "pelicanconf.py"
_LONGEST = 1_000_000


def literals(path: Path) -> dict[str, object]:
    """Return the settings that a file assigns literals to at its top level, by name; none where
    there is no such file or it can't be parsed, which `check` reports."""
    try:
        text = read_text(path)
        body = ast.parse(text[:_LONGEST]).body
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError):
        return {}
    found: dict[str, object] = {}
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            found.pop(name, None)
            try:
                found[name] = ast.literal_eval(node.value)
            except (ValueError, TypeError, RecursionError, MemoryError):
                continue
    return found


def author_pages(path: Path, default: int) -> int:
    """Return BROADSHEET_AUTHOR_PAGES of a settings file, the least papers with which a name has a
    page, or `default` where it says none."""
    least = literals(path).get("BROADSHEET_AUTHOR_PAGES")
    return least if isinstance(least, int) and not isinstance(least, bool) else default
