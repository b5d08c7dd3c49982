"""How close a paper's texts are to a query: its title, a phrase, an author's name.

Texts are compared by their folded words: without accents, case and punctuation, across hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from .folding import fold, parts

_POWER = re.compile(r"(?<=[^\W_])\^(?=[0-9])")


@lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    return " ".join(fold(part)[0] for part in parts(word))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return the folded words of a text, a space before and after each; "" where it has none."""
    kept = [word for word in map(_folded, _POWER.sub("", text).split()) if word]
    return f" {' '.join(kept)} " if kept else ""


def holds_all(texts: Sequence[str], phrases: Iterable[str]) -> bool:
    """Return whether each phrase stands in one of some texts, word by word."""
    return all(any(folded(phrase) in folded(text) for text in texts) for phrase in phrases)


def closeness(query: str, title: str, authors: Iterable[str]) -> int:
    """Return how close a query is to a paper: 0 its title is the query, 1 the title begins with it
    or the query is its part before or after a colon, 2 the query stands in the title or is an
    author's name (in either order), 3 else."""
    asked = folded(query)
    if not asked:
        return 3
    whole = folded(title)
    if whole == asked:
        return 0
    before, _, after = title.partition(":")
    if whole.startswith(asked) or asked in (folded(before), folded(after)):
        return 1
    if asked in whole:
        return 2
    names = sorted(asked.split())
    if any(sorted(folded(author).split()) == names for author in authors):
        return 2
    return 3


def is_near(query: str, compounds: Iterable[str], texts: Iterable[str]) -> bool:
    """Return whether a query's words stand together in one of some texts, or each of its compounds
    (hyphenated words; at least one) does."""
    held = [folded(text) for text in texts]
    asked = folded(query)
    if any(asked in text for text in held):
        return True
    wanted = [folded(compound) for compound in compounds]
    return bool(wanted) and all(any(one in text for text in held) for one in wanted)
