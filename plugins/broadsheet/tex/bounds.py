"""Bounds on formulas, checked before conversion, so that no conversion takes long.

Formulas are untrusted. The converter to MathML can't be interrupted, nests as deep as the
formula does, and reads the rest of a formula twice after each bracket that is never closed: its
time doubles with each. So length, nesting and open brackets are counted first, in one pass; what is
beyond a bound is shown as TeX.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .commands import ARGUMENTS, CHARACTERS, FRACTIONS, FUNCTIONS, SPACES, SWITCHES

LONGEST = 2000  # characters
DEEPEST = 60  # groups and commands in each other
UNCLOSED = 6  # brackets that are never closed: a half-open interval has one

_REFUSED = re.compile(
    r"\\(?:(?:re)?new(?:command|environment)|providecommand|[gex]?def|let|futurelet|csname|label|tag"
    r"|ref|eqref|color|textcolor|colorbox|fcolorbox|definecolor|loop|input|include)(?![A-Za-z])"
)
# colours, links and names: a command and an argument that says nothing of the formula
_ASIDE = re.compile(
    r"\\(?:(?:text)?color|label|href|style|class|cssId)\s{0,9}(?:\[\w{0,9}\])?\{[^{}]{0,500}\}"
)
_STEP = re.compile(r"\\(?:[A-Za-z]+|.)|[{}^_]|[^\s]", re.S)

_BEGIN = frozenset(["{", "\\left", "\\begin"])
_END = frozenset(["}", "\\right", "\\end"])
_CELLS = frozenset(["&", "\\\\", "\\cr"])
# What follows these is a delimiter of theirs, and no bracket of its own.
_STRETCHING = {
    "\\left": 0, "\\right": 0, "\\middle": 0, "\\bigl": 1, "\\Bigl": 1, "\\biggl": 1,
    "\\Biggl": 1, "\\bigr": -1, "\\Bigr": -1, "\\biggr": -1, "\\Biggr": -1,
}  # fmt: skip
# Commands that are set in brackets, and without braces take what follows: `\pmod 4`.
_BRACKETED = frozenset(["\\pmod", "\\pod", "\\bra", "\\ket", "\\braket"])
_OPENING = frozenset(
    "( [ \\{ \\lparen \\lbrack \\lbrace \\langle \\lang \\lceil \\lfloor \\lvert \\lVert \\lgroup"
    " \\lmoustache \\llangle \\llbracket \\llparenthesis \\lAngle \\lBrace \\llcorner"
    " \\ulcorner ⌜ ⌞ ⎰".split()
)
_CLOSING = frozenset(
    ") ] \\} \\rparen \\rbrack \\rbrace \\rangle \\rang \\rceil \\rfloor \\rvert \\rVert \\rgroup"
    " \\rmoustache \\rrangle \\rrbracket \\rrparenthesis \\rAngle \\rBrace \\lrcorner"
    " \\urcorner ⌝ ⌟ ⎱".split()
)


def essential(tex: str) -> str:
    """Return a formula without what says nothing of it: colours, labels, links' addresses."""
    return _ASIDE.sub("", tex) if "\\" in tex else tex


def sound(tex: str) -> bool:
    """Return whether a formula is of bounded length and nesting, defines nothing, and is
    printable."""
    if not tex.strip() or len(tex) > LONGEST or _REFUSED.search(tex):
        return False
    if any(ord(c) < 32 and c not in "\t\n\r" for c in tex):
        return False
    groups = chain = 0
    for step in _STEP.findall(tex):
        if step in _BEGIN:
            groups += 1
        elif step in _END:
            groups, chain = groups - 1, 0
        elif step in "^_" or (step[0] == "\\" and step[1:].isalpha()):
            chain += 1
        else:
            chain = 0
        if groups + chain > DEEPEST:
            return False
    return True


# How many arguments a command takes; of one that is not named here it is unknown.
_ARGUMENTS = {
    **dict.fromkeys(["^", "_", *(f"\\{name}" for name in ARGUMENTS)], 1),
    **dict.fromkeys([f"\\{name}" for name in FRACTIONS], 2),
    **dict.fromkeys([f"\\{name}" for name in {*CHARACTERS, *FUNCTIONS, *SWITCHES, *SPACES}], 0),
}
_UNKNOWN = 6  # arguments at most
_OPTION = re.compile(r"(\\sqrt)\s*\[[\w+-]*\]")


@dataclass(slots=True)
class _OpenGroup:
    """A group of TeX that is open: its open brackets, and the arguments still to come."""

    open: int = 0
    awaited: int = 0


def unclosed(tex: str) -> int:
    """Return how many brackets of a formula the converter may find not closed; rather too many.

    A bracket is closed within its group and its table's cell, and by no bracket that is a command's
    argument, as in `x^)`.
    """
    total = 0
    groups = [_OpenGroup()]
    before = ""
    for step in _STEP.findall(_OPTION.sub(r"\1", tex)):
        group = groups[-1]
        total += before in _BRACKETED and step != "{"
        if step in _BEGIN:
            groups.append(_OpenGroup())
        elif step in _END:
            total += groups.pop().open if len(groups) > 1 else 0
            groups[-1].awaited = max(0, groups[-1].awaited - 1)
        elif step in _CELLS:
            total += group.open
            group.open = group.awaited = 0
        elif before not in _STRETCHING:
            change = _opened(step)
            if change > 0 or not group.awaited:
                group.open = max(0, group.open + change)
            group.awaited = max(0, group.awaited - 1) + _arguments(step)
        before = step
    return total + sum(group.open for group in groups)


def _opened(step: str) -> int:
    """Return 1 for what opens a bracket, -1 for what closes one, 0 for any other step."""
    if step in _STRETCHING:
        return _STRETCHING[step]
    category = "" if step.isascii() else unicodedata.category(step[0])
    return (step in _OPENING or category == "Ps") - (step in _CLOSING or category == "Pe")


def _arguments(step: str) -> int:
    known = step in _STRETCHING or step in _OPENING or step in _CLOSING or not step[1:].isalpha()
    return _ARGUMENTS.get(step, 0 if known else _UNKNOWN)
