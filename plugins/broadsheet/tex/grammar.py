"""The grammar of formulas in prose that has lost its dollar signs and backslashes.

Operands (numbers, letters, names of symbols, brackets whose inside is a formula), joined by
operators. `Reader` reads from a place in the text as far as a formula goes, and says how far that
proves itself: a name that is no word of prose, an index or exponent, a sign glued to a number. What
has no proof is prose and stays.

The listing drops backslashes only between dollars, so a bare name is always maths. It also puts in
place of every command with a braced argument the text up to the first closing brace, which is why
`\\frac{a}{b}` arrives as `a{b}`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from broadsheet.tex.commands import (
    ARROWS,
    BIG,
    BINARY,
    DELIMITERS,
    FRACTIONS,
    FUNCTIONS,
    GREEK,
    MARKS,
    MATH_FONTS,
    OPERATORS,
    PARTNERS,
    PROSE,
    RELATIONS,
    SIZES,
    SURE,
    SWITCHES,
    SYMBOLS,
    TEXT_FONTS,
    WRAPPERS,
)
from broadsheet.tex.words import certain, pairing, split

TOKEN = re.compile(r"\s+|[A-Za-z]+|\d+(?:[.,]\d+)*|(?<![\w.])\.\d+|.", re.S)
BRACKETS = re.compile(r"[()\[\]{}]")
LETTERS = re.compile("[\u0370-\u03ff\u2100-\u214f\u2200-\u22ff\U0001d400-\U0001d7ff]")
REACH = 500  # characters: no formula is longer
DEPTH = 8  # of brackets in brackets

SIGNS = frozenset("+-−*/=<>≤≥≠≈∼×·±→←↔∈⊂⊆∪∩∘⊗⊕∝≡")
# Signs that may end a formula: `3times`, `1%downarrow`.
ENDING = frozenset({"times", "uparrow", "downarrow"})
# Signs that may start one: `sim 50`, `leq 2B`.
STARTING = frozenset(
    "sim approx pm mp leq geq leqslant geqslant lesssim gtrsim simeq ll gg times neq equiv neg"
    " uparrow downarrow".split()
)
# Operators that are words of prose, too.
WORDED = OPERATORS & PROSE
# What stands before a set, rather than a group of TeX's.
SET_AHEAD = ("=", "in", "∈", "cup", "cap", "setminus", "!", "min", "max")
# Names that stand alone as an index.
LABELS = frozenset(GREEK) | (frozenset(SYMBOLS) - {"Re", "Im"}) | {"min", "max", "inf", "sup", "to"}
# What a letter may be glued to in a bracket: `O(nlog n)`.
GLUED = FUNCTIONS | {"in", "to", "times"}
APPLIED = FUNCTIONS | frozenset(BIG) | {"nabla", "partial", "forall", "exists"}
# Lower-case names of Greek letters that mean little else in prose.
ONLY_GREEK = frozenset(
    "epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
    " Psi Upsilon".split()
)

NONE, TYPED, BARE = 0, 1, 2


class Part(NamedTuple):
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
    """An operator: where it ends, its TeX, its proof as `Part`'s, and its name or sign."""

    end: int
    tex: str
    proof: int
    name: str


