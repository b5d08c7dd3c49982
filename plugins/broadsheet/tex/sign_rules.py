"""What single signs are by what they touch: spaces of a formula, scripts, braces."""

from __future__ import annotations

from .commands import GREEK, OPERATORS, SWITCHES, SYMBOLS
from .evidence import SHORT_RELATIONS
from .place import NEVER, Rules, TokenPlace, follow, tagging
from .tokens import split

_NEAR = 24  # tokens: how far a fraction's half reaches
_SETS = frozenset("=<>,|:") | {"leq", "geq", "neq", "in", "le", "ge", "dots", "ldots"}


def mend_sign(place: TokenPlace) -> None:
    """Mend the tag of a single letter or sign, and of what belongs to it."""
    rules = _RULES.get(place.word)
    if rules:
        follow(rules, place)


def _before_percent(place: TokenPlace) -> bool:
    """`35\\,\\%`, which arrives as `35,%`."""
    return place.after == "%" and place.behind and place.ahead and place.before[0].isdigit()


def _tightens(place: TokenPlace) -> bool:
    """`0.31\\!-\\!0.47`: an operator between two like signs, without spaces."""
    words, i, glued = place.words, place.i, place.found.glued
    if i + 3 >= len(words) or words[i + 2] != "!" or not all(map(glued, range(i, i + 4))):
        return False
    return (words[i + 1] in "-+=<>/*|" or words[i + 1] in OPERATORS) and words[i + 3] not in NEVER


def _tighten(place: TokenPlace) -> None:
    tags, i = place.tags, place.i
    first, last = (tags[k] if tags[k] != "O" else "M" for k in (i - 1, i + 3))
    tags[i - 1 : i + 4] = [first, "C", "C" if len(place.after) > 1 else "M", "C", last]


def _spaces(place: TokenPlace) -> bool:
    """What a space in a formula leaves: `X,|,Y`, `m;ge;n`."""
    if not (place.behind and place.ahead):
        return False
    words, i, before, after = place.words, place.i, place.before, place.after
    if before == "}" and i > 2 and words[i - 3] == "{" and words[i - 2] in OPERATORS:
        return place.tags[i - 1] != "O"
    for sign, beyond in ((after, words[i + 2 : i + 3]), (before, words[max(0, i - 2) : i - 1])):
        if sign in ("|", "Vert", "mid", *SHORT_RELATIONS) and beyond == [place.word]:
            return True
    return place.tag != "O" and before == "," and (after[0].isalnum() or after in "\\{(|")


def _before_minus(place: TokenPlace) -> bool:
    return place.tag == "C" and place.after == "-"


def _separates(place: TokenPlace) -> bool:
    """What stands between the arguments of a function: `d(f(x),f(y))`."""
    if place.tag != "C" or place.before != ")" or not place.behind:
        return False
    depth = 0
    for word in reversed(place.words[max(0, place.i - _NEAR) : place.i]):
        depth += (word == "(") - (word == ")")
        if depth > 0:
            return True
    return False


def _among_letters(place: TokenPlace) -> bool:
    """A space's command beside nothing that a formula would space."""
    return place.tag == "C" and not any(_spaced(place.words[k]) for k in place.beside())


def _spaced(word: str) -> bool:
    """Return whether a token is what formulas have spaces around: numbers, commands, brackets."""
    return word[0].isdigit() or (len(word) > 1 and split(word) is not None) or word in "{}()"


def _raises_symbol(place: TokenPlace) -> bool:
    """`90^circ`."""
    return (
        place.tag == "O"
        and place.behind
        and place.before not in NEVER
        and place.ahead
        and place.after in SYMBOLS
    )


def _sets_nothing(place: TokenPlace) -> bool:
    """A script's sign with nothing to set behind it, or beside what stands in no formula."""
    if place.tag == "O":
        return False
    return not place.ahead or place.after in NEVER or place.before in NEVER


def _in_formula(place: TokenPlace) -> bool:
    return place.tag != "O"


def _take_script(place: TokenPlace) -> None:
    """Take the script, and the number it stands at, into the formula."""
    tags, i = place.tags, place.i
    if tags[i + 1] == "O":
        tags[i + 1] = "M"
    if place.word == "^" and place.behind and tags[i - 1] == "O" and place.before[0].isdigit():
        tags[i - 1] = "M"


