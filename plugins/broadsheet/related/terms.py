"""The terms of a paper that tell what it is about, and how the paper writes them.

A word of an abstract tells what its paper is about if it comes again in it: words that name the
subject recur where they occur at all, others don't (Church and Gale, "Poisson mixtures", 1995). So
a word that a paper uses once, such as "impractical", is no term of it. Two words in a row are a
phrase, which tells more than both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from ..papers import Paper
from ..search.terms import text_terms
from ..search.words import term_of
from ..text.plain import plain

_WORD = re.compile(r"\w+")
_PUNCTUATION = ".,;:!?()[]{}<>/\"'“”‘’*`"
_AUTHOR = "by "
_MOST_AUTHORS = 12
"""The most authors of a paper that count; of a longer list, the first."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A paper's terms, each in one place: its `tags`; words and phrases of its `title` that its
    abstract takes up; of its `body`, what else its title says and what its abstract says more than
    once; and its `authors`. `topic` is the paper's topic, which is no term."""

    tags: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    body: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    topic: str = ""

    def __len__(self) -> int:
        return len(self.tags) + len(self.title) + len(self.body) + len(self.authors)

    def __iter__(self) -> Iterator[str]:
        return chain(self.tags, self.title, self.body, self.authors)


def terms_of(paper: Paper, topic: str = "") -> Terms:
    """Return a paper's terms. A phrase is two words' terms with a space between them."""
    title, abstract = text_terms(plain(paper.title)), text_terms(plain(paper.abstract))
    said = Counter(abstract)
    named = set(filter(_tells, title))
    taken_up = named.intersection(said) if said else named
    telling = taken_up.union(
        [f"{a} {b}" for a, b in pairwise(title) if a in taken_up and b in taken_up]
    )
    recurring = {term for term, count in said.items() if count > 1 and _tells(term)}
    pairs = Counter([pair for pair in pairwise(abstract) if recurring.issuperset(pair)])
    body = named.union(recurring, [f"{a} {b}" for (a, b), count in pairs.items() if count > 1])
    tags = frozenset(paper.tags)
    telling -= tags
    return Terms(
        tags,
        frozenset(telling),
        frozenset(body - telling - tags),
        frozenset([_AUTHOR + name for name in paper.authors[:_MOST_AUTHORS]]),
        topic,
    )


def _tells(term: str) -> bool:
    """Return whether a term is no number, short word or address."""
    return len(term) > 2 and term[0].isalpha() and "//" not in term


def is_author(term: str) -> bool:
    """Return whether a term is an author."""
    return term.startswith(_AUTHOR)


@lru_cache(maxsize=1 << 14)
def words_in(term: str) -> frozenset[str]:
    """Return the terms of the words of a tag, a phrase or a word; an author is one of its own."""
    if is_author(term):
        return frozenset((term,))
    words = term.replace("-", " ").split(" ")
    return frozenset(words if " " in term else (term_of(word) or word for word in words))


def written_forms(terms: Iterable[str], paper: Paper) -> dict[str, str]:
    """Return how some of a paper's terms are written in it, by term."""
    text = plain(paper.title) + " " + plain(paper.abstract)
    lower = text.lower()
    same = len(lower) == len(text)  # a few letters, such as İ, get longer
    forms = {}
    for term in terms:
        if is_author(term):
            forms[term] = term.removeprefix(_AUTHOR)
        elif term in paper.tags:
            forms[term] = term.replace("-", " ")
        else:
            forms[term] = " ".join(
                _written(word, text if same else lower, lower) for word in term.split(" ")
            )
    return forms


def _written(term: str, text: str, lower: str) -> str:
    at = lower.find(term)
    if at >= 0:  # most terms are prefixes of their words
        word = _WORD.match(text, at)
        if word and term_of(word[0]) == term and not (at and lower[at - 1].isalpha()):
            small = word[0].lower()
            return small if small in text else word[0]
    candidates = (raw for raw in lower.replace("-", " ").split() if term_of(raw) == term)
    return next(candidates, term).strip(_PUNCTUATION)
