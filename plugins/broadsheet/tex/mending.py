"""Making the tags of a text those of whole formulas, whatever the model missed: brackets close, an
index is part of its formula, and what is certain needs no model."""

from __future__ import annotations

from .commands import (
    ARGUMENTS,
    FUNCTIONS,
    GREEK,
    MARKS,
    NAMES,
    OPERATORS,
    PARTNERS,
    SWITCHES,
    SYMBOLS,
    TEXT_FONTS,
)
from .tokens import Tokens, certain, split

_FAR = 60  # tokens: how far a brace may close
_VOWELS = "aeiouyAIO"
_SHORT_RELATIONS = frozenset({"le", "ge", "ne", "ll", "gg"})
# which make words with one letter before them: bin, into, alt, gland, bpm
_WORDY = frozenset({"in", "to", "ni", "lt", "gt", "land", "lor", "pm"})
_COMMANDS = NAMES - TEXT_FONTS
_UNWORDY = OPERATORS - _WORDY
_APPLIED = OPERATORS | FUNCTIONS
NEVER = frozenset('`$\\"“”\ufffc')  # what stands in no formula


def mend(found: Tokens, stretches: list[tuple[int, int]], tags: list[str]) -> None:
    """Mend the tags of a text, in place."""
    known = frozenset(found.words if "times" in found.text else ())
    for start, end in stretches:
        _mend(found, tags, start, end)
        for i in range(start, end):
            if "times" in found.words[i][3:-3]:
                tags[i] = _multiplied(found.words[i], tags[i], known)
            elif found.words[i] == "to" and tags[i] != "O" and _ranges(found, tags, i):
                tags[i] = "O"
    _fence(found, tags)
    if "left" in found.text and "right" in found.text:
        _size(found, tags)
    for opening, closing in ("{}", "()", "[]"):
        if opening in found.text and any(tag != "O" for tag in tags):
            _close(found.words, tags, opening, closing)


def _mend(found: Tokens, tags: list[str], start: int, end: int) -> None:
    """Make the tags of a stretch those of whole formulas: what is certain is one, and what a
    command or an index applies to is part of it."""
    last = len(found) - 1
    for i in range(start, end):
        word = found.words[i]
        if word in NEVER:
            tags[i] = "O"
        elif len(word) == 1:
            _mend_sign(found, tags, i, last)
        elif word[0] == "\\":
            tags[i] = "C" if word[1:] in _COMMANDS else "O"
        elif word[0].isalpha():
            _mend_word(found, tags, i, last)
        if tags[i] == "C" and word.strip("\\") in OPERATORS:
            for beside in (i - 1, i + 1):
                if 0 <= beside <= last and tags[beside] == "O" and found.words[beside][0].isdigit():
                    tags[beside] = "M"


def _mend_word(found: Tokens, tags: list[str], i: int, last: int) -> None:
    """Mend the tag of a run of letters."""
    words = found.words
    word, tag = words[i], tags[i]
    before = words[i - 1] if i else " "
    after = words[i + 1] if i < last else " "
    apart = not found.glued(i) and (not found.glued(i + 1) or after in ",.;:?")
    if word == "times" and before[0].isdigit():
        if after[0].isdigit() or found.glued(i):
            tags[i] = "C"
    elif _evident(found, tags, i, before, after):
        return
    elif _prosaic(found, i, tag, apart, after):
        tags[i] = "O"
    elif word == "pm" and not (after[0].isalnum() or after in "(\\}"):
        tags[i] = "O"  # 5 pm
    elif word in FUNCTIONS and before not in "^_" and (i == 0 or tags[i - 1] == "O"):
        if i == last or tags[i + 1] == "O":  # the log of a run
            tags[i] = "O"
    elif tag == "O" and certain(word):
        tags[i] = "C" if word not in ARGUMENTS or after == "{" else "O"
    elif tag == "M" and apart and len(word) > 2 and word[1:].islower() and word not in FUNCTIONS:
        tags[i] = "C" if word in GREEK else "O"
    elif tag == "C" and word in ARGUMENTS and after == "{" and tags[i + 1] == "O":
        tags[i + 1] = "M"


