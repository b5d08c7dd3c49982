"""The scanner below the grammar of formulas: a text, its tokens and its brackets."""

from __future__ import annotations

import re
from string import ascii_letters
from typing import NamedTuple

TOKEN = re.compile(r"\s+|[A-Za-z]+|\d+(?:,\d{3}(?!\d))*(?:\.\d+)*|(?<![\w.])\.\d+|.", re.S)
BRACKETS = re.compile(r"[()\[\]{}]")
GAP = re.compile(r"[^\S\n]*\n?[^\S\n]*")
LETTERS = re.compile("[\u0370-\u03ff\u2100-\u214f\u2200-\u22ff\U0001d400-\U0001d7ff]")
REACH = 500  # characters: no formula is longer
DEPTH = 8  # of brackets in brackets
EFFORT = 4  # steps of reading a character; papers' abstracts take less than one

NONE, TYPED, BARE = 0, 1, 2


class TexPart(NamedTuple):
    """A stretch of text read as maths.

    `proof` is NONE, TYPED (maths, but its author may have typed it so without TeX: x^2) or BARE
    (only TeX without its backslash looks so). `form` is number, letter, name, script, group, call,
    function or final.
    """

    end: int
    tex: str
    proof: int
    form: str


class Operator(NamedTuple):
    """An operator: where it ends, its TeX, its proof as `TexPart`'s, and its name or sign."""

    end: int
    tex: str
    proof: int
    name: str


class Scan:
    """One text to read formulas from, with its brackets matched.

    `known` holds the names that other formulas of the same abstract have proved: alone, too, they
    are maths. `bare` says that the abstract has lost backslashes for certain, so that more is.
    """

    def __init__(self, text: str, known: frozenset[str] = frozenset(), bare: bool = False) -> None:
        self.text = text
        self.known = known
        self.bare = bare
        self.pairs: dict[int, int] = {}
        self.heights: dict[int, int] = {}
        self._memo: dict[tuple[str, int, bool], TexPart | None] = {}
        self._steps = EFFORT * (len(text) + 50)
        self._match_brackets()

    def _match_brackets(self) -> None:
        """Where each bracket closes, and how many are nested in it; intervals may mix ( and ]."""
        stack: list[tuple[int, str, int]] = []
        for m in BRACKETS.finditer(self.text):
            sign = m.group()
            if sign in "([{":
                stack.append((m.start(), sign, 0))
                continue
            if sign == "}":
                while stack and stack[-1][1] != "{":
                    stack.pop()
            if not stack or (sign != "}") == (stack[-1][1] == "{"):
                continue
            start, _, height = stack.pop()
            self.pairs[start], self.heights[start] = m.start(), height + 1
            if stack:
                above = stack[-1]
                stack[-1] = (above[0], above[1], max(above[2], height + 1))

    def step(self) -> bool:
        """Take one step of reading; False once the text has had all the steps that it gets.

        Each place of a text may begin a formula, which the next place begins anew: the bound on
        steps keeps the time linear where strangers' texts are made of such places.
        """
        self._steps -= 1
        return self._steps >= 0

    def token(self, i: int) -> str:
        """Return the token that starts at `i`; in the middle of a word, its rest."""
        m = TOKEN.match(self.text, i)
        return m.group() if m else ""

    def before(self, i: int) -> str:
        return self.text[i - 1] if i > 0 else ""

    def after(self, i: int) -> str:
        return self.text[i] if i < len(self.text) else ""

    def past(self, i: int) -> int:
        """Return past white space, but for a blank line."""
        m = GAP.match(self.text, i)
        return m.end() if m and not self.text.startswith("\n", m.end()) else i

    def closing(self, i: int) -> int | None:
        """Return where the bracket at `i` closes, if within reach."""
        close = self.pairs.get(i)
        if close is None or close - i > REACH or self.heights[i] > DEPTH:
            return None
        return close

    def run(self, i: int) -> str:
        """Return the whole run of letters that `i` is in."""
        start = i
        while start > 0 and i - start < 40 and word(self.text[start - 1]):
            start -= 1
        return self.token(start)


def word(token: str) -> bool:
    """Return whether a token is a run of Latin letters."""
    return token.isalpha() and token.isascii()


def name(piece: str) -> str:
    """Return a name as TeX writes it; a letter or sign as it is."""
    return f"\\{piece}" if len(piece) > 1 else piece


def glue(left: str, right: str) -> str:
    """Return two stretches of TeX side by side, with a space where a name would run into a
    letter."""
    if right[:1].isalpha():
        name = left.rstrip(ascii_letters)
        if name[-1:] == "\\" and len(name) < len(left):
            return f"{left} {right}"
    return left + right
