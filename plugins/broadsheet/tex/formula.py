"""Finds the formulas in prose that has lost its dollar signs and backslashes, and mends their TeX.

A formula is read by a small grammar: operands (numbers, letters, names of symbols, brackets whose
inside is a formula) that operators join. It counts as one only with proof: a name that is no word
of prose, an index or exponent, a sign glued to a number. What has no proof is prose and stays.

The listing drops the backslash only between dollars, so a bare name is always maths; it also
replaces each command with a braced argument by the text up to the first closing brace, which is
why `\\frac{a}{b}` arrives as `a{b}`.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
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
    NAMES,
    PARTNERS,
    PROSE,
    RELATIONS,
    SIZES,
    SPACES,
    SURE,
    SWITCHES,
    SYMBOLS,
    TEXT_FONTS,
    WRAPPERS,
)
from broadsheet.tex.words import certain, split

TOKEN = re.compile(r"\s+|[A-Za-z]+|\d+(?:[.,]\d+)*|.", re.S)
OPEN = {"(": ")", "[": "]", "{": "}"}
SIGNS = frozenset("+-−*/=<>≤≥≠≈∼×·±→←↔∈⊂⊆∪∩∘⊗⊕∝≡")
ENDLESS = frozenset({"times", "uparrow", "downarrow", "uparrows", "circ"})
PREFIXES = frozenset(
    "sim approx pm mp leq geq leqslant geqslant lesssim gtrsim simeq ll gg times neq equiv".split()
)
GREEK_LETTERS = re.compile("[\u0370-\u03ff\u2100-\u214f\u2200-\u22ff\U0001d400-\U0001d7ff]")
REACH = 300  # tokens: no formula is longer
DEPTH = 8
OPERATORS = frozenset(BINARY) | frozenset(RELATIONS) | frozenset(ARROWS)
GLUED = FUNCTIONS | {"in", "to", "times"}
PREFIX_FUNCTIONS = FUNCTIONS | frozenset(BIG) | {"nabla", "partial", "forall", "exists"}


class Part(NamedTuple):
    """A stretch of tokens read as maths: where it ends, its TeX, and whether it proves itself."""

    end: int
    tex: str
    proof: bool
    form: str  # number, letter, name, script, group, call, operator, loose


@dataclass(slots=True)
class Reader:
    """The tokens of one text, and the readings that the grammar tries on them.

    `known` holds the names that other formulas of the text have proved: alone, too, they are maths.
    """

    tokens: list[str]
    known: Container[str] = ()
    parted: list[tuple[int, int]] = field(default_factory=list)

    def at(self, i: int) -> str:
        return self.tokens[i] if 0 <= i < len(self.tokens) else ""

    def blank(self, i: int) -> bool:
        return self.at(i)[:1].isspace()

    def past(self, i: int) -> int:
        return i + 1 if self.blank(i) else i

    def closing(self, i: int) -> int | None:
        """Where the bracket at `i` closes, if it does within reach."""
        depth = 0
        for j in range(i, min(i + REACH, len(self.tokens))):
            token = self.tokens[j]
            if token in OPEN:
                depth += 1
            elif token in (")", "]", "}"):
                depth -= 1
                if depth == 0:
                    # half-open intervals mix round and square
                    same = OPEN[self.tokens[i]] == token
                    return j if same or (self.tokens[i] != "{" and token != "}") else None
        return None

    # -- operands ---------------------------------------------------------------------------

    def operand(self, i: int, depth: int, inside: bool) -> Part | None:
        """An operand with what sticks to it: scripts, arguments, factors without a space."""
        first = self.primary(i, depth, inside)
        if first is None:
            return None
        end, tex, proof, form = first
        while end < i + REACH:
            token = self.at(end)
            if token in ("_", "^"):
                script = self.script(end, depth)
                if script is None:
                    break
                if token == "_" and form == "number":
                    break
                end, tex, proof, form = script.end, tex + script.tex, True, "script"
                continue
            if token == "'" and form in ("letter", "script", "name") and self.prime(end):
                end, tex = end + 1, tex + "'"
                continue
            if token == "{" and (proof or inside) and self.at(end + 1) not in OPERATORS:
                divided = self.fraction(end, tex, depth)
                if divided is None:
                    break
                end, tex, proof, form = divided
                continue
            factor = self.factor(end, form, depth, inside)
            if factor is None:
                break
            end, tex, proof = factor.end, glue(tex, factor.tex), proof or factor.proof
            form = "call" if factor.form == "group" else factor.form
        return Part(end, tex, proof, form)

    def prime(self, i: int) -> bool:
        return not self.at(i + 1)[:1].isalnum() and self.at(i + 1) in ("_", "^", "(", ")", ",", "|")

    def factor(self, i: int, form: str, depth: int, inside: bool) -> Part | None:
        """A factor that follows without a space."""
        token = self.at(i)
        if not token or self.blank(i):
            return None
        if form == "number" and len(token) == 1 and token.isalpha():
            after = self.at(i + 1)
            if not (inside or after in ("_", "^", "(") or after in SIGNS):
                return None
        if form == "number" and token in ("(", "[", "{", "|"):
            return None
        if token == "|" or (token == "[" and not inside):
            return None
        if token.isalpha() and token.isascii() and len(token) > 1 and self.at(i - 1) not in "^_{":
            pieces = split(token)
            if pieces is None or (pieces[0] in OPERATORS):
                return None
        return self.primary(i, depth, inside)

    def fraction(self, i: int, numerator: str, depth: int) -> Part | None:
        """`a{b}`, what a listing leaves of `\\frac{a}{b}`."""
        close = self.closing(i)
        if close is None or close == i + 1:
            return None
        body = "".join(self.tokens[i + 1 : close])
        if body in (",", "=", "+", "-", ":", "<", ">", "/") or body in NAMES & OPERATORS:
            return Part(
                close + 1, numerator + "{" + self.loose(i + 1, close, depth) + "}", True, "name"
            )
        if re.search(r"[,;]", body):
            return None
        return Part(
            close + 1, f"\\frac{{{numerator}}}{{{self.loose(i + 1, close, depth)}}}", True, "script"
        )

    def script(self, i: int, depth: int) -> Part | None:
        """`_` or `^` at `i` with its argument."""
        mark, j = self.at(i), i + 1
        token = self.at(j)
        if token == "{":
            close = self.closing(j)
            if close is None or depth > DEPTH:
                return None
            return Part(
                close + 1, f"{mark}{{{self.loose(j + 1, close, depth + 1)}}}", True, "script"
            )
        if token.isdigit() or token in ("*", "+", "-", "'", "†"):
            if token in ("+", "-") and self.at(j + 1).isdigit():
                return None
            return Part(j + 1, mark + token, True, "script")
        if re.fullmatch(r"\d+(?:[.,]\d+)+", token):
            return Part(j + 1, f"{mark}{token}", True, "script")
        if GREEK_LETTERS.match(token):
            return Part(j + 1, mark + token, True, "script")
        if token.isalpha() and token.isascii():
            if len(token) == 1:
                return Part(j + 1, mark + token, True, "script")
            pieces = split(token)
            if pieces is None:
                return Part(j + 1, f"{mark}{{\\text{{{token}}}}}", True, "script")
            if pieces[0] in MATH_FONTS | TEXT_FONTS | frozenset(MARKS) and self.at(j + 1) == "{":
                inner = self.primary(j, depth + 1, True)
                return inner and Part(inner.end, f"{mark}{{{inner.tex}}}", True, "script")
            tex = mark + name(pieces[0])
            self.cut(j, pieces[0])
            return Part(j + 1, tex, True, "script")
        return None

    def cut(self, i: int, head: str) -> None:
        """Part the token at `i` after `head`."""
        if len(head) < len(self.tokens[i]):
            self.replace(i, (head, self.tokens[i][len(head) :]))

    def replace(self, i: int, pieces: tuple[str, ...]) -> None:
        self.parted.append((i, len(pieces)))
        self.tokens[i : i + 1] = pieces

    def undo(self) -> None:
        """Join again what was parted for a reading that failed."""
        for i, count in reversed(self.parted):
            self.tokens[i : i + count] = ["".join(self.tokens[i : i + count])]
        self.parted.clear()

    def primary(self, i: int, depth: int, inside: bool) -> Part | None:
        token = self.at(i)
        if not token or depth > DEPTH:
            return None
        if token[0].isdigit():
            end, tex = i + 1, token
            percent = self.past(end)
            if self.at(percent) == "%":
                end, tex = percent + 1, tex + "\\%"
            return Part(end, tex, False, "number")
        if token in OPEN:
            return self.bracket(i, depth)
        if token == "|":
            return self.absolute(i, depth)
        if GREEK_LETTERS.match(token):
            return Part(i + 1, token, False, "letter")
        if not (token.isalpha() and token.isascii()):
            return None
        return self.word(i, depth, inside)

    def word(self, i: int, depth: int, inside: bool) -> Part | None:
        """A letter, a name, or a run of both, of which the first is taken."""
        token = self.at(i)
        if len(token) == 1:
            return Part(i + 1, token, False, "letter")
        pieces = certain(token)
        sure = pieces is not None
        if pieces is None:
            pieces = split(token)
        if pieces is None:
            return self.identifier(i, depth, inside)
        head = pieces[0]
        if len(pieces) > 1:
            if not self.divisible(i, pieces, sure, inside):
                return None
            self.replace(i, pieces)
            if len(head) == 1:
                return Part(i + 1, head, sure, "letter")
            if head not in NAMES:
                return None
        return self.command(i, head, depth, inside, proof=sure)

    def divisible(self, i: int, pieces: tuple[str, ...], sure: bool, inside: bool) -> bool:
        """Whether the word at `i` falls into `pieces` here, or is prose after all."""
        if sure or self.tight(i):
            return True
        return inside and len(pieces) == 2 and len(pieces[0]) == 1 and pieces[1] in GLUED

    def tight(self, i: int) -> bool:
        """Whether the token at `i` touches a sign that prose doesn't have there."""
        return self.at(i + 1) in ("_", "^", "{", "}") or self.at(i - 1) in ("_", "^", "{", "}")

    def identifier(self, i: int, depth: int, inside: bool) -> Part | None:
        """A word as the name of a function, `softmax(...)`; capitals with an index, in a formula."""
        token = self.at(i)
        if self.at(i + 1) == "(":
            group = self.bracket(i + 1, depth)
            if group is not None and group.proof:
                return Part(group.end, f"\\mathrm{{{token}}}{group.tex}", True, "call")
        if inside and token.isupper() and len(token) <= 4 and self.at(i + 1) in ("^", "_"):
            return Part(i + 1, token, False, "letter")
        return None

    def command(self, i: int, head: str, depth: int, inside: bool, proof: bool) -> Part | None:
        """The name at `i` as an operand, with the arguments that it takes."""
        following = self.at(i + 1)
        if head in SIZES and (following in "()[]|<>.{}" or following in DELIMITERS):
            return self.primary(i + 1, depth + 1, inside) if following else None
        if head in PARTNERS:
            return self.fenced(i, head, depth)
        if head in DELIMITERS:
            return None
        if head in TEXT_FONTS and following == "{":
            close = self.closing(i + 1)
            if close is None:
                return None
            raw = "".join(self.tokens[i + 2 : close])
            if self.at(close + 1) == "{":
                below = self.closing(close + 1)
                if below is not None:
                    under = self.loose(close + 2, below, depth + 1)
                    return Part(
                        below + 1, f"\\frac{{\\{head}{{{raw}}}}}{{{under}}}", True, "script"
                    )
            return Part(close + 1, f"\\{head}{{{raw}}}", True, "name")
        if head in MATH_FONTS or head in MARKS or head in WRAPPERS:
            return self.argument(i, head, depth)
        if head in FRACTIONS:
            return self.fractions(i, head, depth)
        if head in TEXT_FONTS or head in SWITCHES or head in SPACES or head in SIZES:
            return None
        if head in OPERATORS:
            return None
        if head in GREEK:
            greek = proof or head in self.known
            return Part(i + 1, name(head), greek, "name")
        if head in SYMBOLS:
            return Part(i + 1, name(head), proof, "name") if proof or inside else None
        if head in PREFIX_FUNCTIONS:
            return Part(i + 1, name(head), proof, "function")
        return None

    def argument(self, i: int, head: str, depth: int) -> Part | None:
        j = self.past(i + 1)
        if self.at(j) == "{":
            close = self.closing(j)
            if close is None or j > i + 1:
                return None
            body = self.loose(j + 1, close, depth + 1)
            if head in MATH_FONTS and body.startswith(f"\\{head}{{"):
                return Part(close + 1, body, True, "name")
            return Part(close + 1, f"\\{head}{{{body}}}", True, "name")
        if head in PROSE:
            return None
        inner = self.primary(j, depth + 1, True)
        if inner is None or inner.form == "group":
            return None
        return Part(inner.end, f"\\{head}{{{inner.tex}}}", True, "name")

    def fractions(self, i: int, head: str, depth: int) -> Part | None:
        if self.at(i + 1) != "{":
            return None
        close = self.closing(i + 1)
        if close is None:
            return None
        if self.at(close + 1) == "{":
            below = self.closing(close + 1)
            if below is not None:
                over = self.loose(i + 2, close, depth + 1)
                under = self.loose(close + 2, below, depth + 1)
                return Part(below + 1, f"\\{head}{{{over}}}{{{under}}}", True, "script")
        # \sqrt{\frac{L}{\mu}} arrives as frac{L{mu}}: what wraps a fraction is a root
        for j in range(i + 2, close):
            if self.at(j) == "{" and self.closing(j) == close - 1:
                over = self.loose(i + 2, j, depth + 1)
                under = self.loose(j + 1, close - 1, depth + 1)
                return Part(close + 1, f"\\sqrt{{\\{head}{{{over}}}{{{under}}}}}", True, "script")
        return None

    def fenced(self, i: int, head: str, depth: int) -> Part | None:
        """`langle ... rangle`, where the inside is a formula or a list of them."""
        partner = PARTNERS[head]
        j, items, end = self.past(i + 1), [], None
        while j < i + REACH:
            part = self.expression(j, depth + 1, True)
            if part is None:
                return None
            items.append(part.tex)
            j = self.past(part.end)
            token = self.at(j)
            pieces = split(token) if token.isalpha() and token.isascii() else None
            if pieces and pieces[0] == partner:
                self.cut(j, partner)
                end = j + 1
                break
            if token not in (",", "|", ";"):
                return None
            items.append(token + " ")
            j = self.past(j + 1)
        if end is None:
            return None
        return Part(end, f"\\{head} {''.join(items)}\\{partner}", True, "group")

    def bracket(self, i: int, depth: int) -> Part | None:
        """A bracket whose inside is a formula, or several with commas."""
        close = self.closing(i)
        if close is None or close == i + 1 or depth >= DEPTH:
            return None
        j, items, proof, commas = self.past(i + 1), [], False, False
        while True:
            if self.at(j) == "." and self.at(j + 1) == ".":  # {1,...,n}
                dots = j
                while self.at(dots) == ".":
                    dots += 1
                part: Part | None = Part(dots, "\\ldots", False, "name")
            else:
                part = self.expression(j, depth + 1, True)
            if part is None:
                return None
            items.append(part.tex)
            proof = proof or part.proof
            j = self.past(part.end)
            token = self.at(j)
            if token in (")", "]", "}"):
                break
            if token not in (",", "|", ";", ":"):
                return None
            commas = True
            space = " " if self.blank(j + 1) else ""
            items.append(token + space)
            j = self.past(j + 1)
        left, right = self.at(i), self.at(j)
        if left == "{":
            left, right = "\\{", "\\}"
        return Part(j + 1, left + "".join(items) + right, proof, "group")

    def absolute(self, i: int, depth: int) -> Part | None:
        bars = 2 if self.at(i + 1) == "|" else 1
        part = self.expression(self.past(i + bars), depth + 1, True)
        if part is None:
            return None
        end = self.past(part.end)
        if any(self.at(end + k) != "|" for k in range(bars)):
            return None
        fence = "\\|" if bars == 2 else "|"
        return Part(end + bars, fence + part.tex + fence, part.proof, "group")

    def loose(self, i: int, close: int, depth: int) -> str:
        """The tokens up to `close` as TeX, whatever they are: an argument in braces."""
        stop = len(self.tokens) - close  # from the end: reading may part tokens
        tex = ""
        while i < len(self.tokens) - stop:
            token = self.tokens[i]
            if token in ("{",) or (token.isalpha() and token.isascii() and len(token) > 1):
                part = self.operand(i, depth + 1, True) if depth < DEPTH else None
                if part is not None and part.end <= len(self.tokens) - stop:
                    tex, i = glue(tex, part.tex), part.end
                    continue
                if token == "{":
                    tex, i = tex + "\\{", i + 1
                    continue
                token = self.tokens[i]
                pieces = split(token)
                if pieces and len(pieces) == 1 and token in OPERATORS:
                    tex, i = glue(tex, name(token)), i + 1
                elif pieces and len(pieces) > 1:
                    self.replace(i, pieces)
                elif len(token) > 2:
                    tex, i = glue(tex, f"\\text{{{token}}}"), i + 1
                else:
                    tex, i = glue(tex, token), i + 1
                continue
            tex = glue(tex, {"}": "\\}", "%": "\\%", "&": "\\&", "#": "\\#"}.get(token, token))
            i += 1
        return tex

    # -- expressions ------------------------------------------------------------------------

    def operator(self, i: int) -> tuple[int, str, bool, str] | None:
        """(end, TeX, proof, name) of the operator at `i`."""
        token = self.at(i)
        if token in SIGNS:
            if token in "-*" and self.at(i + 1) == token:
                return None
            if token in "<>" and self.at(i + 1) == "=":
                return i + 2, "\\leq" if token == "<" else "\\geq", False, token
            if token == "-" and self.at(i + 1) == ">":
                return None
            return i + 1, token, False, token
        if token == "!" and self.at(i + 1).isalpha() and not self.blank(i - 1):
            inner = self.operator(i + 1)
            if inner is not None and self.at(inner[0]) == "!":
                return inner[0] + 1, f"\\!{inner[1]}\\!", True, inner[3]
            return None
        if token == "{" and self.at(i + 1) in OPERATORS and self.at(i + 2) == "}":
            return i + 3, f"{{{name(self.at(i + 1))}}}", True, self.at(i + 1)
        if not (token.isalpha() and token.isascii() and len(token) > 1):
            return None
        pieces = (token,) if token in NAMES else split(token)
        if pieces and pieces[0] in OPERATORS:
            if len(pieces) > 1 and not self.leading(i, pieces):
                return None
            self.cut(i, pieces[0])
            return i + 1, name(pieces[0]), pieces[0] in SURE, pieces[0]
        return None

    def leading(self, i: int, pieces: tuple[str, ...]) -> bool:
        """Whether the word at `i` starts with an operator: `times256`, `leq2`, `inR`."""
        if certain(self.at(i)):
            return True
        if self.blank(i - 1) or self.at(i - 1)[-1:].isalpha():
            return False
        return all(len(piece) == 1 for piece in pieces[1:])

    def expression(self, i: int, depth: int = 0, inside: bool = False) -> Part | None:
        """Operands joined by operators, from `i` on, as far as it goes."""
        if depth > DEPTH:
            return None
        begun = self.begin(i, depth, inside)
        if begun is None:
            return None
        end, tex, proof, form = begun
        while end < i + REACH and form != "postfix":
            k = self.past(end)
            spaced = k > end
            found = self.operator(k)
            if found is not None:
                grown = self.joined(end, k, found, tex, proof, form, depth, inside)
                if grown is None:
                    break
                end, tex, proof, form = grown
                continue
            if not inside and self.at(k) == "," and not spaced and proof:
                nxt = self.operand(k + 1, depth + 1, False)
                if nxt is not None and (nxt.proof or self.at(nxt.end) == ","):
                    end, tex = nxt.end, f"{tex},{nxt.tex}"
                    form = nxt.form
                    continue
                break
            if spaced and (form in ("function", "script", "call", "name") or inside):
                nxt = self.operand(k, depth, inside)
                if nxt is None or not self.beside(form, nxt, inside):
                    break
                end, tex = nxt.end, f"{tex} {nxt.tex}"
                proof, form = proof or nxt.proof, nxt.form
                continue
            if not spaced and form == "function":
                nxt = self.operand(k, depth, inside)
                if nxt is not None:
                    end, tex = nxt.end, glue(tex, nxt.tex)
                    proof, form = proof or nxt.proof, nxt.form
                    continue
            break
        return Part(end, tex, proof, form)

    @staticmethod
    def beside(form: str, part: Part, inside: bool) -> bool:
        """Whether an operand may follow another with only a space between."""
        if form == "function":
            return True
        if inside:
            return part.form in ("script", "call", "name", "letter", "function")
        return form == "script" and part.proof and part.form in ("script", "call")

    def begin(self, i: int, depth: int, inside: bool) -> Part | None:
        """The first operand, with a sign or relation that may stand before it."""
        token = self.at(i)
        if token in ("-", "+", "±", "<", ">", "=", "≤", "≥", "∼", "≈") and (
            inside or token in "≤≥∼≈±<>"
        ):
            found = self.operator(i)
            if found is not None:
                part = self.operand(self.past(found[0]), depth, inside)
                if part is not None:
                    space = " " if self.blank(found[0]) else ""
                    return Part(part.end, found[1] + space + part.tex, part.proof, part.form)
            return None
        if token == "{" and self.at(i + 1) in PREFIXES and self.at(i + 2) == "}":
            part = self.operand(i + 3, depth, inside)
            sign = f"{{{name(self.at(i + 1))}}}"
            return part and Part(part.end, sign + part.tex, True, part.form)
        if token.isalpha() and token.isascii() and len(token) > 1:
            pieces = (token,) if token in NAMES else split(token)
            if pieces and pieces[0] in PREFIXES | {"neg"}:
                return self.prefixed(i, pieces, depth, inside)
        return self.operand(i, depth, inside)

    def prefixed(self, i: int, pieces: tuple[str, ...], depth: int, inside: bool) -> Part | None:
        head = pieces[0]
        if len(pieces) > 1:
            if not certain(self.at(i)):
                return None
        j = i + 1
        glued = not self.blank(j)
        self.cut(i, head)
        nxt = self.past(j)
        part = self.operand(nxt, depth, inside) if head != "times" or nxt == j else None
        if head == "times" and part is None and self.at(nxt)[:1].isdigit():
            part = self.operand(nxt, depth, inside)
        if part is None:
            return Part(j, name(head), True, "postfix") if head in SURE else None
        sure = head in SURE or part.form == "number" or part.proof
        if not sure and not glued and not inside:
            return None
        space = "" if glued else " "
        return Part(part.end, glue(name(head), space + part.tex), sure, part.form)

    def joined(
        self,
        end: int,
        k: int,
        found: tuple[int, str, bool, str],
        tex: str,
        proof: bool,
        form: str,
        depth: int,
        inside: bool,
    ) -> Part | None:
        """The expression so far, grown by the operator found at `k` and what follows it."""
        after, sign, sure, op = found
        spaced = k > end
        nxt = self.past(after)
        gap = nxt > after
        if (
            op == "-"
            and (spaced != gap or (form == "number" and self.at(nxt)[:1].isdigit()))
            and not inside
        ):
            return None
        if op in ("=", "/", "+", "*") and spaced != gap and not inside:
            return None
        part = self.operand(nxt, depth, inside)
        if part is None and self.at(nxt) in ("-", "+"):
            signed = self.begin(nxt, depth, True)
            part = signed if signed is not None and signed.form != "postfix" else None
        if part is not None and op in (
            "times",
            "in",
            "to",
            "mid",
            "ni",
            "le",
            "ge",
            "ll",
            "gg",
            "lt",
            "gt",
            "top",
            "sim",
        ):
            if spaced and not self.sensible(op, end, form, part, proof, inside):
                part = None
            elif (
                op == "times" and not spaced and gap and form == "number" and part.form == "letter"
            ):
                part = None  # 8times a second
        if part is None:
            if op in ENDLESS and not spaced and (form in ("number", "script", "group") or inside):
                return Part(after, glue(tex, sign), True, "postfix")
            if sure and not spaced:
                return Part(after, glue(tex, sign), True, "postfix")
            return None
        if op == "times":
            sure = sure or not spaced or form == "number" and part.form == "number"
            sure = sure or (form == "letter" and part.form == "letter")
        elif op in RELATIONS or op in ARROWS or op in BINARY:
            sure = sure or (not spaced and op in NAMES)
            sure = sure or (op in ("sim", "pm", "approx") and part.form == "number")
            sure = sure or proof or part.proof
        elif op == "=" and ("name" in (form, part.form)):
            sure = True
        left = " " if spaced else ""
        right = " " if gap else ""
        grown = glue(tex + left, sign)
        return Part(part.end, glue(grown, right + part.tex), proof or sure or part.proof, part.form)

    def sensible(self, op: str, end: int, form: str, part: Part, proof: bool, inside: bool) -> bool:
        """Whether `op`, a word of prose with spaces around, joins a formula here."""
        if inside and op != "to":
            return True
        if op == "times":
            return (form, part.form) in {("number", "number"), ("letter", "letter")} or (
                part.proof and proof
            )
        if op == "in":
            before = self.at(end - 1)
            return (
                part.proof and part.form in ("script", "group", "name") and before not in ("a", "I")
            )
        if op == "to":
            return part.tex.lstrip("+-").startswith(("\\infty", "0")) and form != "number"
        if op == "sim":
            return part.form in ("number", "call", "name", "script")
        return part.proof or part.form == "number"


