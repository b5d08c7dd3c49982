"""The terms of a paper that tell what it is about, and how the paper writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..papers import Paper
from ..search.terms import indexed_terms
from ..search.words import term_of
from ..text.plain import plain

_WORD = re.compile(r"\w+")
_PUNCTUATION = ".,;:!?()[]{}<>/\"'“”‘’*`"


@dataclass(frozen=True, slots=True)
class Terms:
    """A paper's terms: `strong` ones of its title and tags, `weak` ones of its abstract only."""

    strong: frozenset[str]
    weak: frozenset[str]


def terms_of(paper: Paper) -> Terms:
    """Return a paper's terms."""
    strong = frozenset(_telling(paper.title).union(paper.tags))
    return Terms(strong, frozenset(_telling(paper.abstract) - strong))


def _telling(text: str) -> set[str]:
    """Return a text's terms without numbers, short words and addresses."""
    terms = set(indexed_terms(plain(text)))
    return {term for term in terms if len(term) > 2 and term[0].isalpha() and "//" not in term}


def written_forms(terms: Iterable[str], paper: Paper) -> dict[str, str]:
    """Return how some of a paper's terms are written in it, by term."""
    text = plain(paper.title) + " " + plain(paper.abstract)
    lower = text.lower()
    same = len(lower) == len(text)  # a few letters, such as İ, get longer
    forms = {}
    for term in terms:
        if term in paper.tags:
            forms[term] = term.replace("-", " ")
            continue
        at = lower.find(term)
        if at >= 0:  # most terms are prefixes of their words
            word = _WORD.match(text if same else lower, at)
            if word and term_of(word[0]) == term and not (at and lower[at - 1].isalpha()):
                small = word[0].lower()
                forms[term] = small if small in text else word[0]
                continue
        candidates = (raw for raw in lower.replace("-", " ").split() if term_of(raw) == term)
        forms[term] = next(candidates, term).strip(_PUNCTUATION)
    return forms