class Reader:
    """One text, and the readings that the grammar tries on it.

    `known` holds the names that other formulas of the same abstract have proved: alone, too, they
    are maths. `bare` says that the abstract has lost backslashes for certain, so that more is.
    """

    def __init__(self, text: str, known: frozenset[str] = frozenset(), bare: bool = False) -> None:
        self.text = text
        self.known = known
        self.bare = bare
        self.pairs: dict[int, int] = {}
        self.heights: dict[int, int] = {}
        self._memo: dict[tuple[str, int, bool], Part | None] = {}
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

    # -- looking ----------------------------------------------------------------------------

    def token(self, i: int) -> str:
        """The token that starts at `i`; in the middle of a word, its rest."""
        m = TOKEN.match(self.text, i)
        return m.group() if m else ""

    def before(self, i: int) -> str:
        return self.text[i - 1] if i > 0 else ""

    def after(self, i: int) -> str:
        return self.text[i] if i < len(self.text) else ""

    def past(self, i: int) -> int:
        """Past white space."""
        while i < len(self.text) and self.text[i].isspace():
            i += 1
        return i

    def closing(self, i: int) -> int | None:
        """Where the bracket at `i` closes, if within reach."""
        close = self.pairs.get(i)
        if close is None or close - i > REACH or self.heights[i] > DEPTH:
            return None
        return close

    def run(self, i: int) -> str:
        """The whole run of letters that `i` is in."""
        start = i
        while start > 0 and i - start < 40 and word(self.text[start - 1]):
            start -= 1
        return self.token(start)

    def running(self, i: int) -> bool:
        """Whether `i` is in a run of letters that was parted for certain."""
        run = self.run(i)
        return certain(run) is not None or self.paired(i + len(self.token(i)) - len(run), run)

    # -- operands ---------------------------------------------------------------------------

    def operand(self, i: int, depth: int, inside: bool) -> Part | None:
        """An operand with what sticks to it: scripts, arguments, factors without a space.

        `inside` a bracket or argument, more counts as maths than in the open.
        """
        key = ("operand", i, inside)
        if key not in self._memo:
            self._memo[key] = None
            self._memo[key] = self._operand(i, depth, inside) if depth <= DEPTH else None
        return self._memo[key]

    def _operand(self, i: int, depth: int, inside: bool) -> Part | None:
        first = self.primary(i, depth, inside)
        if first is None:
            return None
        end, tex, proof, form = first
        while end < i + REACH:
            grown = self.attached(end, tex, form, proof, depth, inside)
            if grown is None:
                break
            end, tex, more, form = grown
            proof = max(proof, more)
        return Part(end, tex, proof, form)

    def attached(
        self, i: int, tex: str, form: str, proof: int, depth: int, inside: bool
    ) -> Part | None:
        """The operand `tex`, which ends at `i`, with the next thing that sticks to it."""
        sign = self.after(i)
        if sign in ("_", "^"):
            if sign == "_" and form == "number":
                return None
            script = self.script(i, depth)
            if script is None:
                return None
            kept = form if form == "function" else "script"
            return Part(script.end, tex + script.tex, script.proof, kept)
        if sign == "'" and form in ("letter", "script", "name"):
            following = self.after(i + 1)
            if following and following in "_^(),|=" and not following.isalnum():
                return Part(i + 1, tex + "'", NONE, form)
            return None
        if sign == "!" and form in ("letter", "name", "function") and self.after(i + 1) in ("(", "["):
            group = self.bracket(i + 1, depth)  # \!\left(
            return group and Part(group.end, f"{tex}\\!{group.tex}", group.proof, "call")
        if sign == "{":
            if form == "function":
                group = self.bracket(i, depth)
                return group and Part(group.end, tex + group.tex, BARE, "call")
            return self.divided(i, tex, form, depth) if proof or inside or form == "number" else None
        factor = self.factor(i, form, depth, inside)
        if factor is None:
            return None
        more, kind = factor.proof, factor.form
        if kind == "group":
            kind = "call"
            if tex in ("O", "o", "Θ", "Ω") and re.search(r"\\(?:log|ln)\b", factor.tex):
                more = max(more, TYPED)
        return Part(factor.end, glue(tex, factor.tex), more, kind)

    def factor(self, i: int, form: str, depth: int, inside: bool) -> Part | None:
        """A factor that follows without a space."""
        token = self.token(i)
        if not token or token.isspace() or token == "|":
            return None
        if token == "[" and not inside and form != "script":
            return None
        if form == "number":
            if token in ("(", "[", "{"):
                return None
            if len(token) == 1 and token.isalpha():  # 2x^2 but 5x, 3B
                after = self.after(i + 1)
                if not inside and after not in ("_", "^", "(") and after not in SIGNS:
                    return None
        if word(token) and len(token) > 1:
            pieces = certain(token) or split(token)
            if pieces is None or pieces[0] in OPERATORS or pieces[0] == "not":
                return None
            if form == "number" and pieces[0] in APPLIED and not inside:
                return None
        return self.primary(i, depth, inside)

    def divided(self, i: int, numerator: str, form: str, depth: int) -> Part | None:
        """`a{b}`, what a listing leaves of `\\frac{a}{b}`."""
        close = self.closing(i)
        if close is None or close == i + 1:
            return None
        body = self.text[i + 1 : close]
        if body in OPERATORS or body in "=+-<>" and form != "number":
            return None
        if body == ",":
            return Part(close + 1, numerator + "{,}", BARE, form)
        if re.search(r"[,;]|^[a-z]{2,}$", body) and body not in GREEK:
            return None
        if form == "number" and not re.fullmatch(r"[\d.+\-^()]+|[a-zA-Z]|[a-z]{2,}", body):
            return None
        under = self.loose(i + 1, close, depth + 1)
        return Part(close + 1, f"\\frac{{{numerator}}}{{{under}}}", BARE, "script")

    def script(self, i: int, depth: int) -> Part | None:
        """`_` or `^` at `i` with its argument."""
        mark, j = self.text[i], i + 1
        token = self.token(j)
        if not token:
            return None
        if token == "{":
            close = self.closing(j)
            if close is None or depth > DEPTH:
                return None
            body = self.text[j + 1 : close]
            inner = label(body) if word(body) else self.loose(j + 1, close, depth + 1)
            return Part(close + 1, f"{mark}{{{inner}}}", BARE, "script")
        if token == "(":
            m = re.compile(r"\([\w+\-/*]{1,8}\)").match(self.text, j)
            return Part(m.end(), f"{mark}{{{m.group()}}}", TYPED, "script") if m else None
        if token[0].isdigit():
            number = token if len(token) == 1 else f"{{{token}}}"
            return Part(j + len(token), mark + number, TYPED, "script")
        if token in "+-−":
            number = self.token(j + 1)
            if number[:1].isdigit():
                end = j + 1 + len(number)
                return Part(end, f"{mark}{{-{number}}}", TYPED, "script") if token != "+" else None
            return Part(j + 1, mark + token, TYPED, "script")
        if token in "*†" or LETTERS.match(token):
            return Part(j + 1, mark + token, TYPED, "script")
        return self.word_script(mark, j, token, depth) if word(token) else None

    def word_script(self, mark: str, j: int, token: str, depth: int) -> Part | None:
        if len(token) == 1:
            return Part(j + 1, mark + token, TYPED, "script")
        pieces = certain(token) or split(token) or (token,)
        head = pieces[0]
        if head in MATH_FONTS | TEXT_FONTS | frozenset(MARKS):
            inner = self.primary(j, depth + 1, True)
            if inner is not None:
                return Part(inner.end, f"{mark}{{{inner.tex}}}", BARE, "script")
        if head in LABELS:
            proof = BARE if head in SURE or head in ("circ", "top", "star", "ast") else TYPED
            return Part(j + len(head), mark + name(head), proof, "script")
        if len(pieces) > 1 and len(head) == 1:
            spaced = pieces[1] in OPERATORS and self.after(j + len(token)).isspace()
            if certain(token) or (spaced and len(pieces) == 2):
                run = re.match("[A-Za-z]+", token[: token.index(max(pieces, key=len))])
                letters = run.group() if run else head
                tex = letters if len(letters) == 1 else f"{{\\text{{{letters}}}}}"
                return Part(j + len(letters), mark + tex, TYPED, "script")
        return Part(j + len(token), f"{mark}{{{label(token)}}}", TYPED, "script")

    def primary(self, i: int, depth: int, inside: bool) -> Part | None:
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
            return Part(i + 1, token, NONE, "letter")
        return self.word(i, token, depth, inside) if word(token) else None

    def number(self, i: int, token: str) -> Part:
        end = i + len(token)
        if self.text.startswith(",%", end):  # 35\,\%
            return Part(end + 2, token + "\\,\\%", BARE, "number")
        percent = self.past(end)
        if self.after(percent) == "%" and percent - end <= 1:
            return Part(percent + 1, token + "\\%", NONE, "number")
        return Part(end, token, NONE, "number")

    def word(self, i: int, token: str, depth: int, inside: bool) -> Part | None:
        """A letter, a name, or a run of both, of which the first is taken."""
        if len(token) == 1:
            return Part(i + 1, token, NONE, "letter")
        pieces = certain(token)
        sure = pieces is not None
        pieces = pieces or split(token)
        if pieces is None:
            return self.identifier(i, token, depth, inside)
        head = pieces[0]
        if len(pieces) > 1:
            middle = self.before(i).isalpha() and self.before(i).isascii()
            glued = inside and len(pieces) == 2 and len(head) == 1 and pieces[1] in GLUED
            tight = self.tight(i, token) and mathematical(pieces)
            if not (sure or middle or glued or tight or self.paired(i, token)):
                return None
            if len(head) == 1:
                capitals = re.match("[A-Z]{2,}", token)
                if capitals and not inside:
                    return None
                return Part(i + 1, head, BARE if sure else NONE, "letter")
        return self.command(i, head, depth, inside, BARE if sure or head in SURE else NONE)

    def paired(self, i: int, token: str) -> bool:
        """`nge 4`, `xinX`, `pin[0,1]`: a letter and an operator, with an operand to follow."""
        pieces = pairing(token)
        end = i + len(token)
        following = self.after(end)
        if pieces is None:
            m = re.compile(r"[a-zA-Z]in(?=[\[{(]\S)").match(self.text, i)
            return m is not None and m.end() == end and self.operand(end, 1, True) is not None
        if len(pieces) == 3:
            return not following.isalnum() and following != "-"
        if pieces[1] == "sim":
            return following == " " and self.token(end + 1)[:1].isupper()
        return following.isdigit() or bool(re.compile(r" (?:\d|[a-zA-Z]\b)").match(self.text, end))

    def tight(self, i: int, token: str) -> bool:
        """Whether a word touches a sign that prose doesn't have there."""
        following = self.after(i + len(token))
        return (following != "" and following in "_^{}") or (
            self.before(i) != "" and self.before(i) in "_^{}"
        )

    def identifier(self, i: int, token: str, depth: int, inside: bool) -> Part | None:
        """A word as the name of a function, `softmax(...)`; capitals with an index, in a formula."""
        end = i + len(token)
        if self.after(end) == "(" and (inside or token.islower()):
            group = self.bracket(end, depth)
            if group is not None and group.proof and not group.tex[1:2].isdigit():
                return Part(group.end, f"\\mathrm{{{token}}}{group.tex}", group.proof, "call")
        if inside and token.isupper() and len(token) <= 4 and self.after(end) in ("^", "_"):
            return Part(end, token, NONE, "letter")
        return None

    def command(self, i: int, head: str, depth: int, inside: bool, proof: int) -> Part | None:
        """The name at `i` as an operand, with the arguments that it takes."""
        end = i + len(head)
        following = self.after(end)
        if head in SIZES:
            return self.primary(end, depth + 1, inside) if following in ("(", "[", "{") else None
        if head in PARTNERS:
            return self.fenced(i, head, depth)
        if head in TEXT_FONTS:
            return self.text_font(end, head, depth) if following == "{" else None
        if head in MATH_FONTS or head in MARKS or head in WRAPPERS:
            return self.argument(end, head, depth)
        if head in FRACTIONS:
            return self.fraction(end, head, depth)
        if head in GREEK:
            return Part(end, name(head), max(proof, self.licence(i, head)), "name")
        if head in SYMBOLS:
            return Part(end, name(head), proof, "name") if proof or inside else None
        if head in APPLIED:
            return Part(end, name(head), proof, "function")
        return None

    def licence(self, i: int, head: str) -> int:
        """How far the name of a Greek letter is one where it stands."""
        if head in self.known:
            return BARE
        hyphen = self.before(i) == "-" or self.after(i + len(head)) == "-"
        if self.bare and (head in ONLY_GREEK or (hyphen and head.islower())):
            return BARE
        return TYPED if head in ("Psi", "Upsilon") and hyphen else NONE

    def text_font(self, i: int, head: str, depth: int) -> Part | None:
        close = self.closing(i)
        if close is None:
            return None
        raw = f"\\{head}{{{self.text[i + 1 : close]}}}"
        below = self.closing(close + 1) if self.after(close + 1) == "{" else None
        if below is None:
            return Part(close + 1, raw, BARE, "name")
        under = self.loose(close + 2, below, depth + 1)
        return Part(below + 1, f"\\frac{{{raw}}}{{{under}}}", BARE, "script")

    def argument(self, i: int, head: str, depth: int) -> Part | None:
        """What a font or a mark applies to: `mathcal{O}`, `widetilde O`."""
        if self.after(i) == "{":
            close = self.closing(i)
            if close is None:
                return None
            body = self.loose(i + 1, close, depth + 1)
            if head in MATH_FONTS and body.startswith(f"\\{head}{{"):
                return Part(close + 1, body.rstrip(), BARE, "name")
            return Part(close + 1, f"\\{head}{{{body}}}", BARE, "name")
        if head in PROSE:
            return None
        inner = self.primary(self.past(i), depth + 1, True)
        if inner is None or inner.form == "group":
            return None
        return Part(inner.end, f"\\{head}{{{inner.tex}}}", BARE, "name")

    def fraction(self, i: int, head: str, depth: int) -> Part | None:
        close = self.closing(i) if self.after(i) == "{" else None
        if close is None:
            return None
        below = self.closing(close + 1) if self.after(close + 1) == "{" else None
        if below is not None:
            over, under = self.loose(i + 1, close, depth + 1), self.loose(close + 2, below, depth + 1)
            return Part(below + 1, f"\\{head}{{{over}}}{{{under}}}", BARE, "script")
        # \sqrt{\frac{L}{\mu}} arrives as frac{L{mu}}: what wraps a fraction is a root
        for j in range(i + 1, close):
            if self.pairs.get(j) == close - 1 and self.text[j] == "{":
                over, under = self.loose(i + 1, j, depth + 1), self.loose(j + 1, close - 1, depth + 1)
                return Part(close + 1, f"\\sqrt{{\\{head}{{{over}}}{{{under}}}}}", BARE, "script")
        return None

    def switched(self, i: int, depth: int) -> Part | None:
        """`{bf x}`, a group that starts with a change of font."""
        m = re.compile(r"\{(\w+) ").match(self.text, i)
        close = self.closing(i)
        if m is None or m[1] not in SWITCHES or close is None:
            return None
        return Part(close + 1, f"{{\\{m[1]} {self.loose(m.end(), close, depth + 1)}}}", BARE, "name")

    def fenced(self, i: int, head: str, depth: int) -> Part | None:
        """`langle ... rangle`, where the inside is a formula or a list of them."""
        partner = PARTNERS[head]
        j, items = self.past(i + len(head)), ""
        while j < i + REACH:
            part = self.expression(j, depth + 1, True)
            if part is None:
                return None
            items += part.tex
            j = self.past(part.end)
            if self.text.startswith(partner, j):
                return Part(j + len(partner), f"\\{head} {items}\\{partner}", BARE, "group")
            if self.after(j) not in (",", "|", ";"):
                return None
            items += self.text[j] + " "
            j = self.past(j + 1)
        return None

    def bracket(self, i: int, depth: int) -> Part | None:
        """A bracket whose inside is a formula, or several with commas."""
        close = self.closing(i)
        if close is None or close == i + 1 or depth >= DEPTH:
            return None
        j, items, proof, forms = self.past(i + 1), "", NONE, []
        while j < close:
            dots = re.compile(r"\.{2,3}|…").match(self.text, j)
            part = (
                Part(dots.end(), "\\ldots", NONE, "dots")
                if dots
                else self.expression(j, depth + 1, True)
            )
            if part is None:
                return None
            items += part.tex
            proof = max(proof, part.proof)
            forms.append(part.tex[1:] in GREEK)
            j = self.past(part.end)
            size = self.token(j)
            if size in SIZES and j + len(size) == close:
                j = close
            if j == close:
                break
            if self.after(j) not in (",", "|", ";", ":"):
                return None
            items += self.text[j] + (" " if self.after(j + 1).isspace() else "")
            j = self.past(j + 1)
        if j != close:
            return None
        if len(forms) > 1 and all(forms):
            proof = max(proof, TYPED)
        left, right = self.text[i], self.text[close]
        if left == "{":
            ahead = self.text[max(0, i - 8) : i].rstrip()
            if len(forms) == 1 and not ahead.endswith(SET_AHEAD) and "\\mid" not in items:
                return Part(close + 1, f"{{{items}}}", proof, "group")
            left, right = "\\{", "\\}"
        return Part(close + 1, left + items + right, proof, "group")

    def absolute(self, i: int, depth: int) -> Part | None:
        bars = "||" if self.text.startswith("||", i) else "|"
        part = self.expression(self.past(i + len(bars)), depth + 1, True)
        if part is None:
            return None
        end = self.past(part.end)
        if not self.text.startswith(bars, end):
            return None
        sign = "\\|" if len(bars) == 2 else "|"
        return Part(end + len(bars), sign + part.tex + sign, part.proof, "group")

    def loose(self, i: int, close: int, depth: int) -> str:
        """The text up to `close` as TeX, whatever it is: an argument in braces."""
        tex = ""
        while i < close:
            token = self.token(i)
            if i + len(token) > close:
                token = self.text[i:close]
            if token == "{" or (word(token) and len(token) > 1):
                part = self.operand(i, depth, True) if depth <= DEPTH else None
                if part is not None and part.end <= close:
                    tex, i = glue(tex, part.tex), part.end
                    continue
                operator = self.operator(i) if len(token) > 1 and i + len(token) < close else None
                if operator is not None and operator.end <= close:
                    tex, i = glue(tex, operator.tex), operator.end
                    continue
            if word(token) and len(token) > 2:
                token, i = f"\\text{{{token}}}", i + len(token)
            else:
                i += len(token)
            tex = glue(tex, {"{": "\\{", "}": "\\}", "%": "\\%", "&": "\\&", "#": "\\#"}.get(token, token))
        return tex

    # -- operators --------------------------------------------------------------------------

    def operator(self, i: int) -> Operator | None:
        sign = self.after(i)
        if sign in SIGNS and sign:
            following = self.after(i + 1)
            if sign in "-*" and following == sign or sign == "-" and following == ">":
                return None
            if sign in "<>" and following == "=":
                return Operator(i + 2, "\\leq" if sign == "<" else "\\geq", NONE, sign)
            return Operator(i + 1, sign, NONE, sign)
        if sign == "!" and not self.before(i).isspace():  # \! before and after
            inner = self.operator(i + 1) if self.after(i + 1).isalpha() else None
            if inner is not None and self.after(inner.end) == "!":
                return Operator(inner.end + 1, f"\\!{inner.tex}\\!", BARE, inner.name)
            return None
        if sign == "{":
            m = re.compile(r"\{([A-Za-z]+|[=+<>-])\}").match(self.text, i)
            if m and (m[1] in OPERATORS or m[1] in SIGNS):
                return Operator(m.end(), f"{{{name(m[1])}}}", BARE, m[1])
            return None
        token = self.token(i)
        return self.worded(i, token) if word(token) and len(token) > 1 else None

    def worded(self, i: int, token: str) -> Operator | None:
        """An operator by its name, which another word may follow without a space."""
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
        if len(pieces) > 1 and not certain(token) and not self.running(i):
            before = self.before(i)
            rest = pieces[1:]
            if before.isspace() or not all(len(p) == 1 or p in OPERATORS for p in rest):
                return None
            if before.isalpha() and before.islower() and head in PROSE and len(head) < 5:
                return None
        end, tex = i + len(head), name(head)
        if self.after(end) == "!" and self.after(end + 1).isalnum() and len(pieces) == 1:
            return Operator(end + 1, tex + "\\!", BARE, head)  # \sim\!6
        return Operator(end, tex, BARE if head in SURE else NONE, head)

    # -- expressions ------------------------------------------------------------------------

    def expression(self, i: int, depth: int = 0, inside: bool = False) -> Part | None:
        """Operands joined by operators, from `i` on, as far as it goes."""
        key = ("expression", i, inside)
        if key not in self._memo:
            self._memo[key] = None
            self._memo[key] = self._expression(i, depth, inside) if depth <= DEPTH else None
        return self._memo[key]

    def _expression(self, i: int, depth: int, inside: bool) -> Part | None:
        part = self.begin(i, depth, inside)
        while part is not None and part.end < i + REACH and part.form != "final":
            grown = self.grow(part, depth, inside)
            if grown is None:
                break
            part = grown
        return part

    def grow(self, part: Part, depth: int, inside: bool) -> Part | None:
        """The expression so far with the operator or operand that comes next."""
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
        return Part(following.end, joint, max(proof, following.proof), following.form)

    def listed(self, part: Part, k: int, depth: int) -> Part | None:
        """`x_1,dots,x_n` and `alpha,beta`: a list without spaces, in the open."""
        dots = re.compile(r"(?:l?dots|\.{3}),").match(self.text, k + 1)
        if dots and part.proof:
            following = self.operand(dots.end(), depth, False)
            if following is not None and following.proof:
                tex = f"{part.tex},\\ldots,{following.tex}"
                return Part(following.end, tex, max(part.proof, following.proof), following.form)
        following = self.operand(k + 1, depth, False)
        if following is None:
            return None
        greek = part.tex[1:] in GREEK and following.tex[1:] in GREEK
        if not (greek or (part.proof and following.proof)):
            return None
        proof = max(part.proof, following.proof, TYPED)
        return Part(following.end, f"{part.tex},{following.tex}", proof, following.form)

    def begin(self, i: int, depth: int, inside: bool) -> Part | None:
        """The first operand, with a sign or relation that may stand before it."""
        sign = self.after(i)
        if sign and (sign in "≤≥∼≈±<>" or (inside and sign in "-+=−*")):
            operator = self.operator(i)
            part = operator and self.operand(self.past(operator.end), depth, inside)
            if operator is None or part is None:
                starred = inside and sign == "*"
                return Part(i + 1, sign, NONE, "letter") if starred else None
            space = self.text[operator.end : self.past(operator.end)] and " "
            return Part(part.end, glue(operator.tex, space + part.tex), part.proof, part.form)
        operator = self.operator(i)
        if inside and operator is not None and operator.name == "cdot":
            return Part(operator.end, operator.tex, BARE, "letter")
        if operator is not None and operator.name in STARTING:
            return self.prefixed(i, operator, depth, inside)
        if self.text.startswith("neg", i):
            operator = Operator(i + 3, "\\neg", NONE, "neg")
            return self.prefixed(i, operator, depth, inside)
        return self.operand(i, depth, inside)

    def prefixed(self, i: int, operator: Operator, depth: int, inside: bool) -> Part | None:
        """`sim 50`, `leq 2`, `times 3.2`: a sign of the prose's before an operand."""
        head, j = operator.name, operator.end
        k = self.past(j)
        glued = k == j
        part = self.operand(k, depth, inside)
        if head == "times" and not glued and part is not None and part.form != "number":
            part = None
        if part is None:
            return Part(j, operator.tex, BARE, "final") if operator.proof else None
        sure = BARE if operator.proof or part.form == "number" else part.proof
        if not sure and not inside:
            return None
        return Part(part.end, glue(operator.tex, ("" if glued else " ") + part.tex), sure, part.form)

    def joined(
        self, left: Part, k: int, operator: Operator, depth: int, inside: bool
    ) -> Part | None:
        """`left`, grown by the operator at `k` and what follows it."""
        op, proof = operator.name, operator.proof
        spaced = k > left.end
        j = self.past(operator.end)
        gap = j > operator.end
        if not inside:
            if op in ("-", "=", "/", "+", "*", "−") and spaced != gap:
                return None
            if op == "-" and left.form == "number" and self.after(j).isdigit():
                return None  # a range: 3-4times
        caps = inside or op in RELATIONS or op == "="
        right = self.operand(j, depth, caps)
        if right is None and (self.after(j) in ("-", "+") or self.text.startswith("sim", j)):
            right = self.begin(j, depth, True)
        if right is not None and op in WORDED and spaced:
            if not (inside and op != "to") and not self.sensible(op, left, right):
                right = None
        elif op == "times" and right is not None and gap and right.form == "letter":
            if left.form == "number":
                right = None  # 8times a second
        if right is None:
            firm = left.form in ("number", "script", "group", "letter") or inside
            if not spaced and ((op in ENDING and firm) or proof):
                return Part(operator.end, glue(left.tex, operator.tex), BARE, "final")
            return None
        if op in WORDED and (not spaced or op == "times" or right.form == "number"):
            proof = BARE
        elif op in ("ne", "ge", "le", "ll", "gg") and not inside:
            proof = BARE
        elif op in ("in", "ni") and right.form == "group" and not proof:
            proof = TYPED
        elif op == "=" and "name" in (left.form, right.form):
            proof = TYPED
        sign = glue(left.tex + (" " if spaced else ""), operator.tex)
        tex = glue(sign, (" " if gap else "") + right.tex)
        return Part(right.end, tex, max(proof, left.proof, right.proof), right.form)

    def sensible(self, op: str, left: Part, right: Part) -> bool:
        """Whether an operator that is a word of prose, too, joins a formula here."""
        pair = (left.form, right.form)
        greek = left.tex[1:] in GREEK
        article = left.tex in ("a", "A", "I")
        if op == "times":
            return pair == ("number", "number") or (
                left.form in ("letter", "script", "name", "call")
                and right.form in ("letter", "script", "name", "number", "call")
                and not article
            )
        if op in ("in", "ni"):
            capital = right.form == "letter" and right.tex.isupper()
            return not article and (
                (right.proof > 0 and right.form in ("script", "group", "name"))
                or (left.form in ("letter", "call") and right.tex.startswith(("[", "\\{")))
                or ((greek or left.proof > 0) and (capital or right.form == "group"))
            )
        if op == "to":
            return left.form != "number" and right.tex.lstrip("+-").startswith(("\\infty", "0"))
        if op in ("le", "ge", "ne", "lt", "gt", "ll", "gg", "sim", "pm"):
            return right.form != "group" and not article
        return bool(right.proof or left.proof)


