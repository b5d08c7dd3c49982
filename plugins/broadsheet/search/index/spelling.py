"""Written words for spelling correction: what a misspelt word of a query can have meant.

Candidates within an edit distance are taken from the words with the same first letter, which few
misspellings get wrong (Pollock and Zamora, "Automatic spelling correction in scientific and
scholarly text", 1984), so that a browser fetches one list a word; only where there are none, from a
list of common words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ..analysis.folding import fold
from ..analysis.words import is_stop_word
from .completion import completion_text
from .front_coding import in_order

SHORTEST = 3
"""The least letters of a word that is listed."""
IN_TITLES = 2
"""The least occurrences in titles for a word to be listed."""
IN_NAMES = 3
"""The least occurrences in authors' names for a word to be listed."""
COMMON = 6
"""The least bit length of the number of occurrences of a word in the list of common ones."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
COMMON_WORDS, OTHERS = "", "0"
"""The names of the list of common words, and of that of words whose first letter is none of
`LETTERS`; the other lists are named by their letter."""


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


def list_of(word: str) -> str:
    """Return the name of the list that holds a word and those with its first letter."""
    first = word[:1]
    return first if first and first in LETTERS else OTHERS


def lists_of(word: str, common: int) -> tuple[str, ...]:
    """Return the names of the lists that hold a word with this bit length of its occurrences."""
    return (list_of(word), COMMON_WORDS) if common >= COMMON else (list_of(word),)


def spelling_texts(written: Mapping[str, int]) -> dict[str, str]:
    """Return the lists of words by their names, as `completion_text` writes words."""
    lists: dict[str, dict[str, int]] = {name: {} for name in (COMMON_WORDS, *LETTERS, OTHERS)}
    for word, times in written.items():
        for name in lists_of(word, times.bit_length()):
            lists[name][word] = times
    return {name: completion_text(words) for name, words in lists.items()}
