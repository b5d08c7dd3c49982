"""The terms that papers share, and how a paper writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..papers import Paper
from ..search.analysis.words import term_of
from ..text.plain import plain

TAG = "#"
"""What stands before a tag that is a term."""
_WORD = re.compile(r"\w+")
_PUNCTUATION = ".,;:!?()[]{}<>/\"'“”‘’*`"


@lru_cache(maxsize=1 << 14)
def words_in(term: str) -> frozenset[str]:
    """Return the terms of the words of a tag, a phrase or a word."""
    if term.startswith(TAG):
        return frozenset(term_of(word) or word for word in term[1:].split("-"))
    return frozenset(term.split(" "))


def written_forms(terms: Iterable[str], paper: Paper) -> dict[str, str]:
    """Return how some of a paper's terms are written in it, by term."""
    text = plain(paper.title) + " " + plain(paper.abstract)
    lower = text.lower()
    same = len(lower) == len(text)  # a few letters, such as İ, get longer
    return {
        term: term[1:].replace("-", " ")
        if term.startswith(TAG)
        else " ".join(_written(word, text if same else lower, lower) for word in term.split(" "))
        for term in terms
    }


def _written(term: str, text: str, lower: str) -> str:
    at = lower.find(term)
    if at >= 0:  # most terms are prefixes of their words
        word = _WORD.match(text, at)
        if word and term_of(word[0]) == term and not (at and lower[at - 1].isalpha()):
            small = word[0].lower()
            return small if small in text else word[0]
    candidates = (raw for raw in lower.replace("-", " ").split() if term_of(raw) == term)
    return next(candidates, term).strip(_PUNCTUATION)
