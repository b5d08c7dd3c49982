"""Authors' names as readers type them: whole in either order, with initials, or with the first name
in short ("Lovelace, Ada", "Lovelace A.", "Alex Rush" for Alexander M. Rush).

`theme/static/js/search-names.js` finds the same papers in the browser, but for names in short that
very many authors' names begin with, whose parts of the index it doesn't load.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..index.facets import author_key
from .closeness import folded
from .searchable import Searchable

SHORTEST = 3
"""The least letters of a first name in short."""
MOST = 6
"""The most words of a name in short."""
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\Z")


def are_initials(part: str) -> bool:
    """Return whether a word is a letter, or letters with dots between them ("h.t")."""
    return _INITIALS.match(part) is not None


def has_letter_apart(text: str) -> bool:
    """Return whether one of a text's words is a letter."""
    return any(len(word) == 1 for word in folded(text).split())


def named(text: str, index: Searchable) -> int:
    """Return the papers of an author, by the full name, in either order ("Lovelace, Ada")."""
    return index.facet(f"author:{author_key(text)}") | index.facet(f"author:{_turned(text)}")


def named_in_short(text: str, index: Searchable) -> int:
    """Return the papers of the authors whose names begin with the first word of a text, or its
    first initial, and have its other words, whole or by their initials."""
    words = folded(_turned(text).replace(".", " ")).split()
    initials = [word for word in words if len(word) == 1]
    first, *others = [*initials, *(word for word in words if len(word) > 1)] or [""]
    if not 0 < len(others) < MOST or (len(first) < SHORTEST and not initials):
        return 0
    papers = 0
    for key in index.facet_keys(f"author:{first}"):
        if _has_all(folded(key.partition(":")[2]).split()[1:], others):
            papers |= index.facet(key)
    return papers


def _turned(text: str) -> str:
    """Return a name whose surname comes first, with a comma, in the usual order."""
    last, _, first = text.partition(",")
    return author_key(f"{first} {last}")


def _has_all(names: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether each word is one of some names, and each letter begins one."""
    return all(
        any(name == word or (len(word) == 1 and name.startswith(word)) for name in names)
        for word in words
    )