def _evident(found: Tokens, tags: list[str], i: int, before: str, after: str) -> bool:
    """Tag a run of letters, and what belongs to it, where what stands beside it tells all; return
    whether it does."""
    words, last = found.words, len(found) - 1
    word = words[i]
    if _between(words, i, last):
        tags[i - 1 : i + 2] = "MCM"
    elif _related(found, tags, i):
        tags[i] = "C"
        for beside in (i - 1, i + 1):
            if 0 <= beside <= last and tags[beside] == "O":
                joins = _operand(words[beside]) or (words[beside] == "{" and beside > i)
                tags[beside] = "M" if joins else "O"
    elif before == "{" and found.glued(i) and word in SWITCHES and words[i + 2 : i + 3] == ["}"]:
        tags[i - 1 : i + 3] = "MCMM"  # {\\bf Q}
    elif after == "{" and word in FUNCTIONS and found.glued(i + 1):
        tags[i : i + 2] = "CM"  # max{a, b}
    elif before == "{" and after == "}" and word in _UNWORDY and found.glued(i):
        tags[i - 1 : i + 2] = ["M", "M" if i > 1 and words[i - 2] in "^_" else "C", "M"]
    elif _proved(found, i, before, after) or (before == "^" and word in SYMBOLS):
        tags[i] = "C"
        if found.glued(i + 1) and tags[i + 1] == "O" and (word in MARKS or after[0].isdigit()):
            tags[i + 1] = "M"
    else:
        return False
    return True


def _between(words: list[str], i: int, last: int) -> bool:
    """Return whether an operator's name stands between what only a formula has: `(n+1) times
    (n+1)`, `K in {50, 100}`."""
    if not 0 < i < last - 1:
        return False
    before, after, following = words[i - 1], words[i + 1], words[i + 2]
    if words[i] == "times":
        return before == ")" and after == "("
    single = len(before) == 1 and before.isalpha() and before not in "aAI"
    return words[i] == "in" and single and after in "{[" and following[0].isdigit()


def _operand(word: str) -> bool:
    """Return whether a token is a number, a variable or a few of them, rather than a word."""
    if len(word) == 1 and word.isalpha():
        return word not in "aAI"
    return word[0].isdigit() or word in GREEK or (word.isupper() and len(word) < 4)


def _related(found: Tokens, tags: list[str], i: int) -> bool:
    """Return whether a run of letters is a relation, or a variable and one, by what it relates:
    `P ne NP`, `mge 2`, `Asubset R^d`, `kin{1,2}`."""
    words = found.words
    if i + 1 >= len(words):
        return False
    word, after = words[i], words[i + 1]
    if word in _SHORT_RELATIONS:
        if i == 0 or not _operand(words[i - 1]) or (len(words[i - 1]) > 1 and not found.glued(i)):
            return after[0].isdigit() and word in ("le", "ge") and not found.glued(i)
        return _operand(after)
    pieces = list(split(word) or ())
    if len(pieces) == 3 and len(pieces[2]) == 1 and len(pieces[1]) > 4 and word[0].isupper():
        after = pieces.pop()  # AsubsetR
    if len(pieces) != 2 or len(pieces[0]) > 1 or pieces[1] not in OPERATORS:
        return False
    if pieces[1] == "in":
        if after in "{[":
            return found.glued(i + 1)
        return tags[i + 1] != "O" and word[0].isupper() and after.isupper()
    if pieces[1] in _WORDY or (word[0] in _VOWELS and (len(word) == 3 or word.islower())):
        return False
    if _operand(after) or (after == "A" and word[0].isupper()):
        return True
    return tags[i + 1] != "O" and not after.isalpha()


def _proved(found: Tokens, i: int, before: str, after: str) -> bool:
    """Return whether what touches a run of letters shows that it holds a command: `2.4pm 0.8`,
    `380mus`, `4timesRTX`, `QWKapprox0.7`, `POtext{-}`."""
    word, words = found.words[i], found.words
    behind, ahead = found.glued(i), found.glued(i + 1)
    if before[0].isdigit():
        if word == "pm" and after[0].isdigit():
            return "." in before + after or (behind and ahead)
        if len(word) == 3 and word.startswith("mu"):
            return behind or "." in before
        if behind and len(word) > 5 and word.startswith("times"):
            return True
    if not ahead:
        return False
    if after[0].isdigit():
        if word in ("pm", "times"):
            return not behind
        following = words[i + 2][0] if found.glued(i + 2) else ""
        if word == "sim" and not behind:
            ranged = following == "-" and words[i + 3 : i + 4] and words[i + 3][0].isdigit()
            return following == "%" or bool(ranged)
        name = "approx" if word.endswith("approx") else "sim"
        return word.endswith(name) and word.removesuffix(name).isupper()
    if word in MARKS:
        return after[0].isalpha() and not after.isascii()
    name = (split(word) or ("",))[-1] if after == "{" else ""
    letters = word.removesuffix(name)
    return name in ARGUMENTS and (letters.isupper() or 0 < len(letters) < 3)


