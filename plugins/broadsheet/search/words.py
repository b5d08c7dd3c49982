"""A text's words as lunr.py cuts and stems them: same terms, same order, each word stemmed once.

lunr.py makes an object of every word and runs it through three functions. Here a word's term is
looked up: lunr.py's own trimmer, stop words and stemmer are asked when a word is first met.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS as STOP_WORDS
from lunr.tokenizer import SEPARATOR_CHARS
from lunr.trimmer import full_re

_WORD = re.compile(f"[^{re.escape(SEPARATOR_CHARS)}]+")
_SPACES_TO_PYTHON_ONLY = "\x1c\x1d\x1e\x1f"
"""ASCII characters at which str.split() parts words and lunr.py doesn't."""
_REMEMBERED = 600_000
"""How many words are kept at most (about 100 bytes each)."""

_STEMMED = (
    *(
        "e",
        "s",
        "y",
        "ed",
        "ing",
        "al",
        "ful",
        "ll",
        "li",
        "logi",
        "iti",
        "anci",
        "enci",
        "er",
        "or",
    ),
    *("ion", "ism", "ic", "ant", "ent", "ou"),
)
"""What a word ends in that Porter's stemmer changes: other words stay as they are."""


class _Terms(dict[str, "str | None"]):
    """From a lower-case word to its term, or None for a stop word."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = PorterStemmer().stem

    def __missing__(self, word: str) -> str | None:
        trimmed = None if word.isalnum() else full_re.match(word)
        bare = trimmed.group(1) if trimmed else word
        term: str | None = bare
        if bare in STOP_WORDS:
            term = None
        elif bare.endswith(_STEMMED):
            term = self.stem(bare)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = term
        return term


_TERMS = _Terms()


def words(text: str) -> list[str]:
    """The words of a text in lower case, cut as lunr.py's tokenizer cuts them."""
    if text.isascii() and not any(map(text.__contains__, _SPACES_TO_PYTHON_ONLY)):
        return text.lower().replace("-", " ").split()
    return _WORD.findall(text.lower())


def terms_of(cut: list[str]) -> list[str]:
    """The terms of `words`, in order, stop words left out. (No term is empty.)"""
    return list(filter(None, map(_TERMS.__getitem__, cut)))


@lru_cache(maxsize=1 << 14)  # a busy month's texts: several lists ask for the terms of each
def text_terms(text: str) -> tuple[str, ...]:
    """The terms of a text, in order, stop words left out."""
    return tuple(terms_of(words(text)))


def term_of(word: str) -> str | None:
    """The term of one word, or None for a stop word."""
    return _TERMS[word.lower()]
