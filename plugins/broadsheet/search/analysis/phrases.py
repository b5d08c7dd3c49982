"""Phrase search: whether a text holds words next to each other."""

from __future__ import annotations

from functools import lru_cache

from .words import trimmed, words


@lru_cache(maxsize=4096)  # many phrases are looked for in the same texts
def plain_words(text: str) -> str:
    """Return the words of a text as phrases compare them: in lower case, without punctuation around
    them, one space before and after each."""
    bare = (trimmed(word) for word in words(text))
    kept = [word for word in bare if word.isalnum() or any(map(str.isalnum, word))]
    return f" {' '.join(kept)} " if kept else ""


def holds_phrase(text: str, phrase: str) -> bool:
    """Return whether a text holds a phrase, word by word."""
    return plain_words(phrase) in plain_words(text)
