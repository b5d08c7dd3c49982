"""What shows that a run of letters is a command of TeX: what it relates, and what it touches."""

from __future__ import annotations

from .commands import ARGUMENTS, BINARY, GREEK, MARKS, NAMES, OPERATORS, PREFIXED, PROSE
from .place import TokenPlace
from .tokens import split

SHORT_RELATIONS = frozenset({"le", "ge", "ne", "ll", "gg"})
_VOWELS = "aeiouyAIO"
_DOMAIN = 12  # tokens that a map's domain has at most
# which make words with one letter before them: bin, into, alt, gland, bpm
_WORDY = frozenset({"in", "to", "ni", "lt", "gt", "land", "lor", "pm"})
UNWORDY = OPERATORS - _WORDY


def operand(word: str) -> bool:
    """Return whether a token is a number, a variable or a few of them, rather than a word."""
    if len(word) == 1 and word.isalpha():
        return word not in "aAI"
    return word[0].isdigit() or word in GREEK or (word.isupper() and len(word) < 4)


def between(place: TokenPlace) -> bool:
    """Return whether an operator's name stands between what only a formula has: `(n+1) times
    (n+1)`, `K in {50, 100}`."""
    word, before, after = place.word, place.before, place.after
    if not 0 < place.i < len(place.words) - 2:
        return False
    following = place.words[place.i + 2]
    if word == "in":
        return (_variable(before) and (after in "{[" and following[0].isdigit())) or (
            _letter(before) and _scripted(place, place.i + 1)
        )
    if word not in BINARY or word not in PROSE or place.behind:
        return False
    if word == "times" and before == ")":
        return after == "(" or (after.isupper() and following == "(")
    if word == "times" and before[0].isdigit():
        return _variable(after)
    return _letter(before) and _letter(after) and (before + after).lower() != before + after


def _variable(word: str) -> bool:
    """Return whether a token is a variable: a letter that is no word, or a Greek one."""
    return (_letter(word) and word not in "aAI") or word in GREEK


def _letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _scripted(place: TokenPlace, i: int) -> bool:
    """Return whether token `i` is a capital with an index or exponent: `R^d`."""
    words = place.words
    capital = len(words[i]) == 1 and words[i].isupper()
    return capital and words[i + 1] in "^_" and place.found.glued(i + 1)


def indexed_letter(place: TokenPlace) -> bool:
    """Return whether a letter's name has an index or exponent of one sign, or of a group: `chi^2`,
    `beta_1`; not `beta_mode`, `sem_beta_1`."""
    if place.word not in GREEK and place.word not in PREFIXED:
        return False
    if (
        not place.ahead
        or place.after not in ("^", "_")
        or (place.behind and place.before in "_-./*")
    ):
        return False
    words, i, glued = place.words, place.i, place.found.glued
    index, beyond = [*words[i + 2 : i + 4], " ", " "][:2]
    if not glued(i + 2):
        return False
    if index == "{":
        return beyond != "}"
    if place.after == "^" and index in "*+-":
        return not (glued(i + 3) and beyond.isalpha())
    if index[0].isdigit():
        return True
    single = _letter(index) or index in GREEK
    return single and not (glued(i + 3) and (beyond[0].isalnum() or beyond in "_-"))


def domain(place: TokenPlace) -> int:
    """Return where the map is named whose domain and range stand around `to`, or around the `to` in
    a run: `f : R^n to R`, `Tcolon HtoH`; -1 where there is none."""
    words, tags, i = place.words, place.tags, place.i
    if place.word == "to":
        if not _letter(place.after) and (i + 1 == len(tags) or tags[i + 1] == "O"):
            return -1
    elif not (len(place.word) == 4 and place.word[1:3] == "to" and place.word[::3].isupper()):
        return -1
    start = i - 1
    while start > max(0, i - _DOMAIN) and not _names_map(words[start]) and _of_domain(words[start]):
        start -= 1
    if start < 0 or (start == i - 1 and place.word == "to"):
        return -1
    if words[start] in (":", "colon"):
        return start - 1 if start and _variable(words[start - 1]) else -1
    return start if _names_map(words[start]) else -1


