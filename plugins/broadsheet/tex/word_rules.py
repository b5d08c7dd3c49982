"""What runs of letters are by what stands beside them: commands, words, or a few variables."""

from __future__ import annotations

from .commands import (
    ARGUMENTS,
    BIG,
    FRACTIONS,
    FUNCTIONS,
    GREEK,
    MARKS,
    OPERATORS,
    SWITCHES,
    SYMBOLS,
    TEXT_FONTS,
)
from .evidence import UNWORDY, between, operand, proved, related
from .place import Place, Rules, follow, tagging
from .tokens import certain, split

_APPLIED = OPERATORS | FUNCTIONS


def mend_word(place: Place) -> None:
    """Mend the tag of a run of letters, and of what belongs to it."""
    follow(_RULES, place)


def _multiplies_number(place: Place) -> bool:
    return place.word == "times" and place.before[0].isdigit()


def _multiply(place: Place) -> None:
    if place.after[0].isdigit() or place.behind:
        place.tags[place.i] = "C"


def _relate(place: Place) -> None:
    """Tag a relation, and the operands beside it."""
    place.tags[place.i] = "C"
    for k in place.beside():
        if place.tags[k] == "O" and (
            operand(place.words[k]) or (k > place.i and place.after == "{")
        ):
            place.tags[k] = "M"


def _switches_braced(place: Place) -> bool:
    """`{\\bf Q}`."""
    if place.before != "{" or place.word not in SWITCHES or not place.behind:
        return False
    return place.words[place.i + 2 : place.i + 3] == ["}"]


def _applied_to_set(place: Place) -> bool:
    """`max{a, b}`."""
    return place.after == "{" and place.word in FUNCTIONS and place.ahead


def _indexed(place: Place) -> bool:
    """`argmax_{a}`, `lim_n`, `int_0^1`; not `max_len`, or `int_8`."""
    if place.after != "_" or not place.ahead or not place.found.glued(place.i + 2):
        return False
    pieces = split(place.word) or ()
    if not pieces or not all(piece in FUNCTIONS or piece in BIG for piece in pieces):
        return False
    index, after = [*place.words[place.i + 2 : place.i + 4], " ", " "][:2]
    if index[0].isdigit():
        return place.word != "int" or after == "^"
    return index == "{" or (len(index) == 1 and index.isalpha() and after not in "_-")


def _half_fraction(place: Place) -> bool:
    """`frac{a}`, whose command is still named."""
    return place.word in FRACTIONS and place.after == "{" and place.ahead


def _operator_braced(place: Place) -> bool:
    """`^{times}`, `{leq}`."""
    braced = place.before == "{" and place.after == "}"
    return braced and place.word in UNWORDY and place.behind


def _tag_braced(place: Place) -> None:
    """Tag an operator between braces, which is a command unless it is an index."""
    indexed = place.i > 1 and place.words[place.i - 2] in "^_"
    place.tags[place.i - 1 : place.i + 2] = ["M", "M" if indexed else "C", "M"]


def _command(place: Place) -> bool:
    """What touches it proves it; or a symbol is an exponent: `90^circ`."""
    return proved(place) or (place.before == "^" and place.word in SYMBOLS)


def _tag_command(place: Place) -> None:
    """Tag a command, and what it applies to or measures."""
    tags, i = place.tags, place.i
    tags[i] = "C"
    if place.ahead and tags[i + 1] == "O" and (place.word in MARKS or place.after[0].isdigit()):
        tags[i + 1] = "M"


def _prosaic(place: Place) -> bool:
    """A font's name without its argument; what is tagged as a command, but named or a word."""
    if place.word in TEXT_FONTS:
        return place.after != "{"
    if place.tag != "C":
        return False
    return _named(place) or (place.apart and _wordlike(place.word, place.after))


def _named(place: Place) -> bool:
    """Return whether what reads as a command is part of a name: `sim2real`, `top1`, `sem_sim`,
    `DeltaNet`."""
    word, words, i, glued = place.word, place.words, place.i, place.found.glued
    first = (split(word) or ("",))[0]
    if first in GREEK and word[0].isupper() and word[len(first) + 1 :].islower():
        return True
    if word == "top":
        return place.ahead and place.after[0].isdigit() and place.before != "^"
    if word != "sim":
        return False
    if place.behind and place.before in "_-":
        return True
    numbered = place.ahead and place.after[0].isdigit() and glued(i + 2)
    return numbered and words[i + 2][1:].islower() and words[i + 2] != "times"


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


def _afternoon(place: Place) -> bool:
    """`5 pm`."""
    return place.word == "pm" and not (place.after[0].isalnum() or place.after in "(\\}")


def _starts_formula(place: Place) -> bool:
    """A function's name with no formula before it: the log of a run, or of n."""
    if place.word not in FUNCTIONS or place.before in "^_":
        return False
    return place.i == 0 or place.tags[place.i - 1] == "O"


def _leave_alone(place: Place) -> None:
    """Take a function's name that no formula follows, either, for a word."""
    if place.after == " " or place.tags[place.i + 1] == "O":
        place.tags[place.i] = "O"


def _missed(place: Place) -> bool:
    return place.tag == "O" and certain(place.word)


def _tag_missed(place: Place) -> None:
    place.tags[place.i] = "C" if place.word not in ARGUMENTS or place.after == "{" else "O"


def _plain(place: Place) -> bool:
    """A word in small letters by itself, tagged as variables."""
    word = place.word
    small = place.tag == "M" and len(word) > 2 and word[1:].islower()
    return small and word not in FUNCTIONS and place.apart


def _tag_plain(place: Place) -> None:
    place.tags[place.i] = "C" if place.word in GREEK else "O"


def _lacks_argument(place: Place) -> bool:
    """A command whose argument's brace was taken for prose."""
    if place.tag != "C" or place.after != "{" or place.word not in ARGUMENTS:
        return False
    return place.tags[place.i + 1] == "O"


_RULES: Rules = (
    (_multiplies_number, _multiply),
    (between, tagging("MCM", -1)),
    (related, _relate),
    (_indexed, tagging("CM")),
    (_half_fraction, tagging("CM")),
    (_switches_braced, tagging("MCMM", -1)),
    (_applied_to_set, tagging("CM")),
    (_operator_braced, _tag_braced),
    (_command, _tag_command),
    (_prosaic, tagging("O")),
    (_afternoon, tagging("O")),
    (_starts_formula, _leave_alone),
    (_missed, _tag_missed),
    (_plain, _tag_plain),
    (_lacks_argument, tagging("M", 1)),
)
