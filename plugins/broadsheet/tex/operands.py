"""Operands: numbers, letters, names, and the words that turn out to be several of them."""

from __future__ import annotations

import re

from .commands import (
    BIG,
    FRACTIONS,
    FUNCTIONS,
    GREEK,
    MARKS,
    MATH_FONTS,
    OPERATORS,
    PARTNERS,
    SIZES,
    SURE,
    SYMBOLS,
    TEXT_FONTS,
    WRAPPERS,
)
from .groups import Groups
from .scan import BARE, DEPTH, LETTERS, NONE, REACH, TYPED, TexPart, glue, name, word
from .words import certain, pairing, split

SIGNS = frozenset("+-−*/=<>≤≥≠≈∼×·±→←↔∈⊂⊆∪∩∘⊗⊕∝≡")
# What a letter may be glued to in a bracket: `O(nlog n)`.
GLUED = FUNCTIONS | {"in", "to", "times"}
APPLIED = FUNCTIONS | frozenset(BIG) | {"nabla", "partial", "forall", "exists"}
_WRAPPING = MATH_FONTS | frozenset(MARKS) | WRAPPERS
_CALLABLE = ("letter", "name", "function")
_CLOSING = frozenset(PARTNERS.values())
# Lower-case names of Greek letters that mean little else in prose.
ONLY_GREEK = frozenset({
    "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho",
    "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Psi", "Upsilon",
})  # fmt: skip