def _names_map(word: str) -> bool:
    """Return whether a token is or ends with a map's colon: `varphicolon`."""
    pieces = (split(word) or ()) if word.endswith("colon") else ()
    return word == ":" or (len(pieces) < 3 and pieces[-1:] == ("colon",))


def _of_domain(word: str) -> bool:
    """Return whether a token is no word of a sentence."""
    return not word[0].isalpha() or not word[1:].islower() or word in NAMES


def listed(place: TokenPlace) -> bool:
    """Return whether dots stand for what a formula lists or relates: `x_1, dots, x_n`,
    `a geq dots geq b`."""
    words, tags, i = place.words, place.tags, place.i
    if place.word != "dots" or not 1 < i < len(words) - 2:
        return False
    if place.before == place.after == ",":
        return tags[i - 2] != "O" or tags[i + 2] != "O"
    return place.before == place.after and (place.before in "<>=+" or place.before in OPERATORS)


def related(place: TokenPlace) -> bool:
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


def _compares(place: TokenPlace) -> bool:
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


def _contains(place: TokenPlace) -> bool:
    """Return whether `in` after a variable is the relation: `kin{1,2}`, `Xin R`."""
    if place.after in "{[":
        return place.ahead
    tagged = place.tags[place.i + 1] != "O"
    return tagged and place.word[0].isupper() and place.after.isupper()


def _worded(run: str, operator: str) -> bool:
    """Return whether a variable and an operator read as a word: `into`, `able`."""
    vowel = run[0] in _VOWELS and (len(run) == 3 or run.islower())
    return operator in _WORDY or vowel


def _second(place: TokenPlace, inside: str) -> bool:
    """Return whether an operator has its second operand: within its run, or behind it."""
    second = inside or place.after
    chained = split(second) or ()
    if (
        operand(second)
        or (len(chained) > 1 and len(chained[0]) == 1 and chained[1] in UNWORDY)
        or (second == "A" and place.word[0].isupper())
    ):
        return True
    return place.tags[place.i + 1] != "O" and not second.isalpha()


def proved(place: TokenPlace) -> bool:
    """Return whether what touches a run of letters shows that it holds a command: `2.4pm 0.8`,
    `380mus`, `4timesRTX`, `QWKapprox0.7`, `POtext{-}`."""
    if _measures(place):
        return True
    if place.before[0].isdigit() and (shown := _after_number(place)) is not None:
        return shown
    if not place.ahead:
        return False
    if place.after[0].isdigit():
        return _before_number(place)
    if place.word in MARKS:
        return place.after[0].isalpha() and not place.after.isascii()
    return place.after == "{" and _takes_argument(place.word)


def _measures(place: TokenPlace) -> bool:
    """Return whether a micro unit follows a number and a tie: `5~mug`, `10~mueV`."""
    if place.i < 2 or place.before != "~" or not place.behind:
        return False
    unit = place.word.removeprefix("mu")
    return place.words[place.i - 2][0].isdigit() and 0 < len(unit) < 3 and unit != place.word


def decays(place: TokenPlace) -> bool:
    """Return whether `to` stands between particles: `H to gammagamma`, `e^+e^- to mu^+mu^-`."""
    words, i = place.words, place.i
    if place.word != "to" or i + 1 >= len(words):
        return False
    pieces = split(place.after) or ()
    named = len(pieces) > 0 and all(piece in GREEK for piece in pieces)
    charged = i > 1 and words[i - 2] == "^" and place.before in ("+", "-", "0", "}")
    if charged:
        return named or _letter(place.after)
    single = _letter(place.before) and place.before.isupper() and place.before not in "AI"
    return single and len(pieces) > 1 and named


def _after_number(place: TokenPlace) -> bool | None:
    """Return whether what follows a number is its tolerance, its unit or its factor: `2.4pm 0.8`,
    `380mus`, `4timesRTX`; None of what is none of them."""
    word, before, after = place.word, place.before, place.after
    if word == "pm" and after[0].isdigit():
        return "." in before + after or (place.behind and place.ahead)
    if len(word) == 3 and word.startswith("mu"):
        return place.behind or "." in before
    return True if len(word) > 5 and word.startswith("times") and place.behind else None


def _before_number(place: TokenPlace) -> bool:
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
