"""One line of characters that are seen: what servers and models say, before it is shown anywhere.
Pure."""

from __future__ import annotations

import unicodedata

_SILENT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # Cf, but parts of words and emoji


def visible(text: str) -> str:
    """Return a text in one line, without what is not seen or turns the direction of what is."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    kept = (c for c in line if unicodedata.category(c) not in _SILENT or c in _JOINERS)
    return " ".join("".join(kept).split())
