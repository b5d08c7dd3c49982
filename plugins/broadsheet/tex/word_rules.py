"""What runs of letters are by what stands beside them: commands, words, or a few variables."""

from __future__ import annotations

from .commands import (
    ARGUMENTS,
    BIG,
    FRACTIONS,
    FUNCTIONS,
    GREEK,
    MARKS,
    NAMES,
    OPERATORS,
    PREFIXED,
    PROSE,
    SPACES,
    SWITCHES,
    SYMBOLS,
    TEXT_FONTS,
)
from .evidence import (
    UNWORDY,
    between,
    decays,
    domain,
    indexed_letter,
    listed,
    operand,
    proved,
    related,
)
from .place import NEVER, Rules, TokenPlace, follow, tagging
from .tokens import certain, split

_APPLIED = OPERATORS | FUNCTIONS
_NEAR = 12  # tokens: how far the brackets beside an operator reach
_VOWELS = frozenset("aeiou")


def mend_word(place: TokenPlace) -> None:
    """Mend the tag of a run of letters, and of what belongs to it."""
    follow(_RULES, place)


def _multiplies_number(place: TokenPlace) -> bool:
    return place.word == "times" and place.before[0].isdigit()


def _multiply(place: TokenPlace) -> None:
    single = len(place.after) == 1 and place.after.isalpha() and place.after not in "aAI"
    if place.after[0].isdigit() or place.behind or single:
        place.tags[place.i] = "C"
    if single:
        place.tags[place.i - 1] = place.tags[place.i + 1] = "M"


def _relate(place: TokenPlace) -> None:
    """Tag a relation, and the operands beside it."""
    place.tags[place.i] = "C"
    for k in place.beside():
        if place.tags[k] == "O" and (
            operand(place.words[k]) or (k > place.i and place.after == "{")
        ):
            place.tags[k] = "M"


def _switches_braced(place: TokenPlace) -> bool:
    """`{\\bf Q}`."""
    if place.before != "{" or place.word not in SWITCHES or not place.behind:
        return False
    return place.words[place.i + 2 : place.i + 3] == ["}"]


def _applied_to_set(place: TokenPlace) -> bool:
    """`max{a, b}`."""
    return place.after == "{" and place.word in FUNCTIONS and place.ahead


def _indexed(place: TokenPlace) -> bool:
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


def _half_fraction(place: TokenPlace) -> bool:
    """`frac{a}`, whose command is still named."""
    return place.word in FRACTIONS and place.after == "{" and place.ahead


def _related_letter(place: TokenPlace) -> bool:
    """A letter's name beside an operator: `Omegatimes Omega`, `Delta in R_3`."""
    if place.tag != "O" or place.word not in GREEK or place.behind or place.ahead:
        return False
    tags, i = place.tags, place.i
    if i and tags[i - 1] == "C" and (split(place.before) or ("",))[-1] in OPERATORS:
        return True
    return place.after in OPERATORS and tags[i + 1] == "C"


def _maps(place: TokenPlace) -> bool:
    """`f : R^n to R`, `Tcolon HtoH`."""
    return "to" in place.word and domain(place) >= 0


def _relate_sets(place: TokenPlace) -> None:
    """Tag a map's arrow, and what stands between it and the map's name."""
    tags, words, start, i = place.tags, place.words, domain(place), place.i
    tags[i] = "C"
    if place.word == "to" and tags[i + 1] == "O":
        tags[i + 1] = "M"
    for k in range(start, i):
        if words[k] in GREEK or words[k].endswith("colon"):
            tags[k] = "C"
        elif tags[k] == "O":
            tags[k] = "M"


def _few(words: list[str]) -> bool:
    """Return whether tokens are numbers, variables, signs and operators."""
    return all(len(word) < 4 or word[0].isdigit() or word in NAMES for word in words)


def _takes_values(place: TokenPlace) -> bool:
    """`phi in [0, 2pi)`."""
    words, i = place.words, place.i
    return place.word == "in" and between(place) and words[i + 1] in "[{"


def _take_values(place: TokenPlace) -> None:
    """Tag a variable and the set or interval that it is in."""
    tags, words, i = place.tags, place.words, place.i
    end = next((k for k in range(i + 2, min(i + _NEAR, len(words))) if words[k] in "])}"), i + 1)
    if not _few(words[i + 2 : end]) or not NEVER.isdisjoint(words[i + 2 : end]):
        end = i + 1
    for k in range(i - 1, end + 1):
        if words[k] in GREEK or k == i:
            tags[k] = "C"
        elif tags[k] == "O":
            tags[k] = "M"


def _list_dots(place: TokenPlace) -> None:
    """Tag the dots of a list, and the signs beside them."""
    tags, i = place.tags, place.i
    tags[i - 1 : i + 2] = [tags[i - 1] if tags[i - 1] != "O" else "M", "C", "M"]
    if place.after in OPERATORS:
        tags[i + 1] = "C"


def _binds(place: TokenPlace) -> bool:
    """`forall x`."""
    return place.word == "forall" and len(place.after) == 1 and place.after.isalpha()


def _reduces(place: TokenPlace) -> bool:
    """`3 pmod q`, `1 pmod 4`."""
    return place.word == "pmod" and place.i > 0 and place.after[0].isalnum() and not place.ahead


def _switches_face(place: TokenPlace) -> bool:
    """`rm SNR`, which was `{\\rm SNR}`: no word is spelled so."""
    return place.word == "rm" and place.apart and place.after[0].isupper()


