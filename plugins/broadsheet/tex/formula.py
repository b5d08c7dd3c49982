"""Writing down as TeX what a text's tags say is maths, and leaving the rest as prose."""

from __future__ import annotations

from string import ascii_letters
from typing import NamedTuple

from .commands import (
    ARGUMENTS,
    ARROWS,
    BIG,
    BINARY,
    FRACTIONS,
    FUNCTIONS,
    GREEK,
    MATH_FONTS,
    NAMES,
    OPERATORS,
    PREFIXED,
    RELATIONS,
    SIZES,
    SURE,
    SWITCHES,
    SYMBOLS,
    TEXT_FONTS,
)
from .mending import mend
from .tokens import Tokens, certain, split

LONGEST = 600  # characters: no formula of an abstract's is longer
_FAR = 60  # tokens: how far a set is read
_EXTREMES = frozenset({"max", "min", "sup", "inf"})
_FONTS = MATH_FONTS | TEXT_FONTS
_JOINED = OPERATORS | FUNCTIONS | GREEK.keys() | BIG.keys() | SYMBOLS.keys() | {"left", "right"}
_SIGNS = frozenset(BINARY) | PREFIXED | {"dots"}
_ARGUED = (TEXT_FONTS | SWITCHES | SIZES) - {"left", "right"}
_ESCAPED = {"%": "\\%", "#": "\\#", "&": "\\&"}
_STOPS = frozenset({"=", "<", ">", ",", ";", "(", "[", "{", "\\{"}) | {
    f"\\{name}" for name in (*RELATIONS, *ARROWS)
}
_OPENED = {")": "(", "]": "[", "}": "{", "\\}": "\\{"}


NONE, TYPED, LOST = 0, 1, 2  # nothing; an index or exponent; what has lost a backslash


class TextPart(NamedTuple):
    """A stretch of a text: prose as it stands, or the TeX of a formula.

    `proof` says what shows that it is one: LOST, TYPED or NONE; `source` is what it was read from.
    """

    text: str
    math: bool
    proof: int = 0
    source: str = ""


def glue(left: str, right: str) -> str:
    """Return two stretches of TeX side by side, with a space where a name would run into a
    letter."""
    if right[:1].isalpha() and right[0].isascii():
        name = left.rstrip(ascii_letters)
        if name[-1:] == "\\" and len(name) < len(left):
            return f"{left} {right}"
    return left + right


def parts(found: Tokens, stretches: list[tuple[int, int]], tags: list[str]) -> list[TextPart]:
    """Return the text of `found` in parts, given the tag of each token: see `tagging`. Beyond the
    stretches, all tags are O."""
    mend(found, stretches, tags)
    if not any(tag != "O" for tag in tags):
        return [TextPart(found.text, False)]
    out: list[TextPart] = []
    text, done, i = found.text, 0, 0
    while i < len(tags):
        if tags[i] == "O":
            i += 1
            continue
        end = _end(found, tags, i)
        formula = _Formula(found, tags, i, end)
        before, tex, after = formula.read()
        start, stop = found.starts[i], found.ends[end - 1]
        if tex and len(tex) <= LONGEST:
            out.append(TextPart(text[done:start] + before, False))
            source = text[start + len(before) : stop - len(after)]
            out.append(TextPart(tex, True, formula.proof, source))
            out.append(TextPart(after, False))
            done = stop
        i = end
    out.append(TextPart(text[done:], False))
    return [part for part in out if part.text]


def _end(found: Tokens, tags: list[str], i: int) -> int:
    """Return where the formula that starts with token `i` ends: no formula holds a blank line."""
    end = i + 1
    while end < len(tags) and tags[end] != "O":
        if found.text.count("\n", found.ends[end - 1], found.starts[end]) > 1:
            break
        end += 1
    return end