def name(piece: str) -> str:
    """A name as TeX writes it; a letter as it is."""
    return f"\\{piece}" if len(piece) > 1 else piece


def glue(left: str, right: str) -> str:
    """Two stretches of TeX side by side, with a space where a name would run into a letter."""
    if right[:1].isalpha() and re.search(r"\\[A-Za-z]+$", left):
        return f"{left} {right}"
    return left + right


def mend(text: str, known: Container[str] = ()) -> tuple[str, frozenset[str]]:
    """`text` with its formulas between dollar signs, and the names that they hold."""
    reader = Reader(TOKEN.findall(text), known)
    out: list[str] = []
    names: set[str] = set()
    i = 0
    while i < len(reader.tokens):
        part = reader.expression(i) if startable(reader, i) else None
        if part is None or not part.proof:
            reader.undo()
            lone = alone(reader, i)
            if lone is None:
                out.append(reader.tokens[i])
                i += 1
                continue
            part = lone
        reader.parted.clear()
        tex = part.tex
        names.update(re.findall(r"\\([A-Za-z]+)", tex))
        out.append(f"${tex}$")
        i = part.end
    return "".join(out), frozenset(names)


def startable(reader: Reader, i: int) -> bool:
    """Whether a formula may start at `i`: not in the middle of a word."""
    token = reader.at(i)
    if token[:1].isspace():
        return False
    before = reader.at(i - 1)
    if len(token) == 1 and token.isalpha() and token.isascii():
        if before in ("_", "'", "’", ".", "@", "/", "\\") or before[-1:].isdigit():
            return False
    if token[:1].isdigit() and (before in ("_",) or before[-1:].isalpha() and False):
        return False
    return True