def _label(place: TokenPlace) -> bool:
    """An index that is a word and falls into short names and letters: `A_{diff}`."""
    word, i, words = place.word, place.i, place.words
    if place.tag == "O" or i < 2 or place.before != "{" or place.after != "}":
        return False
    pieces = split(word) or ()
    short = all(len(piece) < 4 and piece not in GREEK for piece in pieces)
    return words[i - 2] in "^_" and word.islower() and len(word) > 3 and len(pieces) > 1 and short


def _adjective(place: TokenPlace) -> bool:
    """A sign's name that is a word of the sentence before a formula: a prime p, a sharp K^{-2}."""
    if place.tag != "C" or not place.apart or place.word not in PROSE:
        return False
    if place.word not in SPACES and (place.word not in SYMBOLS or place.word in PREFIXED):
        return False
    first = place.i == 0 or (place.tags[place.i - 1] == "O" and place.before[-1].isalpha())
    return first and place.after[0].isalpha()


def _conjunction(place: TokenPlace) -> bool:
    """A word of two letters between formulas, which no operator joins to them: `x_1 on R`."""
    word = place.word
    if place.tag != "M" or len(word) != 2 or not word.islower() or _VOWELS.isdisjoint(word):
        return False
    if word in NAMES or place.behind or place.ahead:
        return False
    return all(word[-1].isalnum() or word in ")]}" for word in (place.before, place.after))


def _operator_braced(place: TokenPlace) -> bool:
    """`^{times}`, `{leq}`."""
    braced = place.before == "{" and place.after == "}"
    return braced and place.word in UNWORDY and place.behind


def _tag_braced(place: TokenPlace) -> None:
    """Tag an operator between braces, which is a command unless it is an index."""
    indexed = place.i > 1 and place.words[place.i - 2] in "^_"
    place.tags[place.i - 1 : place.i + 2] = ["M", "M" if indexed else "C", "M"]


def _command(place: TokenPlace) -> bool:
    """What touches it proves it; or a symbol is an exponent: `90^circ`."""
    raised = split(place.word) or () if place.before == "^" else ()
    degrees = len(raised) == 2 and raised[0] == "circ" and raised[1].isupper()
    return proved(place) or degrees or (place.before == "^" and place.word in SYMBOLS)


def _tag_command(place: TokenPlace) -> None:
    """Tag a command, and what it applies to or measures."""
    tags, i = place.tags, place.i
    tags[i] = "C"
    if place.ahead and tags[i + 1] == "O" and (place.word in MARKS or place.after[0].isdigit()):
        tags[i + 1] = "M"


def _prosaic(place: TokenPlace) -> bool:
    """A font's name without its argument; what is tagged as a command, but named or a word."""
    if place.word in TEXT_FONTS:
        return place.after != "{"
    if place.tag != "C":
        return False
    return _named(place) or (place.apart and _wordlike(place.word, place.after))


def _named(place: TokenPlace) -> bool:
    """Return whether what reads as a command is part of a name: `sim2real`, `top1`, `sem_sim`,
    `DeltaNet`."""
    word, words, i, glued = place.word, place.words, place.i, place.found.glued
    first = (split(word) or ("",))[0]
    if first in GREEK and word[0].isupper() and word[len(first) + 1 :].islower():
        return word[len(first) :] not in OPERATORS
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


def _afternoon(place: TokenPlace) -> bool:
    """`5 pm`."""
    return place.word == "pm" and not (place.after[0].isalnum() or place.after in "(\\}")


def _starts_formula(place: TokenPlace) -> bool:
    """A function's name with no formula before it: the log of a run, or of n."""
    if place.word not in FUNCTIONS or place.before in "^_":
        return False
    return place.i == 0 or place.tags[place.i - 1] == "O"


def _leave_alone(place: TokenPlace) -> None:
    """Take a function's name that no formula follows, either, for a word."""
    if place.after == " " or place.tags[place.i + 1] == "O":
        place.tags[place.i] = "O"


def _missed(place: TokenPlace) -> bool:
    return place.tag == "O" and certain(place.word)


def _tag_missed(place: TokenPlace) -> None:
    place.tags[place.i] = "C" if place.word not in ARGUMENTS or place.after == "{" else "O"


def _plain(place: TokenPlace) -> bool:
    """A word in small letters by itself, tagged as variables."""
    word = place.word
    small = place.tag == "M" and len(word) > 2 and word[1:].islower()
    return small and word not in FUNCTIONS and place.apart


def _tag_plain(place: TokenPlace) -> None:
    place.tags[place.i] = "C" if place.word in GREEK else "O"


def _lacks_argument(place: TokenPlace) -> bool:
    """A command whose argument's brace was taken for prose."""
    if place.tag != "C" or place.after != "{" or place.word not in ARGUMENTS:
        return False
    return place.tags[place.i + 1] == "O"


_RULES: Rules = (
    (_label, tagging("M")),
    (_multiplies_number, _multiply),
    (_takes_values, _take_values),
    (between, tagging("MCM", -1)),
    (decays, tagging("MCC", -1)),
    (_maps, _relate_sets),
    (listed, _list_dots),
    (_binds, tagging("CM")),
    (_reduces, tagging("CM")),
    (_switches_face, tagging("CM")),
    (_adjective, tagging("O")),
    (indexed_letter, tagging("CM")),
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
    (_related_letter, tagging("C")),
    (_missed, _tag_missed),
    (_plain, _tag_plain),
    (_conjunction, tagging("O")),
    (_lacks_argument, tagging("M", 1)),
)
