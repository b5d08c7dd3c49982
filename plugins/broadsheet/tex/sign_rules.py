"""What single signs are by what they touch: spaces of a formula, scripts, braces."""

from __future__ import annotations

from .commands import OPERATORS, SWITCHES, SYMBOLS
from .evidence import SHORT_RELATIONS
from .place import NEVER, Place, Rules, follow, tagging
from .tokens import split


def mend_sign(place: Place) -> None:
    """Mend the tag of a single letter or sign, and of what belongs to it."""
    rules = _RULES.get(place.word)
    if rules:
        follow(rules, place)


def _before_percent(place: Place) -> bool:
    """`35\\,\\%`, which arrives as `35,%`."""
    return place.after == "%" and place.behind and place.ahead and place.before[0].isdigit()


def _tightens(place: Place) -> bool:
    """`0.31\\!-\\!0.47`: an operator between two like signs, without spaces."""
    words, i, glued = place.words, place.i, place.found.glued
    if i + 3 >= len(words) or words[i + 2] != "!" or not all(map(glued, range(i, i + 4))):
        return False
    return (words[i + 1] in "-+=<>/*|" or words[i + 1] in OPERATORS) and words[i + 3] not in NEVER


def _tighten(place: Place) -> None:
    tags, i = place.tags, place.i
    first, last = (tags[k] if tags[k] != "O" else "M" for k in (i - 1, i + 3))
    tags[i - 1 : i + 4] = [first, "C", "C" if len(place.after) > 1 else "M", "C", last]


def _spaces(place: Place) -> bool:
    """What a space in a formula leaves: `X,|,Y`, `m;ge;n`."""
    if not (place.behind and place.ahead):
        return False
    words, i, before, after = place.words, place.i, place.before, place.after
    for sign, beyond in ((after, words[i + 2 : i + 3]), (before, words[max(0, i - 2) : i - 1])):
        if sign in ("|", "Vert", "mid", *SHORT_RELATIONS) and beyond == [place.word]:
            return True
    return place.tag != "O" and before == "," and (after[0].isalnum() or after in "\\{(|")


def _before_minus(place: Place) -> bool:
    return place.tag == "C" and place.after == "-"


def _among_letters(place: Place) -> bool:
    """A space's command beside nothing that a formula would space."""
    return place.tag == "C" and not any(_spaced(place.words[k]) for k in place.beside())


def _spaced(word: str) -> bool:
    """Return whether a token is what formulas have spaces around: numbers, commands, brackets."""
    return word[0].isdigit() or (len(word) > 1 and split(word) is not None) or word in "{}()"


def _raises_symbol(place: Place) -> bool:
    """`90^circ`."""
    return (
        place.tag == "O"
        and place.behind
        and place.before not in NEVER
        and place.ahead
        and place.after in SYMBOLS
    )


def _sets_nothing(place: Place) -> bool:
    """A script's sign with nothing to set behind it, or beside what stands in no formula."""
    if place.tag == "O":
        return False
    return not place.ahead or place.after in NEVER or place.before in NEVER


def _in_formula(place: Place) -> bool:
    return place.tag != "O"


def _take_script(place: Place) -> None:
    """Take the script, and the number it stands at, into the formula."""
    tags, i = place.tags, place.i
    if tags[i + 1] == "O":
        tags[i + 1] = "M"
    if place.word == "^" and place.behind and tags[i - 1] == "O" and place.before[0].isdigit():
        tags[i - 1] = "M"


def _opens_formula(place: Place) -> bool:
    """A brace that is a formula's by what it touches: `1{n}`, `{{0,1}}`."""
    if place.tag != "O" or not place.behind or place.i + 2 >= len(place.words):
        return False
    before, inside = place.before, place.after
    if before == "{":
        return inside[0].isdigit()
    return before[0].isdigit() and inside[0].isalpha() and inside not in SWITCHES


def _touches_operand(place: Place) -> bool:
    if place.tag == "O" or not place.behind:
        return False
    return place.tags[place.i - 1] == "O" and place.before.isalnum()


_SCRIPTS: Rules = ((_sets_nothing, tagging("O")), (_in_formula, _take_script))
_RULES: dict[str, Rules] = {
    ",": (
        (_before_percent, tagging("MCM", -1)),
        (_spaces, tagging("C")),
        (_before_minus, tagging("M")),
        (_among_letters, tagging("M")),
    ),
    ";": ((_spaces, tagging("C")),),
    "!": ((_tightens, _tighten), (_among_letters, tagging("M"))),
    "^": ((_raises_symbol, tagging("M")), *_SCRIPTS),
    "_": _SCRIPTS,
    "{": ((_opens_formula, tagging("MM", -1)), (_touches_operand, tagging("M", -1))),
}
