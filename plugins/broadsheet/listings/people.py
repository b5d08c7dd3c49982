"""Authors' names: split from lists, TeX's accents as letters, the given name first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..tex.accents import letters
from .decoding import one_line

# An i that TeX has without its dot stands under an accent, which Unicode puts on a plain i.
_DOTLESS = re.compile(r"\{\\([ij])\}|\\([ij])(?![A-Za-z])\s?")
_MARKUP = str.maketrans({"{": None, "}": None, "$": None, "~": " "})


def plain_name(name: str) -> str:
    """Return a name without TeX: `Andr\\'e`, `Erd{\\H o}s` and `\\O{}rsted` with their letters."""
    if "\\" in name or "{" in name or "}" in name:
        name = letters(_DOTLESS.sub(r"{\1\2}", name)).translate(_MARKUP)
    return one_line(name)


def plain_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return each name without TeX; those that are empty are left out."""
    return tuple(name for name in map(plain_name, names) if name)


def split_authors(text: str) -> tuple[str, ...]:
    """Return names from a list with commas and "and", without affiliations in parentheses."""
    depth, kept = 0, []
    for part in re.split(r"([()])", text):
        if part == "(":
            depth += 1
        elif part == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(part)
    return plain_names(re.split(r",? and |[,;]", one_line(" ".join(kept)).replace(" ,", ",")))


def natural_order(name: str) -> str:
    """Return a name, given name first: "Doe, Jr., Jane" as "Jane Doe Jr."."""
    parts = [part for part in map(str.strip, name.split(",")) if part]
    if len(parts) == 3:
        return one_line(f"{parts[2]} {parts[0]} {parts[1]}")
    return one_line(" ".join(reversed(parts)) if len(parts) == 2 else name)
