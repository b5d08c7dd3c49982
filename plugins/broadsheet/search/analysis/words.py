"""Tokenizing and stemming: the words of a text, and the terms that the index holds them under.

The terms are those of lunr.py, in the same order: its tokenizer, trimmer, stop word filter and
stemmer (Porter, "An algorithm for suffix stripping", 1980). lunr.py makes an object of each word
and passes it through three functions; here a word is stemmed when first met, and then looked up.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lunr.stop_word_filter import WORDS as STOP_WORDS
from lunr.tokenizer import SEPARATOR_CHARS
from lunr.trimmer import full_re

from .porter import porter

_WORD = re.compile(f"[^{re.escape(SEPARATOR_CHARS)}]+")
_SPACES_TO_PYTHON_ONLY = "\x1c\x1d\x1e\x1f"
"""ASCII characters at which str.split() cuts and lunr.py doesn't."""
_MOST_TERMS = 600_000
"""The most words in the memo (about 100 bytes each)."""

_STEMMED = (
    *("e", "s", "y", "ed", "ing", "al", "ful", "ll", "li", "logi", "iti", "anci", "enci"),
    *("er", "or", "ion", "ism", "ic", "ant", "ent", "ou"),
)
"""The endings that Porter's stemmer may change: words that end otherwise are their own stems."""


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, cut as lunr.py's tokenizer cuts them."""
    if text.isascii() and not any(map(text.__contains__, _SPACES_TO_PYTHON_ONLY)):
        return text.lower().replace("-", " ").split()
    return _WORD.findall(text.lower())


def trimmed(word: str) -> str:
    """Return a word without the punctuation around it; as it is, where punctuation is in it."""
    if word.isalnum():  # most words
        return word
    match = full_re.match(word)
    return match.group(1) if match else word


def is_stop_word(term: str) -> bool:
    """Return whether a term is one of Lunr's stop words, which no index holds."""
    return term in STOP_WORDS


def stem(bare: str) -> str:
    """Return the stem of a lower-case word without punctuation around it."""
    return porter(bare) if bare.endswith(_STEMMED) else bare


class _WordTerms(dict[str, "str | None"]):
    """Memo from a lower-case word to its term, or None for a stop word; bounded."""

    def __missing__(self, word: str) -> str | None:
        bare = trimmed(word)
        term = None if is_stop_word(bare) else stem(bare)
        if len(self) >= _MOST_TERMS:
            self.clear()
        self[word] = term
        return term


_TERMS = _WordTerms()


def term_of(word: str) -> str | None:
    """Return the term of a word, or None for a stop word."""
    return _TERMS[word.lower()]


def terms_of(cut: list[str]) -> list[str]:
    """Return the terms of `words`, in order, without stop words. No term is empty."""
    return list(filter(None, map(_TERMS.__getitem__, cut)))


@lru_cache(maxsize=4096)
def query_term(word: str) -> str:
    """Return the term that a query's word stands for. A stop word has one too, which matches
    nothing."""
    return stem(trimmed(word.lower()))