def _multiplied(word: str, tag: str, known: frozenset[str]) -> str:
    """Return the tag of a run of letters with `times` inside: two words of the text have a sign
    between them, `modeltimesbenchmark`; others are words, `multitimescale`."""
    first, *others = word.split("times")
    if any(len(other) > 3 and other in known for other in others):
        return "C"
    worded = first.islower() and others[-1].islower() and min(map(len, (first, others[-1]))) > 2
    return "O" if worded and not {first, others[-1]} & NAMES else tag


def _ranges(found: Tokens, tags: list[str], i: int) -> bool:
    """Return whether the `to` at `i` is the word: from n to n + 1."""
    start = i - 1
    while start > max(0, i - _FAR) and tags[start] != "O":
        start -= 1
    return start >= 0 and found.words[start] == "from" and tags[start] == "O"


def _prosaic(found: Tokens, i: int, tag: str, apart: bool, after: str) -> bool:
    """Return whether a run of letters is no command, whatever its tag."""
    word = found.words[i]
    if word in TEXT_FONTS:
        return after != "{"
    return tag == "C" and (_named(found, i) or (apart and _wordlike(word, after)))


def _wordlike(word: str, after: str) -> bool:
    """Return whether a run of letters that falls into names and letters is rather a word: `cost`,
    `Beta`, `pix`, but not `nlog`, `xin`, `alphax`."""
    pieces = split(word) or ()
    if len(pieces) < 2 or certain(word) or not word[1:].islower():
        return False
    if any(piece == "times" or (len(piece) > 3 and piece in GREEK) for piece in pieces):
        return False
    joined = len(pieces) == 2 and len(pieces[0]) == 1 and pieces[1] in _APPLIED
    return not (joined and (after[0].isdigit() or (len(after) == 1 and after not in ",.;:aAI")))


def _named(found: Tokens, i: int) -> bool:
    """Return whether what reads as a command is part of a name: `sim2real`, `top1`, `sem_sim`,
    `DeltaNet`."""
    words = found.words
    pieces = split(words[i]) or ("",)
    if pieces[0] in GREEK and words[i][0].isupper() and words[i][len(pieces[0]) + 1 :].islower():
        return True
    numbered = found.glued(i + 1) and words[i + 1][0].isdigit()
    if words[i] == "top":
        return numbered and (i == 0 or words[i - 1] != "^")
    if words[i] != "sim":
        return False
    spelled = (
        numbered and found.glued(i + 2) and words[i + 2][1:].islower() and words[i + 2] != "times"
    )
    return spelled or (found.glued(i) and words[i - 1] in "_-")


def _tightened(found: Tokens, i: int) -> bool:
    """Return whether an operator stands between the sign at `i` and its like, without spaces."""
    words = found.words
    if i + 3 >= len(words) or words[i + 2] != "!" or not all(map(found.glued, range(i, i + 4))):
        return False
    return (words[i + 1] in "-+=<>/*|" or words[i + 1] in OPERATORS) and words[i + 3] not in NEVER


def _mend_sign(found: Tokens, tags: list[str], i: int, last: int) -> None:
    """Mend the tag of a single letter or sign."""
    words = found.words
    word, glued = words[i], found.glued(i)
    percent = word == "," and glued and found.glued(i + 1) and words[i + 1] == "%"
    if percent and words[i - 1][0].isdigit():  # 35\,\%
        tags[i - 1 : i + 2] = "MCM"
    elif word == "!" and glued and _tightened(found, i):  # 0.31\\!-\\!0.47
        ends = [tags[k] if tags[k] != "O" else "M" for k in (i - 1, i + 3)]
        sign = "C" if len(words[i + 1]) > 1 else "M"
        tags[i - 1 : i + 4] = [ends[0], "C", sign, "C", ends[1]]
    elif word in ",;" and glued and found.glued(i + 1) and _spaced(words, tags, i):
        tags[i] = "C"
    elif word == "," and tags[i] == "C" and words[i + 1 : i + 2] == ["-"]:
        tags[i] = "M"
    elif word in ",!" and tags[i] == "C":
        beside = [words[k] for k in (i - 1, i + 1) if 0 <= k <= last]
        if not any(w[0].isdigit() or (len(w) > 1 and split(w)) or w in "{}()" for w in beside):
            tags[i] = "M"
    elif tags[i] == "O" and word in "^_" and glued and words[i - 1] not in NEVER:
        if word == "^" and found.glued(i + 1) and words[i + 1] in SYMBOLS:
            tags[i] = "M"
    elif word in "^_" and tags[i] != "O":
        if i == last or not found.glued(i + 1) or {words[i + 1], words[i - 1]} & NEVER:
            tags[i] = "O"
        else:
            tags[i + 1] = "M" if tags[i + 1] == "O" else tags[i + 1]
            if word == "^" and glued and tags[i - 1] == "O" and words[i - 1][0].isdigit():
                tags[i - 1] = "M"
    elif word == "{" and glued and tags[i] == "O" and i + 1 < last and _opens(words, i):
        tags[i - 1 : i + 1] = "MM"
    elif word == "{" and tags[i] != "O" and glued and tags[i - 1] == "O":
        tags[i - 1] = "M" if words[i - 1].isalnum() else "O"