def word(token: str) -> bool:
    """Whether a token is a run of Latin letters."""
    return token.isalpha() and token.isascii()


def mathematical(pieces: tuple[str, ...]) -> bool:
    """Whether a run's names are of the kind that formulas are made of, with few letters between."""
    names = [p for p in pieces if len(p) > 1]
    return all(p in GREEK or p in GLUED or p in SURE for p in names) and (
        len(pieces) - len(names) <= 2 * len(names)
    )


def label(body: str) -> str:
    """A word as an index: a symbol, a function's name, or text."""
    pieces = certain(body)
    if body in LABELS:
        return name(body)
    if pieces and len(pieces) > 1:
        tex = ""
        for piece in pieces:
            tex = glue(tex, name(piece))
        return tex
    return body if len(body) < 3 and not body.isupper() else f"\\text{{{body}}}"


def beside(form: str, part: Part, inside: bool) -> bool:
    """Whether an operand may follow another with only a space between."""
    if form == "function":
        return True
    if inside:
        return part.form in ("script", "call", "name", "letter", "function")
    return form == "script" and part.proof > 0 and part.form in ("script", "call")


def name(piece: str) -> str:
    """A name as TeX writes it; a letter or sign as it is."""
    return f"\\{piece}" if len(piece) > 1 else piece


def glue(left: str, right: str) -> str:
    """Two stretches of TeX side by side, with a space where a name would run into a letter."""
    if right[:1].isalpha() and re.search(r"\\[A-Za-z]+$", left):
        return f"{left} {right}"
    return left + right


__all__ = ["ARROWS", "BARE", "BINARY", "DELIMITERS", "NONE", "TYPED", "Part", "Reader", "name"]
