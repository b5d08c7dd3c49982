"""What shows that a run of letters is a command of TeX: what it relates, and what it touches."""

from __future__ import annotations

from .commands import ARGUMENTS, GREEK, MARKS, OPERATORS
from .place import Place
from .tokens import split

SHORT_RELATIONS = frozenset({"le", "ge", "ne", "ll", "gg"})
_VOWELS = "aeiouyAIO"
# which make words with one letter before them: bin, into, alt, gland, bpm
_WORDY = frozenset({"in", "to", "ni", "lt", "gt", "land", "lor", "pm"})
UNWORDY = OPERATORS - _WORDY


def operand(word: str) -> bool:
    """Return whether a token is a number, a variable or a few of them, rather than a word."""
    if len(word) == 1 and word.isalpha():
        return word not in "aAI"
    return word[0].isdigit() or word in GREEK or (word.isupper() and len(word) < 4)


def between(place: Place) -> bool:
    """Return whether an operator's name stands between what only a formula has: `(n+1) times
    (n+1)`, `K in {50, 100}`."""
    word, before, after = place.word, place.before, place.after
    if word not in ("times", "in") or not 0 < place.i < len(place.words) - 2:
        return False
    if word == "times":
        return before == ")" and after == "("
    variable = len(before) == 1 and before.isalpha() and before not in "aAI"
    return variable and after in "{[" and place.words[place.i + 2][0].isdigit()


def related(place: Place) -> bool:
    """Return whether a run of letters is a relation, or a variable and one, by what it relates:
    `P ne NP`, `mge 2`, `Asubset R^d`, `kin{1,2}`."""
    if place.after == " ":
        return False
    if place.word in SHORT_RELATIONS:
        return _compares(place)
    operator, second = _relation(place.word)
    if operator == "in":
        return _contains(place)
    return operator != "" and not _worded(place.word, operator) and _second(place, second)


def _compares(place: Place) -> bool:
    """Return whether a relation's short name relates operands, or precedes a number: `le 5`."""
    before = place.before
    first = place.i > 0 and operand(before) and (len(before) == 1 or place.behind)
    if first:
        return operand(place.after)
    return place.after[0].isdigit() and place.word in ("le", "ge") and not place.behind


def _relation(run: str) -> tuple[str, str]:
    """Return (operator, second operand or "") of a run that is a variable, an operator and maybe
    another variable, `AsubsetR`; ("", "") of others."""
    pieces = split(run) or ()
    operator = pieces[1] if len(pieces) in (2, 3) and len(pieces[0]) == 1 else ""
    if operator not in OPERATORS or len(pieces) == 2:
        return (operator, "") if operator in OPERATORS else ("", "")
    tripled = len(pieces[2]) == 1 and len(operator) > 4 and run[0].isupper()
    return (operator, pieces[2]) if tripled else ("", "")


def _contains(place: Place) -> bool:
    """Return whether `in` after a variable is the relation: `kin{1,2}`, `Xin R`."""
    if place.after in "{[":
        return place.ahead
    tagged = place.tags[place.i + 1] != "O"
    return tagged and place.word[0].isupper() and place.after.isupper()


def _worded(run: str, operator: str) -> bool:
    """Return whether a variable and an operator read as a word: `into`, `able`."""
    vowel = run[0] in _VOWELS and (len(run) == 3 or run.islower())
    return operator in _WORDY or vowel


def _second(place: Place, inside: str) -> bool:
    """Return whether an operator has its second operand: within its run, or behind it."""
    second = inside or place.after
    if operand(second) or (second == "A" and place.word[0].isupper()):
        return True
    return place.tags[place.i + 1] != "O" and not second.isalpha()


def proved(place: Place) -> bool:
    """Return whether what touches a run of letters shows that it holds a command: `2.4pm 0.8`,
    `380mus`, `4timesRTX`, `QWKapprox0.7`, `POtext{-}`."""
    if place.before[0].isdigit() and (shown := _after_number(place)) is not None:
        return shown
    if not place.ahead:
        return False
    if place.after[0].isdigit():
        return _before_number(place)
    if place.word in MARKS:
        return place.after[0].isalpha() and not place.after.isascii()
    return place.after == "{" and _takes_argument(place.word)


def _after_number(place: Place) -> bool | None:
    """Return whether what follows a number is its tolerance, its unit or its factor: `2.4pm 0.8`,
    `380mus`, `4timesRTX`; None of what is none of them."""
    word, before, after = place.word, place.before, place.after
    if word == "pm" and after[0].isdigit():
        return "." in before + after or (place.behind and place.ahead)
    if len(word) == 3 and word.startswith("mu"):
        return place.behind or "." in before
    return True if len(word) > 5 and word.startswith("times") and place.behind else None


def _before_number(place: Place) -> bool:
    """Return whether what a number follows says how much: `pm2`, `sim5%`, `sim3-5`,
    `QWKapprox0.7`."""
    word, words, i = place.word, place.words, place.i
    if word in ("pm", "times"):
        return not place.behind
    if word == "sim" and not place.behind:
        following = words[i + 2][0] if place.found.glued(i + 2) else ""
        ranged = following == "-" and i + 3 < len(words) and words[i + 3][0].isdigit()
        return following == "%" or ranged
    name = "approx" if word.endswith("approx") else "sim"
    return word.endswith(name) and word.removesuffix(name).isupper()


def _takes_argument(run: str) -> bool:
    """Return whether a run that a brace follows ends with a command that takes an argument, with
    few letters before it: `POtext{-}`."""
    name = (split(run) or ("",))[-1]
    letters = run.removesuffix(name)
    return name in ARGUMENTS and (letters.isupper() or 0 < len(letters) < 3)
