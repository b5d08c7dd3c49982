"""Written words for spelling correction: what a misspelt word of a query can have meant.

Candidates within an edit distance are taken from lists of words of like length, so that a browser
fetches a few (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section
3.3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from .completion import completion_text
from .folding import fold
from .front_coding import in_order
from .shards import LONGEST, by_length
from .words import is_stop_word

SHORTEST = 3
"""The least letters of a word that is listed."""
IN_TITLES = 2
"""The least occurrences in titles for a word to be listed."""
IN_NAMES = 3
"""The least occurrences in authors' names for a word to be listed."""


def written_words(
    titles: Iterable[Mapping[str, int]], names: Iterable[Mapping[str, int]]
) -> dict[str, int]:
    """Return the words that are written often enough in titles or in authors' names, folded, in
    order, with their numbers of occurrences there. Both are occurrences by form, a month each."""
    occurrences: Counter[str] = Counter()
    for months, least in ((titles, IN_TITLES), (names, IN_NAMES)):
        forms: Counter[str] = Counter()
        for month in months:
            forms.update(month)
        for form in [form for form in forms if not form.isascii()]:  # others are their own fold
            times = forms.pop(form)
            forms[fold(form)[0]] += times
        for word, times in forms.items():
            if times >= least and _can_be_meant(word):
                occurrences[word] += times
    return {word: occurrences[word] for word in in_order(list(occurrences))}


def _can_be_meant(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and not is_stop_word(word)


def spelling_texts(written: Mapping[str, int]) -> dict[int, str]:
    """Return the lists of words by their length in UTF-16 code units, from `SHORTEST` to `LONGEST`
    (that and longer), as `completion_text` writes words."""
    return {
        length: completion_text({word: written[word] for word in words})
        for length, words in enumerate(by_length(written), 1)
        if SHORTEST <= length <= LONGEST
    }
