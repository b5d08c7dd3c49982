"""The words that the search page completes and suggests: the commonest, as they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from .shards import front_coded
from .words import term_of

WORDS = 2000


def common_words(months: Iterable[Mapping[str, int]], limit: int = WORDS) -> dict[str, int]:
    """The commonest written form of each of the commonest terms, and how often the term is seen.

    `months` count written forms. Equally common ones go by the alphabet.
    """
    seen: Counter[str] = Counter()
    for forms in months:
        seen.update(forms)
    terms: dict[str, tuple[int, int, str]] = {}
    for form, times in seen.items():
        term = term_of(form)
        if term is not None:
            total, most, best = terms.get(term, (0, 0, ""))
            if times > most or (times == most and form < best):
                most, best = times, form
            terms[term] = (total + times, most, best)
    ranked = sorted((-total, form) for total, _, form in terms.values())
    return {form: -total for total, form in sorted(ranked[:limit], key=lambda pair: pair[1])}


def completion_text(common: Mapping[str, int]) -> str:
    """Words in order, a line each, front-coded; a last character tells how common (log 2)."""
    return "\n".join(
        front_coded(word + chr(48 + times.bit_length()) for word, times in common.items())
    )