class _Formula:
    """Reads the tokens from `start` to `end` as TeX."""

    def __init__(self, found: Tokens, tags: list[str], start: int, end: int) -> None:
        self.found, self.tags, self.start, self.end = found, tags, start, end
        self.out: list[str] = []
        self.proof = NONE
        # of the open braces: the command before, or "}" where they hold text, "\\}" of a set
        self.groups: list[str] = []
        self.closed = ""  # of the brace closed last
        self.closing = self._closing()
        self.commanded = "C" in tags[start:end]

    def _closing(self) -> set[int]:
        """Return the braces that have a partner within the formula."""
        stack: list[int] = []
        out: set[int] = set()
        for i in range(self.start, self.end):
            if self.tags[i] == "C":
                continue
            if self.found.words[i] == "{":
                stack.append(i)
            elif self.found.words[i] == "}" and stack:
                out |= {stack.pop(), i}
        return out

    def read(self) -> tuple[str, str, str]:
        """Return (prose before, TeX, prose after): a word that is glued to a formula's edge is
        none of it."""
        before = after = ""
        for i in range(self.start, self.end):
            word, tag = self.found.words[i], self.tags[i]
            space = " " if i > self.start and not self.found.glued(i) else ""
            if space:
                self.out.append(" ")
            if word.isascii() and word.strip("\\").isalpha():
                self.word(i, word.strip("\\"), tag)
                if i == self.start:
                    before = self._edge(0)
                if i == self.end - 1:
                    after = self._edge(-1)
            else:
                self.sign(i, word, tag)
        return before, joined(self.out).strip(), after

    def _edge(self, at: int) -> str:
        """Take away the text at an end of what is read, where a command stands beside it."""
        if len(self.out) > 1 and self.out[at].startswith("\\text{") and not self.groups:
            beside = self.out[1 if at == 0 else -2]
            if beside.startswith("\\"):
                return self.out.pop(at)[6:-1]
        return ""

    def word(self, i: int, word: str, tag: str) -> None:
        """Write a run of letters: text, commands, or variables."""
        if self.groups and self.groups[-1] == "}":
            self.out.append(word)
        elif tag == "C" or self._command(i, word):
            self.proof = LOST
            self._commands(i, word)
        else:
            if self._raises(i, word):  # what braces would hold, it sets with them
                self.out.append(word[0])
                word = word[1:]
            letters = _lettered(word)
            indexed = len(word) > 1 and word not in FUNCTIONS and self._scripts()
            self.out.append(f"{{{letters}}}" if indexed else letters)

    def _commands(self, i: int, run: str) -> None:
        """Write the run of letters at `i` as its commands and the letters between. A command that
        takes an argument is letters where it has none."""
        braced = self.found.words[i + 1 : i + 2] == ["{"]
        pieces = (run,) if self._is_product(i, run) else split(run) or tuple(run)
        argued = len(pieces) - 1 if braced else -1
        letters = ""
        for n, piece in enumerate(pieces):
            bare = piece in _ARGUED and len(pieces) > 1 and n != argued
            if len(piece) == 1 or bare:
                letters += piece
                continue
            if letters:
                self.out.append(_lettered(letters))
                letters = ""
            self.out.append(f"\\{piece}")
        if letters:
            self.out.append(_lettered(letters))

    def _raises(self, i: int, word: str) -> bool:
        """Return whether TeX would take of a run of letters the first alone for an index or
        exponent: `D^kf`, `w_aCDM`."""
        if not 1 < len(word) < 5 or word in FUNCTIONS or word in NAMES:
            return False
        if self.out[-1:] == ["^"]:
            return len(word) < 4 and self.commanded
        if self.out[-1:] != ["_"]:
            return False
        twice = self.found.words[i + 1 : i + 2] == ["_"] and self.found.glued(i + 1)
        return twice or (word[0].islower() and word[1:].isupper())

    def _is_product(self, i: int, run: str) -> bool:
        """Return whether a run is the semidirect product between two operands, and no letter and a
        sign: `G rtimes H`, but `R^{rtimes n}`."""
        if run not in ("rtimes", "ltimes") or self.found.glued(i) or i == 0:
            return False
        before = self.found.words[i - 1]
        return before in (")", "}") or (len(before) == 1 and before.isupper())

    def _scripts(self) -> bool:
        """Return whether what is read next is an index or exponent."""
        return self.out[-1:] in (["_"], ["^"])

    def _command(self, i: int, word: str) -> bool:
        """Return whether a run of letters holds commands as it stands in a formula."""
        if word in NAMES:
            following = self.found.words[i + 1] if i + 1 < self.end else ""
            sign = word in GREEK or word in SURE or word in _SIGNS
            return sign or following in ("_", "^")
        pieces = split(word)
        if pieces is None or certain(word):
            return pieces is not None
        letters = sum(len(piece) == 1 for piece in pieces)
        label = self.found.words[i - 1] == "{" and self.found.words[i + 1 : i + 2] == ["}"]
        if label and self.out[-2:] == ["^", "{"]:  # an exponent is seldom a word
            label = GREEK.keys().isdisjoint(pieces)
        return letters <= 2 and not label and all(p in _JOINED for p in pieces if len(p) > 1)

    def sign(self, i: int, word: str, tag: str) -> None:
        """Write a number, a sign, or what else is no run of letters."""
        if word in "^_":
            self.proof = self.proof or TYPED
        if word in "{}" and (tag == "C" or i not in self.closing):
            self.proof = LOST
            self.out.append("\\" + word)
        elif word == "{":
            self._open(i)
        elif word == "}":
            self._close(i)
        elif tag == "C":
            if word not in ",;:!" or self.found.words[i - 1] not in ",.;:()&%":  # else a slip
                self.proof = LOST
            self.out.append("\\" + word)
        elif len(word) > 1 and self._scripts():
            self.out.append(f"{{{word}}}")
        else:
            self.out.append(_ESCAPED.get(word, word))

    def _open(self, i: int) -> None:
        """Write the brace at `i`: a set's, a fraction's second half, or an argument's."""
        self.proof = LOST
        before = self.out[-1] if self.out else ""
        if self._is_set(i, before):
            self.groups.append("\\}")
            self.out.append("\\{")
            return
        if self._divides(i, before):
            self._numerator(i)
            before = ""
        self.groups.append("}" if before[1:] in _FONTS else before.replace("}", ""))
        self.out.append("{")

    def _close(self, i: int) -> None:
        """Write the brace that closes the group opened last."""
        opened = self.closed = self.groups.pop() if self.groups else ""
        self.out.append("\\}" if opened == "\\}" else "}")
        if opened[1:] in FRACTIONS and self.found.words[i + 1 : i + 2] != ["{"]:
            # \\sqrt{\\frac{L}{\\mu}} arrives as frac{L{mu}}: what wraps a fraction is a root
            self.out[len(self.out) - 1 - self.out[::-1].index(opened)] = "\\sqrt"

    def _is_set(self, i: int, before: str) -> bool:
        """Return whether the brace at `i` is that of a set: `k in {1, 2}`, `max{a, b}`, `{{0,1}}`,
        `1{X = 1}`."""
        words = self.found.words
        if words[i + 2 : i + 3] != ["}"] and (self._after_operator() or before[1:] in _EXTREMES):
            return True
        if before in ("^", "_", "}") or before[1:] in ARGUMENTS:
            return False
        if before == "{" and self.groups[-1:] == [""]:
            return True
        end = next((k for k in range(i + 1, min(i + _FAR, self.end)) if words[k] in "{}"), i)
        inside = words[i + 1 : end]
        if before[-1:].isalnum() and self.found.glued(i):
            return len(inside) > 2 and "=" in inside[1:-1] and words[end] == "}"
        return "," in inside and len(inside) > 1

    def _after_operator(self) -> bool:
        """Return whether what is read so far ends with an operator's name."""
        end = -2 if self.out[-1:] == [" "] else -1
        return len(self.out) >= -end and self.out[end][1:] in OPERATORS

    def _divides(self, i: int, before: str) -> bool:
        """Return whether the brace at `i` opens a fraction's second half: `1{n}` is what a listing
        leaves of `\\frac{1}{n}`."""
        barred = before == "|" and self.out[-_FAR:].count("|") % 2 == 0
        ends = barred or before[-1:].isalnum() or before in (")", "]", "}")
        if not self.found.glued(i) or not ends:
            return False
        if before.startswith("\\") and before[1:] in ARGUMENTS:
            return False
        if before == "}" and self.closed[1:] in FRACTIONS:
            return False  # a fraction's command still stands before its first half
        inside, *after = self.found.words[i + 1 : i + 3] or [""]
        single = after == ["}"]
        return not (single and (inside in OPERATORS or not inside.isalnum()))

    def _numerator(self, i: int) -> None:
        """Set what stands before a fraction's second half as its first."""
        words, end = self.found.words, i + 1
        while end < self.end and words[end] != "}":
            end += 1
        derives = words[i + 1] == "partial"
        sums = derives or any(word in "+-−" for word in words[i + 2 : end])
        at, depth = len(self.out), 0
        while at > 0:
            piece = self.out[at - 1]
            opens = piece in ("(", "[", "{", "\\{")
            if depth == 0 and (
                opens or piece in _STOPS or (piece in ("+", "-", "−", " ") and not sums)
            ):
                break
            depth += (piece in _OPENED) - opens
            at -= 1
            if derives and depth == 0 and piece == "\\partial":
                break
        while at < len(self.out) and self.out[at] == " ":
            at += 1
        self.out[at:] = [f"\\frac{{{joined(self.out[at:])}}}"]


def joined(pieces: list[str]) -> str:
    """Return pieces of TeX as one, a space where a name would run into a letter."""
    tex = ""
    for piece in pieces:
        tex = glue(tex, piece)
    return tex


def _lettered(word: str) -> str:
    """Return letters as TeX: a function's name, a few variables, or text."""
    if word in FUNCTIONS:
        return f"\\{word}"
    return word if len(word) < 3 or (word.isupper() and len(word) < 4) else f"\\text{{{word}}}"