def alone(reader: Reader, i: int) -> Part | None:
    """A sign or exponent that stands without an operand of its own: `AR` leftrightarrow `EN`."""
    token = reader.at(i)
    if token == "^" and reader.at(i - 1)[-1:].isalnum():
        return reader.script(i, 0)
    if token.isalpha() and token.isascii() and len(token) > 1:
        fence(reader, i)
        pieces = certain(reader.at(i))
        if pieces and len(pieces) > 1 and not split(token):
            reader.replace(i, pieces)
        token = reader.at(i)
        if token in SURE and (
            token in ARROWS
            or token in SYMBOLS
            or token in RELATIONS
            or token in BINARY
            or token in ("langle", "rangle")
        ):
            return Part(i + 1, name(token), True, "name")
    return None


def fence(reader: Reader, i: int) -> None:
    """Part `langlequery ... answerrangle` after its first and before its last sign."""
    token = reader.at(i)
    for left, right in PARTNERS.items():
        if not token.startswith(left) or token == left:
            continue
        for j in range(i, min(i + REACH, len(reader.tokens))):
            last = reader.tokens[j]
            if last.endswith(right) and len(last) > len(right):
                reader.replace(j, (last[: -len(right)], right))
                reader.replace(i, (left, token[len(left) :]))
                return
