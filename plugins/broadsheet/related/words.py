"""The words that tell what a paper is about, and how much. Pure.

A word of an abstract tells what its paper is about if it comes again in it: words that name the
subject recur where they occur at all, others don't (Church and Gale, "Poisson mixtures", 1995). So
a word that a paper uses once, such as "impractical", tells little, and is no reason by itself that
papers are alike; one of its title tells most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from math import log

ONCE = 2
"""What a word is worth that an abstract says once ..."""
AGAIN = 4
"""... what one is worth that it says more than once, times 1 + ln of how often (rounded) ..."""
TITLE = 8
"""... what a word of the title is worth beyond that ..."""
TAKEN_UP = 1
"""... and what it is worth that the abstract says it, too, if only once."""
MOST_WORDS = 2000
"""The most words of a paper that count, so that sums of their vectors stay below 2**24."""
_MOST = 50
_WORTHS = (0, TAKEN_UP, *(round(AGAIN * (1 + log(times))) for times in range(2, _MOST + 1)))


def said(title: Iterable[str], abstract: Mapping[str, int]) -> dict[str, int]:
    """Return what each word is worth that a paper says in its title, or more than once in its
    abstract, by the terms of the title and by how often each stands in the abstract; of
    `MOST_WORDS` at most. Numbers, single letters and addresses are left out."""
    worths = {
        term: _WORTHS[times if times < _MOST else _MOST]
        for term, times in abstract.items()
        if times > 1 and is_telling(term)
    }
    for term in dict.fromkeys(title):
        if is_telling(term):
            worths[term] = TITLE + _WORTHS[min(abstract.get(term, 0), _MOST)]
    return worths if len(worths) <= MOST_WORDS else dict(islice(worths.items(), MOST_WORDS))


def is_telling(term: str) -> bool:
    """Return whether a term is no number, single letter or address."""
    return term[1:] != "" and term[0].isalpha() and "//" not in term