class Operands(Groups):
    """Reads an operand, given how expressions are read."""

    def operand(self, i: int, depth: int, inside: bool) -> TexPart | None:
        """Return an operand with what sticks to it: scripts, arguments, factors without a space.

        `inside` a bracket or argument, more counts as maths than in the open.
        """
        key = ("operand", i, inside)
        if key not in self._memo:
            self._memo[key] = None
            self._memo[key] = (
                self._operand(i, depth, inside) if depth <= DEPTH and self.step() else None
            )
        return self._memo[key]

    def _operand(self, i: int, depth: int, inside: bool) -> TexPart | None:
        first = self.primary(i, depth, inside)
        if first is None:
            return None
        end, tex, proof, form = first
        while end < i + REACH and self.step():
            grown = self.attached(end, tex, form, proof, depth, inside)
            if grown is None:
                break
            end, tex, more, form = grown
            proof = max(proof, more)
        return TexPart(end, tex, proof, form)

    def attached(
        self, i: int, tex: str, form: str, proof: int, depth: int, inside: bool
    ) -> TexPart | None:
        """Return the operand `tex`, which ends at `i`, with the next thing that sticks to it."""
        sign = self.after(i)
        if sign in ("_", "^"):
            return self.scripted(i, tex, form, depth)
        if sign == "'" and form in ("letter", "script", "name"):
            following = self.after(i + 1)
            primed = following != "" and following in "_^(),|="
            return TexPart(i + 1, tex + "'", NONE, form) if primed else None
        if sign == "!" and form in _CALLABLE and self.after(i + 1) in ("(", "["):  # \!\left(
            return self.called(i + 1, tex + "\\!", depth, NONE)
        if sign == "{":
            if form == "function":
                return self.called(i, tex, depth, BARE)
            divided = proof or inside or form == "number"
            return self.divided(i, tex, form, depth) if divided else None
        return self.multiplied(i, tex, form, depth, inside)

    def scripted(self, i: int, tex: str, form: str, depth: int) -> TexPart | None:
        """Return the operand with the index or exponent at `i`."""
        if form == "number" and self.after(i) == "_":
            return None
        script = self.script(i, depth)
        if script is None:
            return None
        form = form if form == "function" else "script"
        return TexPart(script.end, tex + script.tex, script.proof, form)

    def called(self, i: int, tex: str, depth: int, proof: int) -> TexPart | None:
        """Return the operand as a function of the bracket at `i`."""
        group = self.bracket(i, depth)
        return group and TexPart(group.end, tex + group.tex, max(proof, group.proof), "call")

    def multiplied(self, i: int, tex: str, form: str, depth: int, inside: bool) -> TexPart | None:
        """Return the operand with the factor, or the function's arguments, at `i`."""
        factor = self.factor(i, form, depth, inside)
        if factor is None:
            return None
        proof, form = factor.proof, factor.form
        if form == "group":
            form = "call"
            if tex in ("O", "o", "Θ", "Ω") and re.search(r"\\(?:log|ln)\b", factor.tex):
                proof = max(proof, TYPED)
        return TexPart(factor.end, glue(tex, factor.tex), proof, form)

    def factor(self, i: int, form: str, depth: int, inside: bool) -> TexPart | None:
        """Return a factor that follows without a space."""
        token = self.token(i)
        if not token or token.isspace() or token == "|":
            return None
        if token == "[" and not inside and form != "script":
            return None
        if form == "number" and not self.countable(i, token, inside):
            return None
        if word(token) and len(token) > 1 and not self.multiplies(token, form, inside):
            return None
        return self.primary(i, depth, inside)

    def multiplies(self, token: str, form: str, inside: bool) -> bool:
        """Return whether a run of letters begins with a factor: a name, but no operator."""
        pieces = certain(token) or split(token)
        if pieces is None or pieces[0] in OPERATORS or pieces[0] == "not":
            return False
        return form != "number" or inside or pieces[0] not in APPLIED

    def countable(self, i: int, token: str, inside: bool) -> bool:
        """Return whether a number may have a factor that begins with `token`: 2x^2, but not 5x or
        3B."""
        if token in ("(", "[", "{"):
            return False
        if inside or len(token) > 1 or not token.isalpha():
            return True
        after = self.after(i + 1)
        return after in ("_", "^", "(") or after in SIGNS

    def primary(self, i: int, depth: int, inside: bool) -> TexPart | None:
        token = self.token(i)
        if not token or depth > DEPTH:
            return None
        if token[-1].isdigit():
            return self.number(i, token)
        if token in "([":
            return self.bracket(i, depth)
        if token == "{":
            return self.switched(i, depth) or self.bracket(i, depth)
        if token == "|":
            return self.absolute(i, depth)
        if LETTERS.match(token):
            return TexPart(i + 1, token, NONE, "letter")
        return self.word(i, token, depth, inside) if word(token) else None

    def number(self, i: int, token: str) -> TexPart:
        end = i + len(token)
        if self.text.startswith(",%", end):  # 35\,\%
            return TexPart(end + 2, token + "\\,\\%", BARE, "number")
        percent = self.past(end)
        if self.after(percent) == "%" and percent - end <= 1:
            return TexPart(percent + 1, token + "\\%", NONE, "number")
        return TexPart(end, token, NONE, "number")

    def word(self, i: int, token: str, depth: int, inside: bool) -> TexPart | None:
        """Return a letter, a name, or a run of both, of which the first is taken."""
        if len(token) == 1:
            return TexPart(i + 1, token, NONE, "letter")
        pieces = certain(token)
        sure = pieces is not None
        pieces = pieces or split(token)
        if pieces is None:
            return self.identifier(i, token, depth, inside)
        head = pieces[0]
        if len(pieces) > 1:
            if not (sure or self.several(i, token, pieces, inside)):
                return None
            if len(head) == 1:
                if not inside and re.match("[A-Z]{2}", token):
                    return None
                return TexPart(i + 1, head, BARE if sure else NONE, "letter")
        return self.command(i, head, depth, inside, BARE if sure or head in SURE else NONE)

    def several(self, i: int, token: str, pieces: tuple[str, ...], inside: bool) -> bool:
        """Return whether a run that may be a word is several names and letters where it stands."""
        before = self.before(i)
        if before.isalpha() and before.isascii():  # the rest of a run
            return True
        if inside:
            glued = len(pieces) == 2 and len(pieces[0]) == 1 and pieces[1] in GLUED
            if glued or pieces[-1] in _CLOSING:
                return True
        return (self.tight(i, token) and mathematical(pieces)) or self.paired(i, token)

    def running(self, i: int) -> bool:
        """Return whether `i` is in a run of letters that was parted for certain."""
        run = self.run(i)
        return certain(run) is not None or self.paired(i + len(self.token(i)) - len(run), run)

    def paired(self, i: int, token: str) -> bool:
        """Read `nge 4`, `xinX`, `pin[0,1]`: a letter and an operator, with an operand to follow."""
        pieces = pairing(token)
        end = i + len(token)
        following = self.after(end)
        if pieces is None:
            m = re.compile(r"[a-zA-Z]in(?=[\[{(]\S)").match(self.text, i)
            return m is not None and m.end() == end and self.operand(end, 1, True) is not None
        if len(pieces) == 3:
            return not following.isalnum() and following != "-"
        if pieces[1] == "sim":
            return following == " " and (
                self.token(end + 1)[:1].isupper() or len(self.token(end + 1)) == 1
            )
        return following.isdigit() or bool(re.compile(r" (?:\d|[a-zA-Z]\b)").match(self.text, end))

    def tight(self, i: int, token: str) -> bool:
        """Return whether a word touches a sign that prose doesn't have there."""
        following = self.after(i + len(token))
        return (following != "" and following in "_^{}") or (
            self.before(i) != "" and self.before(i) in "_^{}"
        )

    def identifier(self, i: int, token: str, depth: int, inside: bool) -> TexPart | None:
        """Return a word that names a function, `softmax(...)`; in a formula, capitals with an
        index."""
        end = i + len(token)
        if self.after(end) == "(" and (inside or token.islower()):
            group = self.bracket(end, depth)
            if group is not None and group.proof and not group.tex[1:2].isdigit():
                return TexPart(group.end, f"\\mathrm{{{token}}}{group.tex}", group.proof, "call")
        if inside and token.isupper() and len(token) <= 4 and self.after(end) in ("^", "_"):
            return TexPart(end, token, NONE, "letter")
        return None

    def command(self, i: int, head: str, depth: int, inside: bool, proof: int) -> TexPart | None:
        """Return the name at `i` as an operand, with the arguments that it takes."""
        end = i + len(head)
        if head in GREEK:
            return TexPart(end, name(head), max(proof, self.licence(i, head)), "name")
        if head in SYMBOLS:
            return TexPart(end, name(head), proof, "name") if proof or inside else None
        if head in APPLIED:
            return TexPart(end, name(head), NONE if head in FUNCTIONS else proof, "function")
        if head in PARTNERS:
            return self.fenced(i, head, depth)
        if head in SIZES:
            sized = self.after(end) in ("(", "[", "{")
            return self.primary(end, depth + 1, inside) if sized else None
        if head in TEXT_FONTS:
            return self.text_font(end, head, depth) if self.after(end) == "{" else None
        if head in FRACTIONS:
            return self.fraction(end, head, depth)
        return self.argument(end, head, depth) if head in _WRAPPING else None

    def licence(self, i: int, head: str) -> int:
        """Return how far the name of a Greek letter is one where it stands."""
        if head in self.known:
            return BARE
        hyphen = self.before(i) == "-" or self.after(i + len(head)) == "-"
        if self.bare and (head in ONLY_GREEK or (hyphen and head.islower())):
            return BARE
        return TYPED if head in ("Psi", "Upsilon") and hyphen else NONE


def mathematical(pieces: tuple[str, ...]) -> bool:
    """Return whether a run's names are of the kind that formulas are made of, with few letters
    between."""
    names = [p for p in pieces if len(p) > 1]
    return all(p in GREEK or p in GLUED or p in SURE for p in names) and (
        len(pieces) - len(names) <= 2 * len(names)
    )
