"""The grammar of formulas in prose that has lost its dollar signs and backslashes.

Operands (numbers, letters, names of symbols, brackets whose inside is a formula), joined by
operators. `GrammarReader` reads from a place in the text as far as a formula goes, and says how far
that proves itself: a name that is no word of prose, an index or exponent, a sign glued to a number.
What has no proof is prose and stays.

The listing drops backslashes only between dollars, so a bare name is always maths. It also puts in
place of every command with a braced argument the text up to the first closing brace, which is why
`\\frac{a}{b}` arrives as `a{b}`.
"""

from __future__ import annotations

import re

from .commands import GREEK, OPERATORS, PROSE, RELATIONS, SURE
from .operands import SIGNS, Operands
from .scan import BARE, DEPTH, NONE, REACH, TYPED, Operator, TexPart, glue, name, word
from .words import certain, split

# Signs that may end a formula: `3times`, `1%downarrow`.
ENDING = frozenset({"times", "uparrow", "downarrow"})
# Signs that may start one: `sim 50`, `leq 2B`.
STARTING = frozenset({
    "le", "ge", "sim", "approx", "pm", "mp", "leq", "geq", "leqslant", "geqslant", "lesssim",
    "gtrsim", "simeq", "ll", "gg", "times", "neq", "equiv", "neg", "uparrow", "downarrow",
})  # fmt: skip
# What comes before a bare `times 3.2`: "up to", or as in "18 boards times 3 seeds", a count.
LED = re.compile(r"(?:\b(?:to|of|by|than|about|around|over)|\d [A-Za-z-]{1,25}) $")
# Operators that are words of prose, too.
WORDED = OPERATORS & PROSE
_SHORT_RELATIONS = ("ne", "ge", "le", "ll", "gg")
_BRACED_SIGN = re.compile(r"\{([A-Za-z]+|[=+<>-])\}")