def _opens_formula(place: TokenPlace) -> bool:
    """A brace that is a formula's by what it touches: `1{n}`, `{{0,1}}`."""
    if place.tag != "O" or not place.behind or place.i + 2 >= len(place.words):
        return False
    before, inside = place.before, place.after
    if before == "{":
        return inside[0].isdigit()
    return before[0].isdigit() and inside[0].isalpha() and inside not in SWITCHES


def _halves(place: TokenPlace) -> bool:
    """The second half of a fraction: `1{H_n}`, taken for a set, which would relate or list."""
    if place.tag == "O" or not place.behind or not place.before[0].isdigit():
        return False
    end = _closing(place.i, place.words)
    if "C" not in (place.tag, place.tags[end]):
        return False
    return end > place.i + 1 and _SETS.isdisjoint(place.words[place.i : end])


def _halve(place: TokenPlace) -> None:
    end = _closing(place.i, place.words)
    place.tags[place.i] = place.tags[end] = "M"
    if place.tags[place.i - 1] == "O":
        place.tags[place.i - 1] = "M"


def _closing(start: int, words: list[str]) -> int:
    """Return the brace that closes the one at `start`, or 0 if none near does."""
    depth = 0
    for k in range(start, min(start + _NEAR, len(words))):
        depth += (words[k] == "{") - (words[k] == "}")
        if depth == 0:
            return k
    return 0


def _around_set(place: TokenPlace) -> bool:
    """The braces of a group around a set's: `{{0,1}}`."""
    if place.tag == "O" or place.after != "{" or not place.ahead:
        return False
    end = _closing(place.i, place.words)
    inner = _closing(place.i + 1, place.words)
    return end > 0 and inner == end - 1 and place.found.glued(end) and not place.behind


def _group_set(place: TokenPlace) -> None:
    end = _closing(place.i, place.words)
    place.tags[place.i : place.i + 2] = ["M", "C"]
    place.tags[end - 1 : end + 1] = ["C", "M"]


def _before_unit(place: TokenPlace) -> bool:
    """`100\\,Hz` after a formula's beginning, which arrives as `100,Hz`."""
    if not (place.behind and place.ahead) or not place.before[0].isdigit():
        return False
    if place.tags[place.i - 1] == "O":
        return False
    unit, i, words = place.after, place.i, place.words
    if unit.startswith("mu") and 2 < len(unit) < 5:
        return True
    if len(unit) == 1 and unit.isupper():  # 4.2,K and 1,M_odot
        solar = [*words[i + 2 : i + 4]] == ["_", "odot"]
        return solar or ("." in place.before and not place.found.glued(i + 2))
    named = 1 < len(unit) < 4 and unit.isalpha() and not unit.isupper() and split(unit) is None
    return named and len(place.before) > 1 and not place.found.glued(i + 2)


def _primes(place: TokenPlace) -> bool:
    """`psi'`: a prime at a letter's name, which no quotation opens."""
    if not place.behind or place.ahead or place.tags[place.i - 1] != "C":
        return False
    return place.before in GREEK and (place.i < 2 or place.words[place.i - 2] != "'")


def _touches_operand(place: TokenPlace) -> bool:
    if place.tag == "O" or not place.behind:
        return False
    return place.tags[place.i - 1] == "O" and place.before.isalnum()


def _indexes_group(place: TokenPlace) -> bool:
    """`SU(3)_ctimes`: an index of what stands in brackets, where a formula follows it."""
    if place.tag != "O" or not (place.behind and place.ahead) or place.before != ")":
        return False
    related = any(piece in OPERATORS for piece in split(place.after) or ())
    return related or place.tags[place.i + 1] != "O"


_SCRIPTS: Rules = (
    (_indexes_group, tagging("MM", -1)),
    (_sets_nothing, tagging("O")),
    (_in_formula, _take_script),
)
_RULES: dict[str, Rules] = {
    ",": (
        (_before_percent, tagging("MCM", -1)),
        (_before_unit, tagging("C")),
        (_spaces, tagging("C")),
        (_before_minus, tagging("M")),
        (_separates, tagging("M")),
        (_among_letters, tagging("M")),
    ),
    ";": ((_spaces, tagging("C")),),
    "!": ((_tightens, _tighten), (_among_letters, tagging("M"))),
    "^": ((_raises_symbol, tagging("M")), *_SCRIPTS),
    "_": _SCRIPTS,
    "'": ((_primes, tagging("M")),),
    "{": (
        (_halves, _halve),
        (_around_set, _group_set),
        (_opens_formula, tagging("MM", -1)),
        (_touches_operand, tagging("M", -1)),
    ),
}
