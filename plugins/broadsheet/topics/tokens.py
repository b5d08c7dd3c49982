"""Tokenise titles, abstracts and the vocabulary's phrases into words that compare equal.

All texts are tokenised alike, so that "Graph Neural Networks" in a title matches the phrase "graph
neural network" of topics.yml. Maths and addresses are left out: they name no topic.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..normal_forms import normal
from ..tex.spans import spans

BREAK = ","  # between words that no phrase may span: a comma, a bracket, a colon
END = "."  # the end of a sentence

_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W_]+|[.!?](?=\s|$)|[,;:()\[\]|]")
# One letter with a sign, and capitals after a dot, are words of their own: C++, F#, A*, .NET.
_SIGNED = r"(?<![\w*])[A-Za-z](?:\+\+(?![^\W\d])|[#*](?![\w*]))|(?<![^\s(\[\"'/])\.[A-Z]{2,}(?!\w)"
_SIGNED_WORD = re.compile(rf"{_SIGNED}|{_WORD.pattern}")
_HAS_SIGN = re.compile(r"[#*+.](?:(?<=[#*])|(?<=\+)\+|(?<=\.)[A-Z]{2})")  # found fast
_ENDS = frozenset(".!?")
_BREAKS = frozenset(",;:()[]|")


def words(text: str) -> list[str]:
    """Return the words of a text as written, with BREAK and END between them.

    Hyphens and dots separate words ("few-shot" is two, and so is "Node.js"); accents are dropped.
    A letter with its sign is one: "C++" is not "C", nor "A*" the article.
    """
    if "$" in text:
        text = "".join(" , " if one.math else one.text for one in spans(text))
    if "://" in text:
        text = _ADDRESS.sub(" , ", text)
    if not text.isascii():
        text = _plain(text)
    return (_SIGNED_WORD if _HAS_SIGN.search(text) else _WORD).findall(text)


@lru_cache(maxsize=1 << 17)
def key(word: str) -> str:
    """Return the normal form of a word: lower case, singular; END or BREAK for a mark.

    The singular follows the rules of regular English nouns, for all words on both sides.
    """
    if word in _BREAKS:
        return BREAK
    if word in _ENDS:
        return END
    word = word.lower()
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sui":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def phrase(text: str) -> tuple[str, ...]:
    """Return the keys of a phrase of the vocabulary, without marks; () without words."""
    return tuple(k for k in map(key, words(text)) if k not in (BREAK, END))


def _plain(text: str) -> str:
    decomposed = normal("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
