"""The terms that an index holds of a text: those of its words, and the derived ones (folding.py).

This is on the way of every text of a first build. A text is cut at spaces, and each word, with the
punctuation around it, is looked up in one memo; only a word that is met for the first time is
stemmed and folded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from .folding import (
    DERIVED,
    LONGEST_TOKEN,
    NUMBER,
    PUNCTUATION,
    compound,
    derived_of,
    is_signed,
    numbered,
)
from .folding import PUNCTUATION_BEHIND as BEHIND
from .words import is_stop_word, stem, term_of, terms_of, words

_MOST = 250_000
"""The most words in the memo (about 100 bytes each)."""
_NUMBER_BEHIND = re.compile(rf" {NUMBER}[{re.escape(BEHIND)}]*(?= |\Z)")
_ODD_SPACE = re.compile("[\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
"""What parts words for Python, and doesn't for Lunr."""


def indexed_terms(text: str) -> tuple[str, ...]:
    """Return the terms of a text, each as often as it stands there: those of Lunr's words, in order
    without stop words, and derived ones among them."""
    tokens = text.lower().split()
    is_plain = text.isprintable()  # then a space is the only one
    if not is_plain and _ODD_SPACE.search(text):
        cut = chain(terms_of(words(text)), *map(derived_terms_of, tokens))
    else:
        cut = chain.from_iterable(map(_TERMS.__getitem__, tokens))
    return (*cut, *_numbered_terms(text if is_plain else " ".join(text.split())))


shared_terms = lru_cache(maxsize=1 << 14)(indexed_terms)
"""Returns the same, kept: of the titles and abstracts of a busy month, which the index and related
papers ask for. Other texts, such as names, would only push these out."""


def text_terms(text: str) -> list[str]:
    """Return the terms of Lunr's words of a title or an abstract, in order, without stop words."""
    return [term for term in shared_terms(text) if term[-1] != DERIVED]


def derived_terms(text: str) -> list[str]:
    """Return the derived terms among `indexed_terms`: what `folding.derived` yields, stemmed, with
    `DERIVED` behind each."""
    return [term for term in indexed_terms(text) if term[-1] == DERIVED]


def _numbered_terms(text: str) -> list[str]:
    """Return the terms of words that are joined with a small number behind them."""
    if "  " in text:
        text = " ".join(text.split())
    found: list[str] = []
    for number in _NUMBER_BEHIND.finditer(text):
        place = number.start()
        before = text[text.rfind(" ", 0, place) + 1 : place]
        found += map(_term, numbered(before, number[0][1:]))
    return found


def _term(form: str) -> str:
    return (form if is_signed(form) else stem(form)) + DERIVED


def derived_terms_of(token: str) -> tuple[str, ...]:
    """Return the derived terms of one word of a text (what stands between spaces)."""
    return tuple(map(_term, derived_of(token)))


class _Terms(dict[str, tuple[str, ...]]):
    """Memo from a lower-case word of a text, with the punctuation around it, to its terms;
    bounded."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        found = self._terms(token)
        if len(self) >= _MOST:
            self.clear()
        if len(token) <= LONGEST_TOKEN:
            self[token] = found
        return found

    def _terms(self, token: str) -> tuple[str, ...]:
        if token.isascii() and len(token) <= LONGEST_TOKEN:
            if token.isalnum():
                return () if is_stop_word(token) else (stem(token),)
            bare = token.strip(PUNCTUATION)
            pieces = bare.split("-")
            if "".join(pieces).isalnum():
                if bare != token and token.count("-") < len(pieces):
                    return self[bare]
                if bare == token:
                    typed = chain.from_iterable(map(self.__getitem__, filter(None, pieces)))
                    return (*typed, *map(_term, compound(pieces)))
        return (*filter(None, map(term_of, words(token))), *derived_terms_of(token))


_TERMS = _Terms()
