"""How close a paper's texts are to a query: its title, a phrase, an author's name.

Texts are compared by their folded words: without accents, case and punctuation, across hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from ..analysis.folding import fold, parts

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
    author's name (in either order), 3 else. Words may be run together: "SAM2" is "SAM 2"."""
    asked = _run_together(query)
    if not asked:
        return 3
    words = folded(title).split()
    before, _, after = title.partition(":")
    place = _place("".join(words), asked, words)
    if place == 0:
        return 0 if len(asked) == len("".join(words)) else 1
    if asked in (_run_together(before), _run_together(after)):
        return 1
    if place is not None:
        return 2
    names = folded(query).split()
    return 2 if any(_is_name(names, folded(author).split()) for author in authors) else 3


def _is_name(asked: Sequence[str], name: Sequence[str]) -> bool:
    """Return whether words are a name's, in any order. Letters beside words are initials: of a name
    that may have more words ("Lovelace, A." is "Ada King Lovelace")."""
    initials = [word for word in asked if len(word) == 1]
    if not 0 < len(initials) < len(asked):
        return sorted(asked) == sorted(name)
    left = list(name)
    for word in sorted(asked, key=len, reverse=True):
        found = next((own for own in left if own == word or own[:1] == word), None)
        if found is None:
            return False
        left.remove(found)
    return True


def is_by(cited: str, authors: Sequence[str]) -> bool:
    """Return whether the first word of a reference is of its first author's name."""
    words = folded(cited).split()
    return bool(words and authors) and words[0] in folded(authors[0]).split()


def _run_together(text: str) -> str:
    return folded(text).replace(" ", "")


def _place(whole: str, asked: str, words: Sequence[str]) -> int | None:
    """Return where whole words of a text, run together, are what is asked; None for nowhere."""
    ends = set(accumulate(map(len, words)))
    starts = {0, *ends}
    place = whole.find(asked)
    while place >= 0:
        if place in starts and place + len(asked) in ends:
            return place
        place = whole.find(asked, place + 1)
    return None


def is_near(query: str, compounds: Iterable[str], texts: Iterable[str]) -> bool:
    """Return whether a query's words stand together in one of some texts, or each of its compounds
    (hyphenated words; at least one) does."""
    held = [folded(text) for text in texts]
    asked = folded(query)
    if any(asked in text for text in held):
        return True
    wanted = [folded(compound) for compound in compounds]
    return bool(wanted) and all(any(one in text for text in held) for one in wanted)
