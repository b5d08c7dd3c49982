"""Making the tags of a text those of whole formulas, whatever the model missed: brackets close, an
index is part of its formula, and what is certain needs no model."""

from __future__ import annotations

from .brackets import mend_brackets
from .commands import NAMES, OPERATORS, TEXT_FONTS
from .place import NEVER as NEVER
from .place import TokenPlace
from .sign_rules import mend_sign
from .tokens import Tokens
from .word_rules import mend_word

_FAR = 60  # tokens: how far back the beginning of a range is looked for
_NEAR = 12  # tokens: how far the ends of an index are looked for
_COMMANDS = NAMES - TEXT_FONTS


def mend(found: Tokens, stretches: list[tuple[int, int]], tags: list[str]) -> None:
    """Mend the tags of a text, in place."""
    known = frozenset(found.words if "times" in found.text else ())
    for start, end in stretches:
        for i in range(start, end):
            _mend(found, tags, i)
        for i in range(start, end):
            if "times" in found.words[i][3:-3]:
                tags[i] = _multiplied(found.words[i], tags[i], known)
            elif found.words[i] in ("to", "in") and _indexes(found, tags, i):
                tags[i] = "C"
            elif found.words[i] == "to" and tags[i] != "O" and _ranges(found, tags, i):
                tags[i] = "O"
    mend_brackets(found, tags)


def _mend(found: Tokens, tags: list[str], i: int) -> None:
    """Make the tag of a token that of a whole formula: what is certain is one, and what a command
    or an index applies to is part of it."""
    word = found.words[i]
    if word in NEVER:
        tags[i] = "O"
    elif len(word) == 1:
        mend_sign(TokenPlace(found, tags, i))
    elif word[0] == "\\":
        tags[i] = "C" if word[1:] in _COMMANDS else "O"
    elif word[0].isalpha():
        mend_word(TokenPlace(found, tags, i))
    if word in ("=", "<", ">") and tags[i] == "M" and _ends(found, tags, i):
        tags[i + 1] = "M"
    if tags[i] == "C" and word.strip("\\") in OPERATORS:
        for beside in (i - 1, i + 1):
            if 0 <= beside < len(tags) and tags[beside] == "O" and found.words[beside][0].isdigit():
                tags[beside] = "M"


def _ends(found: Tokens, tags: list[str], i: int) -> bool:
    """Return whether a formula breaks off at the relation at `i`, before a number."""
    following = found.words[i + 1 : i + 2]
    return following != [] and tags[i + 1] == "O" and following[0][0].isdigit()


def _multiplied(word: str, tag: str, known: frozenset[str]) -> str:
    """Return the tag of a run of letters with `times` inside: two words of the text have a sign
    between them, `modeltimesbenchmark`; others are words, `multitimescale`."""
    first, *others = word.split("times")
    if any(len(other) > 3 and other in known for other in others):
        return "C"
    worded = first.islower() and others[-1].islower() and min(map(len, (first, others[-1]))) > 2
    return "O" if worded and not {first, others[-1]} & NAMES else tag


def _indexes(found: Tokens, tags: list[str], i: int) -> bool:
    """Return whether the word at `i` stands in an index, as in `lim_{n to infty}`, whose other
    tokens are then its formula's, too."""
    words = found.words
    start = i - 1
    while start > max(1, i - _NEAR) and words[start] not in "{}":
        start -= 1
    if start < 2 or words[start] != "{" or words[start - 1] != "_" or tags[start - 1] == "O":
        return False
    end = next((k for k in range(i + 1, min(i + _NEAR, len(words))) if words[k] in "{}"), i)
    if words[end] != "}" or not NEVER.isdisjoint(words[start:end]):
        return False
    tags[start : end + 1] = [tag if tag != "O" else "M" for tag in tags[start : end + 1]]
    return True


def _ranges(found: Tokens, tags: list[str], i: int) -> bool:
    """Return whether the `to` at `i` is the word: from n to n + 1."""
    start = i - 1
    while start > max(0, i - _FAR) and tags[start] != "O":
        start -= 1
    return start >= 0 and found.words[start] == "from" and tags[start] == "O"