def _opens(words: list[str], i: int) -> bool:
    """Return whether the brace at `i` is a formula's by what it touches: `1{n}`, `{{0,1}}`."""
    before, inside = words[i - 1], words[i + 1]
    if before == "{":
        return inside[0].isdigit()
    return before[0].isdigit() and inside[0].isalpha() and inside not in SWITCHES


def _spaced(words: list[str], tags: list[str], i: int) -> bool:
    """Return whether the sign at `i` is what a space in a formula leaves: `X,|,Y`, `m;ge;n`."""
    before, after = words[i - 1], words[i + 1]
    for sign, beyond in ((after, words[i + 2 : i + 3]), (before, words[max(0, i - 2) : i - 1])):
        if sign in ("|", "Vert", "mid", *_SHORT_RELATIONS) and beyond == [words[i]]:
            return True
    return tags[i] != "O" and before == "," and (after[0].isalnum() or after in "\\{(|")


def _fence(found: Tokens, tags: list[str]) -> None:
    """Tag the words that begin or end with the name of a delimiter whose partner stands there, too:
    `langlequery, answerrangle`."""
    for left, right in PARTNERS.items():
        if left in found.text and right in found.text:
            opened = [i for i, word in enumerate(found.words) if word.startswith(left)]
            closed = [i for i, word in enumerate(found.words) if word.endswith(right)]
            if opened and closed and opened[0] <= closed[-1]:
                for i in (*opened, *closed):
                    tags[i] = "C"
                for i, end in zip(opened, closed, strict=False):
                    if 0 < end - i < _FAR and all(len(w) == 1 for w in found.words[i + 1 : end]):
                        tags[i + 1 : end] = [t if t != "O" else "M" for t in tags[i + 1 : end]]


def _size(found: Tokens, tags: list[str]) -> None:
    """Tag `left(` and `right)`, also where letters stand before them: `Oleft(nright)`."""
    words = found.words
    for i in range(len(words) - 1):
        if words[i].endswith("left") and words[i + 1] in "([{|" and found.glued(i + 1):
            end = next(
                (k for k in range(i, min(i + _FAR, len(words))) if words[k].endswith("right")), i
            )
            if end > i and words[end + 1 : end + 2] and words[end + 1] in ")]}|":
                tags[i] = tags[end] = "C"
                for k in range(i + 1, end + 2):
                    tags[k] = "M" if tags[k] == "O" and words[k] not in NEVER else tags[k]


def _close(words: list[str], tags: list[str], opening: str, closing: str) -> None:
    """Take a bracket into the formula that its partner is in, or out of it."""
    stack: list[int] = []
    for i, word in enumerate(words):
        if word == opening:
            stack.append(i)
        elif word == closing and stack:
            start = stack.pop()
            inside = tags[start] != "O"
            within = tags[start + 1 : i]
            if opening == "{" and inside and start and words[start - 1] in "^_":
                tags[start] = "M"
                tags[i] = "M" if tags[i] == "C" else tags[i]
            if inside == (tags[i] != "O"):
                if not inside and opening == "{" and within and "O" not in within:
                    tags[start] = tags[i] = "M"
                continue
            if inside and opening == "{":
                if i - start < _FAR and not NEVER.intersection(words[start:i]):
                    tags[start : i + 1] = [t if t != "O" else "M" for t in tags[start : i + 1]]
            elif inside and tags[i - 1] != "O":
                tags[i] = "M"
            elif not inside and within and "O" not in within:
                tags[start] = "M"
            elif not inside and opening == "{":
                tags[i] = "O"
