"""Names of people in a list's words: whether a text is some, and where they end."""

from __future__ import annotations

import re

from ..fields.name_particles import PARTICLES
from ..fields.other_authors import OTHERS_END

SENTENCE = re.compile(
    r"(?<=[^\W\d_][\w)\]”\"’$]{2})\.\s+(?=[^\Wa-z]|(?:ar|bio|med)Xiv\b)|(?<=\?)\s+(?=(?:In|arXiv|CoRR)\b)"
    r"|(?<=et al)\.,?\s+"
)
_PARTICLE = rf"(?:{PARTICLES}|y|e)(?=[ ~-])"
_WORD = rf"(?:[^\W\d_a-z][\w.'’-]*|{_PARTICLE})"
FAMILY = r"[^\W\d_a-z][\w'’-]+"
"""A family name, where something else tells that it is one."""
# "Garcia & Smith"
FAMILIES = re.compile(rf"{FAMILY}(?:, {FAMILY}){{0,20}},? (?:&|and) {FAMILY}")
NAME_WORD = rf"(?:{FAMILY}|[^\W\d_a-z]\.)"
"""A word of a name, or an initial."""
_NAME = re.compile(rf"{_WORD}(?:[ ~]{_WORD})*")
TWO_WORDS = re.compile(rf"{_WORD}(?:[ ~]{_WORD}){{1,3}}")
ONE_NAME = re.compile(
    r"(?:[^\W\d_a-z]{1,3}\.?[ -]|[^\W\d_a-z]\.){1,4}[^\W\d_a-z][\w'’-]+"
    r"|[^\W\d_a-z][\w'’-]+,(?: ?[^\W\d_a-z]\.-?){1,4}"
)
EASTERN = re.compile(r"[\u3400-\u9fff]{2,4}|[\u30a0-\u30ff]{2,10}[・=][\u30a0-\u30ff]{2,10}")
"""A name in ideographs, or another's in katakana."""
_NAMES_PARTED = re.compile(
    r"\s*(?:[,;·•⋅∙|、，；]\s*(?:and\s|&\s?)?"
    r"|\s(?:and|&|und|et(?!\.? al)|en|och|og|ve|[ye](?=\s\S+\s\S))\s)\s*"
)
# "R. Roe and J. Doe, Kite Letters": what follows the last name, after "and", is none.
LAST_NAME = re.compile(r"[^;\n]{3,600}?\s(?:and|&|und|et)\s(?P<last>[^,;\n]{3,60})(?=,\s[^\W\d_])")
# What stands behind a name: "(Hill University)", "1,2", "¹*"
_BEHIND_NAME = re.compile(
    r"\s?\((?!et al)[^()\d]{2,80}\)(?=\s*(?:[,;]|and\s|&|\Z))"
    r"|(?<=[^\W\d_])(?:\d{1,2}|[¹²³⁰⁴-⁹*†‡§])(?:,?(?:\d{1,2}|[¹²³⁰⁴-⁹*†‡§])){0,5}(?=[\s,;]|\Z)"
)
_LONGEST_NAMES = 3_000
_TAIL = 80  # characters at the end of names that may say that there are others


def bare_names(text: str) -> str:
    """Return names without the places and the marks of places behind them."""
    return _BEHIND_NAME.sub("", text) if len(text) <= _LONGEST_NAMES else text


def are_names(text: str, *, sure: bool = False) -> bool:
    """Return whether a text is a list of people's names; `sure` if a label says so."""
    if len(text) > _LONGEST_NAMES:
        return False
    bare = (text[:-_TAIL] + OTHERS_END.sub("", text[-_TAIL:])).strip(" .,;")
    parts = [part for part in _NAMES_PARTED.split(bare) if part]
    if not parts:
        return False
    if len(parts) > 1 and all(map(EASTERN.fullmatch, parts)):
        return True
    if sure:
        return (
            all(len(part.split()) <= 6 and part[0].isupper() for part in parts)
            and not any(sign in "0123456789:" for sign in bare)
            and not SENTENCE.search(bare)
            and not re.search(r"\s[-–—]\s", bare)
        )
    if len(parts) == 1 and bare == text.strip(" .,;"):
        return " - " in bare and all(map(TWO_WORDS.fullmatch, bare.split(" - ")))
    return (
        all(len(part.split()) <= 5 and _NAME.fullmatch(part) for part in parts)
        and any(" " in part or "." in part for part in parts)
    ) or (bare != text.strip(" .,;") and all(map(_NAME.fullmatch, parts)))
