"""Porter's stemmer (Porter, "An algorithm for suffix stripping", 1980), as lunr.py has it: the same
stem for every word, in half of the time, and for words of any length: lunr.py calls itself for each
"y" in a row, which raises RecursionError where a title has a thousand.

lunr.py goes through a word letter by letter and tries suffix after suffix; here regular expressions
measure a stem, and the few suffixes that a word can have are looked up by one of its last letters.
A test compares both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CONSONANTS = "(?:[^aeiou][^aeiouy]*)"
_VOWELS = "(?:[aeiouy][aeiou]*)"
_HAS_VOWEL = re.compile(f"{_CONSONANTS}?+[aeiouy]", re.S)
_ONE = re.compile(f"{_CONSONANTS}?+{_VOWELS}{_CONSONANTS}", re.S)
"""What stems begin with whose measure, Porter's m, is at least 1."""
_ONE_ALONE = re.compile(f"{_CONSONANTS}?+{_VOWELS}{_CONSONANTS}{_VOWELS}?\\Z", re.S)
_TWO = re.compile(f"{_CONSONANTS}?+(?:{_VOWELS}{_CONSONANTS}){{2}}", re.S)

_Rules = dict[str, Sequence[tuple[str, str]]]
_STEP_2: _Rules = {  # by the last letter but one
    "a": (("ational", "ate"), ("tional", "tion")),
    "c": (("enci", "ence"), ("anci", "ance")),
    "e": (("izer", "ize"),),
    "l": (("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous")),
    "o": (("ization", "ize"), ("ation", "ate"), ("ator", "ate")),
    "s": (("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous")),
    "t": (("aliti", "al"), ("iviti", "ive"), ("biliti", "ble")),
    "g": (("logi", "log"),),
}
_STEP_3: _Rules = {  # by the last letter
    "e": (("icate", "ic"), ("ative", ""), ("alize", "al")),
    "i": (("iciti", "ic"),),
    "l": (("ical", "ic"), ("ful", "")),
    "s": (("ness", ""),),
}
_STEP_4 = {  # by the last letter but one
    "a": ("al",), "c": ("ance", "ence"), "e": ("er",), "i": ("ic",), "l": ("able", "ible"),
    "n": ("ant", "ement", "ment", "ent"), "o": ("sion", "tion", "ou"), "s": ("ism",),
    "t": ("ate", "iti"), "u": ("ous",), "v": ("ive",), "z": ("ize",),
}  # fmt: skip


def porter(word: str) -> str:
    """Return the stem of a lower-case word."""
    if len(word) <= 2:
        return word
    word = _without_ending(word)
    if word[-1] == "y" and _HAS_VOWEL.match(word, 0, len(word) - 1):
        word = word[:-1] + "i"
    word = _replaced(word, _STEP_2.get(word[-2:-1], ()))
    word = _replaced(word, _STEP_3.get(word[-1], ()))
    for suffix in _STEP_4.get(word[-2:-1], ()):
        if word.endswith(suffix):
            end = len(word) - (3 if suffix.endswith("ion") else len(suffix))
            if _TWO.match(word, 0, end):
                word = word[:end]
            break
    if word[-1] == "e" and _ONE.match(word) and (_TWO.match(word) or not _is_short(word[:-1])):
        word = word[:-1]
    if word[-2:] == "ll" and _TWO.match(word):
        word = word[:-1]
    return word


def _without_ending(word: str) -> str:
    """Return a word without plural, -ed and -ing (step 1a and 1b)."""
    if word[-1] == "s":
        if word.endswith(("sses", "ies")):
            word = word[:-2]
        elif word[-2] != "s":
            word = word[:-1]
    if word.endswith("eed"):
        return word[:-1] if _ONE.match(word, 0, len(word) - 3) else word
    end = len(word) - (2 if word.endswith("ed") else 3 if word.endswith("ing") else len(word))
    if not end or not _HAS_VOWEL.match(word, 0, end):
        return word
    word = word[:end]
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    last = word[-1]
    if word[-2:-1] == last and _is_consonant(word, end - 1):
        return word if last in "lsz" else word[:-1]
    return word + "e" if _ONE_ALONE.match(word) and _is_short(word) else word


def _replaced(word: str, rules: Sequence[tuple[str, str]]) -> str:
    """Return a word with the first of some suffixes that it has replaced, if its stem is long
    enough."""
    for suffix, other in rules:
        if word.endswith(suffix):
            end = len(word) - len(suffix)
            return word[:end] + other if _ONE.match(word, 0, end) else word
    return word


def _is_consonant(word: str, place: int) -> bool:
    if word[place] != "y":
        return word[place] not in "aeiou"
    before = word[:place].rstrip("y")  # of y's in a row each second one is a vowel
    return (not before or before[-1] in "aeiou") == ((place - len(before)) % 2 == 0)


def _is_short(word: str) -> bool:
    """Return whether a word ends with consonant, vowel, consonant, the last none of w, x and y."""
    end = len(word)
    return (
        end > 2
        and word[-1] not in "aeiouwxy"
        and not _is_consonant(word, end - 2)
        and _is_consonant(word, end - 3)
    )