class GrammarReader(Operands):
    """Reads the formula that starts at a place in a text."""

    def operator(self, i: int) -> Operator | None:
        sign = self.after(i)
        if sign in SIGNS and sign:
            return self.sign(i, sign)
        if sign == "!":
            return self.tightened(i)
        if sign == "{":
            m = _BRACED_SIGN.match(self.text, i)
            if m and (m[1] in OPERATORS or m[1] in SIGNS):
                return Operator(m.end(), f"{{{name(m[1])}}}", BARE, m[1])
            return None
        token = self.token(i)
        return self.worded(i, token) if word(token) and len(token) > 1 else None

    def sign(self, i: int, sign: str) -> Operator | None:
        """Return an operator that is a sign of one or two characters; dashes and arrows are
        none."""
        following = self.after(i + 1)
        if (sign in "-*" and following == sign) or (sign == "-" and following == ">"):
            return None
        if sign in "<>" and following == "=":
            return Operator(i + 2, "\\leq" if sign == "<" else "\\geq", NONE, sign)
        return Operator(i + 1, sign, NONE, sign)

    def tightened(self, i: int) -> Operator | None:
        r"""Return an operator between two `\!`, of which a listing leaves `!`."""
        after = self.after(i + 1)
        if self.before(i).isspace() or not (after.isalpha() or after in SIGNS):
            return None
        inner = self.operator(i + 1)
        if inner is None or self.after(inner.end) != "!":
            return None
        return Operator(inner.end + 1, f"\\!{inner.tex}\\!", BARE, inner.name)

    def worded(self, i: int, token: str) -> Operator | None:
        """Return an operator by its name, which another word may follow without a space."""
        pieces = certain(token) or split(token)
        if not pieces:
            return None
        head = pieces[0]
        if head == "not":
            denied = pieces[1] if len(pieces) > 1 else ""
            end = i + len(head) + len(denied)
            return Operator(end, f"\\not\\{denied}", BARE, denied) if denied in RELATIONS else None
        if head not in OPERATORS:
            return None
        whole = len(pieces) == 1 or certain(token) or self.running(i)
        if not whole and not self.parts(i, pieces):
            return None
        end, tex = i + len(head), name(head)
        if self.after(end) == "!" and self.after(end + 1).isalnum() and len(pieces) == 1:
            return Operator(end + 1, tex + "\\!", BARE, head)  # \sim\!6
        return Operator(end, tex, BARE if head in SURE else NONE, head)

    def parts(self, i: int, pieces: tuple[str, ...]) -> bool:
        """Return whether a run that may be a word falls into an operator and what follows it."""
        head, before = pieces[0], self.before(i)
        if before.isspace() or not all(len(p) == 1 or p in OPERATORS for p in pieces[1:]):
            return False
        return not (before.isalpha() and before.islower() and head in PROSE and len(head) < 5)

    def expression(self, i: int, depth: int = 0, inside: bool = False) -> TexPart | None:
        """Read operands joined by operators, from `i` on, as far as a formula goes."""
        key = ("expression", i, inside)
        if key not in self._memo:
            self._memo[key] = None
            self._memo[key] = (
                self._expression(i, depth, inside) if depth <= DEPTH and self.step() else None
            )
        return self._memo[key]

    def _expression(self, i: int, depth: int, inside: bool) -> TexPart | None:
        part = self.begin(i, depth, inside)
        while part is not None and part.end < i + REACH and part.form != "final" and self.step():
            grown = self.grow(part, depth, inside)
            if grown is None:
                break
            part = grown
        return part

    def grow(self, part: TexPart, depth: int, inside: bool) -> TexPart | None:
        """Return the expression so far with the operator or operand that comes next."""
        end, tex, proof, form = part
        k = self.past(end)
        spaced = k > end
        operator = self.operator(k)
        if operator is not None:
            return self.joined(part, k, operator, depth, inside)
        if self.after(k) == "," and not spaced and not inside:
            return self.listed(part, k, depth)
        if not spaced and form != "function":
            return None
        if not (inside or form in ("function", "script", "call", "name")):
            return None
        following = self.operand(k, depth, inside)
        if following is None or not beside(form, following, inside):
            return None
        joint = glue(tex, (" " if spaced else "") + following.tex)
        return TexPart(following.end, joint, max(proof, following.proof), following.form)

    def listed(self, part: TexPart, k: int, depth: int) -> TexPart | None:
        """Read `x_1,dots,x_n` and `alpha,beta`: a list without spaces, in the open."""
        dots = re.compile(r"(?:l?dots|\.{3}),").match(self.text, k + 1)
        if dots and part.proof:
            following = self.operand(dots.end(), depth, False)
            if following is not None and following.proof:
                tex = f"{part.tex},\\ldots,{following.tex}"
                return TexPart(following.end, tex, max(part.proof, following.proof), following.form)
        tight = "\\!" if self.after(k + 1) == "!" else ""
        following = self.operand(k + 1 + bool(tight), depth, False)
        if following is None:
            return None
        greek = part.tex[1:] in GREEK and following.tex[1:] in GREEK
        if not (greek or (part.proof and following.proof)):
            return None
        proof = max(part.proof, following.proof, TYPED)
        return TexPart(following.end, f"{part.tex},{tight}{following.tex}", proof, following.form)

    def begin(self, i: int, depth: int, inside: bool) -> TexPart | None:
        """Return the first operand, with a sign or relation that may stand before it."""
        sign = self.after(i)
        if sign and (sign in "≤≥∼≈±<>" or (inside and sign in "-+=−*")):
            return self.signed(i, sign, depth, inside)
        operator = self.operator(i)
        if inside and operator is not None and operator.name == "cdot":
            return TexPart(operator.end, operator.tex, BARE, "letter")
        if operator is not None and operator.name in STARTING:
            return self.prefixed(i, operator, depth, inside)
        if self.text.startswith("neg", i):
            operator = Operator(i + 3, "\\neg", NONE, "neg")
            return self.prefixed(i, operator, depth, inside)
        return self.operand(i, depth, inside)

    def signed(self, i: int, sign: str, depth: int, inside: bool) -> TexPart | None:
        """Read `≤ 3`, `-x`: an operand with a sign before it; in a bracket, `*` stands alone,
        too."""
        operator = self.operator(i)
        part = operator and self.operand(self.past(operator.end), depth, inside)
        if operator is None or part is None:
            starred = inside and sign == "*"
            return TexPart(i + 1, sign, NONE, "letter") if starred else None
        space = self.text[operator.end : self.past(operator.end)] and " "
        return TexPart(part.end, glue(operator.tex, space + part.tex), part.proof, part.form)

    def prefixed(self, i: int, operator: Operator, depth: int, inside: bool) -> TexPart | None:
        """Read `sim 50`, `leq 2`, `times 3.2`: a sign of the prose's before an operand."""
        head, j = operator.name, operator.end
        k = self.past(j)
        glued = k == j
        part = self.operand(k, depth, inside)
        if head == "times" and not glued and not LED.search(self.text[max(0, i - 32) : i]):
            part = None
        if part is None:
            return TexPart(j, operator.tex, BARE, "final") if operator.proof else None
        if head == "sim" and glued and self.names_a_thing(part.end):
            return None
        proof = BARE if operator.proof or part.form == "number" else part.proof
        if not proof and not inside:
            return None
        tex = glue(operator.tex, ("" if glued else " ") + part.tex)
        return TexPart(part.end, tex, proof, part.form)

    def names_a_thing(self, i: int) -> bool:
        """Return whether a word goes on at `i` as in `sim2real`."""
        unit = self.token(i)
        return unit.islower() and len(unit) > 2 and not unit.startswith("times")

    def joined(
        self, left: TexPart, k: int, operator: Operator, depth: int, inside: bool
    ) -> TexPart | None:
        """Read `left`, grown by the operator at `k` and what follows it."""
        spaced = k > left.end
        j = self.past(operator.end)
        gap = j > operator.end
        if not inside and self.divides(left, operator, j, spaced != gap):
            return None
        right = self.second(left, operator, j, spaced, depth, inside)
        if right is None:
            firm = left.form in ("number", "script", "group", "letter") or inside
            if not spaced and ((operator.name in ENDING and firm) or operator.proof):
                return TexPart(operator.end, glue(left.tex, operator.tex), BARE, "final")
            return None
        proof = evidence(left, operator, right, inside, spaced, gap)
        sign = glue(left.tex + (" " if spaced else ""), operator.tex)
        tex = glue(sign, (" " if gap else "") + right.tex)
        return TexPart(right.end, tex, max(proof, left.proof, right.proof), right.form)

    def divides(self, left: TexPart, operator: Operator, j: int, uneven: bool) -> bool:
        """Return whether a sign of the prose's ends the formula: a dash, a range as in
        `3-4times`."""
        if operator.name in ("-", "=", "/", "+", "*", "−") and uneven:
            return True
        return operator.name == "-" and left.form == "number" and self.after(j).isdigit()

    def second(
        self, left: TexPart, operator: Operator, j: int, spaced: bool, depth: int, inside: bool
    ) -> TexPart | None:
        """Return the operand at `j`, behind an operator, where the two operands make a formula."""
        op = operator.name
        right = self.operand(j, depth, inside or op in RELATIONS or op == "=")
        if right is None and (self.after(j) in ("-", "+") or self.text.startswith("sim", j)):
            right = self.begin(j, depth, True)
        if right is None:
            return None
        if op in WORDED and spaced:
            taken = (inside and op != "to") or sensible(op, left, right)
        else:
            counted = left.form == "number" and right.form == "letter"  # 8times a second
            taken = not (op == "times" and counted and j > operator.end)
        return right if taken else None


