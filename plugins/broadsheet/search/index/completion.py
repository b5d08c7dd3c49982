"""Query completion: the commonest words, as they are written, for the search page to complete and
suggest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ..analysis.words import term_of
from .front_coding import front_coded

WORDS = 2000
"""The number of words that are published."""


def common_words(counts: Iterable[Mapping[str, int]], limit: int = WORDS) -> dict[str, int]:
    """Return the commonest written form of each of the commonest terms, in alphabetical order, with
    the number of occurrences of the term.

    `counts` are occurrences of written forms, of a month each. Ties go by the alphabet.
    """
    occurrences: Counter[str] = Counter()
    for forms in counts:
        occurrences.update(forms)
    terms: dict[str, tuple[int, int, str]] = {}
    for form, times in occurrences.items():
        term = term_of(form)
        if term is not None:
            total, most, best = terms.get(term, (0, 0, ""))
            if times > most or (times == most and form < best):
                most, best = times, form
            terms[term] = (total + times, most, best)
    ranked = sorted((-total, form) for total, _, form in terms.values())
    return {form: -total for total, form in sorted(ranked[:limit], key=lambda pair: pair[1])}


def completion_text(common: Mapping[str, int]) -> str:
    """Return words, front-coded, a line each; the last character of a line is 48 plus the bit
    length of the number of occurrences."""
    return "\n".join(
        front_coded(word + chr(48 + times.bit_length()) for word, times in common.items())
    )