def evidence(
    left: TexPart, operator: Operator, right: TexPart, inside: bool, spaced: bool, gap: bool
) -> int:
    """Return what an operator proves where it stands between two operands."""
    op = operator.name
    if op in WORDED and (not spaced or op == "times" or right.form == "number"):
        return BARE
    if op in _SHORT_RELATIONS and not inside:
        return BARE
    return TYPED if typed(left, operator, right, spaced or gap) else operator.proof


def typed(left: TexPart, operator: Operator, right: TexPart, apart: bool) -> bool:
    """Return whether an operator joins two operands in a way that prose would not."""
    if operator.name in ("in", "ni"):
        return right.form == "group" and not operator.proof
    if operator.name == "=":
        return "name" in (left.form, right.form)
    # in Markdown, k<n would start a tag
    return operator.name == "<" and not apart and right.tex[:1].isalpha()


def sensible(op: str, left: TexPart, right: TexPart) -> bool:
    """Return whether an operator that is a word of prose, too, joins a formula here."""
    article = left.tex in ("a", "A", "I")
    if op == "times":
        counts = left.form == "number" and right.form in ("number", "script")
        named = left.form in ("letter", "script", "name", "call")
        factor = right.form in ("letter", "script", "name", "number", "call")
        return counts or (named and factor and not article)
    if op in ("in", "ni"):
        return not article and contained(left, right)
    if op == "to":
        return left.form != "number" and right.tex.lstrip("+-").startswith(("\\infty", "0"))
    if op in ("le", "ge", "ne", "lt", "gt", "ll", "gg", "sim", "pm"):
        return right.form != "group" and not article
    return bool(right.proof or left.proof)


def contained(left: TexPart, right: TexPart) -> bool:
    """Return whether `in` says that one thing is of a set, an interval or a space."""
    if right.proof > 0 and right.form in ("script", "group", "name"):
        return True
    listed = right.form == "group" and "," in right.tex
    if left.form in ("letter", "call") and (listed or right.tex.startswith(("[", "\\{"))):
        return True
    capital = right.form == "letter" and right.tex.isupper()
    return (left.tex[1:] in GREEK or left.proof > 0) and (capital or right.form == "group")


def beside(form: str, part: TexPart, inside: bool) -> bool:
    """Return whether an operand may follow another with only a space between."""
    if form == "function":
        return True
    if inside:
        return part.form in ("script", "call", "name", "letter", "function")
    return form == "script" and part.proof > 0 and part.form in ("script", "call")
