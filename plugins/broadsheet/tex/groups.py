"""Groups in braces, brackets and bars: arguments, indices, fractions, sets, lists."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from .commands import (
    GREEK,
    MARKS,
    MATH_FONTS,
    NAMES,
    OPERATORS,
    PARTNERS,
    PROSE,
    SIZES,
    SURE,
    SWITCHES,
    SYMBOLS,
    TEXT_FONTS,
)
from .scan import (
    BARE,
    DEPTH,
    LETTERS,
    NONE,
    REACH,
    TYPED,
    Operator,
    Scan,
    TexPart,
    glue,
    name,
    word,
)
from .words import certain, split

# What stands before a set, rather than a group of TeX's.
SET_AHEAD = ("=", "in", "∈", "cup", "cap", "setminus", "!", "min", "max")
# Names that stand alone as an index.
LABELS = frozenset(GREEK) | (frozenset(SYMBOLS) - {"Re", "Im"}) | {"min", "max", "inf", "sup", "to"}

# Commands that set their argument in another face or put a mark on it.
_FACES = MATH_FONTS | TEXT_FONTS | frozenset(MARKS)
_SHORT_BRACKET = re.compile(r"\([\w+\-/*]{1,8}\)")
_DOTS = re.compile(r"\.{2,3}|…")


class Groups(Scan, ABC):
    """Reads what is in brackets of any kind, given how operands and expressions are read."""

    @abstractmethod
    def operand(self, i: int, depth: int, inside: bool) -> TexPart | None:
        """Return an operand with what sticks to it."""

    @abstractmethod
    def primary(self, i: int, depth: int, inside: bool) -> TexPart | None:
        """Return an operand without what sticks to it."""

    @abstractmethod
    def operator(self, i: int) -> Operator | None:
        """Return the operator at `i`."""

    @abstractmethod
    def expression(self, i: int, depth: int = 0, inside: bool = False) -> TexPart | None:
        """Read operands joined by operators."""

    def script(self, i: int, depth: int) -> TexPart | None:
        """Read `_` or `^` at `i` with its argument."""
        mark, j = self.text[i], i + 1
        token = self.token(j)
        if not token:
            return None
        if token == "{":
            return self.braced_script(mark, j, depth)
        if token == "(":
            m = _SHORT_BRACKET.match(self.text, j)
            return TexPart(m.end(), f"{mark}{{{m.group()}}}", TYPED, "script") if m else None
        if token[0].isdigit():
            number = token if len(token) == 1 else f"{{{token}}}"
            return TexPart(j + len(token), mark + number, TYPED, "script")
        if token in "+-−":
            return self.signed_script(mark, j, token)
        if token in "*†" or LETTERS.match(token):
            return TexPart(j + 1, mark + token, TYPED, "script")
        return self.word_script(mark, j, token, depth) if word(token) else None

    def braced_script(self, mark: str, j: int, depth: int) -> TexPart | None:
        close = self.closing(j)
        if close is None or depth > DEPTH:
            return None
        body = self.text[j + 1 : close]
        inner = label(body) if word(body) else self.loose(j + 1, close, depth + 1)
        return TexPart(close + 1, f"{mark}{{{inner}}}", BARE, "script")

    def signed_script(self, mark: str, j: int, sign: str) -> TexPart | None:
        """Return a sign as index or exponent, `x^+`, or a negative number; `x^+2` is neither."""
        number = self.token(j + 1)
        if not number[:1].isdigit():
            return TexPart(j + 1, mark + sign, TYPED, "script")
        if sign == "+":
            return None
        return TexPart(j + 1 + len(number), f"{mark}{{-{number}}}", TYPED, "script")

    def word_script(self, mark: str, j: int, token: str, depth: int) -> TexPart | None:
        """Return a word as index or exponent: a letter of it, a name, or all of it."""
        token = self.unfenced(j, token)
        pieces = certain(token) or split(token) or (token,)
        head = pieces[0]
        scripted = self.after(j + len(token)) in ("_", "^")
        if len(token) == 1 or (scripted and len(head) == 1):
            return TexPart(j + 1, mark + token[0], TYPED, "script")
        if scripted and len(pieces) == 1 and head not in NAMES:  # a_iP_i
            body = token[:-1] if len(token) == 2 else label(token[:-1])
            return TexPart(j + len(token) - 1, f"{mark}{{{body}}}", TYPED, "script")
        faced = self.primary(j, depth + 1, True) if head in _FACES else None
        if faced is not None:
            return TexPart(faced.end, f"{mark}{{{faced.tex}}}", BARE, "script")
        return self.named_script(mark, j, token, pieces)

    def unfenced(self, j: int, token: str) -> str:
        """Return a word without the closing delimiter that it ends with: `a_nrangle`."""
        for left, right in PARTNERS.items():
            if token.endswith(right) and self.text.rfind(left, max(0, j - REACH), j) >= 0:
                token = token.removesuffix(right) or token
        return token

    def named_script(self, mark: str, j: int, token: str, pieces: tuple[str, ...]) -> TexPart:
        """Return a word as index: the name or the letters that it begins with, or all of it."""
        head = pieces[0]
        if head in LABELS:
            proof = BARE if head in SURE or head in ("circ", "top", "star", "ast") else TYPED
            return TexPart(j + len(head), mark + name(head), proof, "script")
        leading = self.leading(j, token, pieces)
        if leading:
            tex = leading if len(leading) == 1 else f"{{\\text{{{leading}}}}}"
            return TexPart(j + len(leading), mark + tex, TYPED, "script")
        return TexPart(j + len(token), f"{mark}{{{label(token)}}}", TYPED, "script")

    def leading(self, j: int, token: str, pieces: tuple[str, ...]) -> str:
        """Return the letters of a run before its longest name, where they are the index: `x_ijtimes
        y`."""
        if len(pieces) < 2 or len(pieces[0]) > 1:
            return ""
        spaced = pieces[1] in OPERATORS and self.after(j + len(token)).isspace()
        if not (certain(token) or (spaced and len(pieces) == 2)):
            return ""
        run = re.match("[A-Za-z]+", token[: token.index(max(pieces, key=len))])
        return run.group() if run else pieces[0]

    def divided(self, i: int, numerator: str, form: str, depth: int) -> TexPart | None:
        """Read `a{b}`, what a listing leaves of `\\frac{a}{b}`."""
        close = self.closing(i)
        if close is None or close == i + 1:
            return None
        body = self.text[i + 1 : close]
        if body in OPERATORS or (body in "=+-<>" and form != "number"):
            return None
        if body == ",":
            return TexPart(close + 1, numerator + "{,}", BARE, form)
        if re.search(r"[,;]|^[a-z]{2,}$", body) and body not in GREEK:
            return None
        if form == "number" and not re.fullmatch(r"[\d.+\-^()]+|[a-zA-Z]|[a-z]{2,}", body):
            return None
        under = self.loose(i + 1, close, depth + 1)
        # the first brace that closes in a numerator went with the command: no exponent holds a
        # relation, so what follows its number stood behind it
        swallowed = re.fullmatch(
            r"(.*\^\{-?\d[\d.]*)([A-Za-z]+\([^(){}]*[<>=][^(){}]*\))\}", numerator
        )
        if swallowed:
            numerator = f"{swallowed[1]}}}{swallowed[2]}"
        return TexPart(close + 1, f"\\frac{{{numerator}}}{{{under}}}", BARE, "script")

    def text_font(self, i: int, head: str, depth: int) -> TexPart | None:
        close = self.closing(i)
        if close is None:
            return None
        body = self.text[i + 1 : close]
        raw = f"\\{head}{{{body}}}"
        if "_" in body or "^" in body:
            raw = f"\\mathrm{{{self.loose(i + 1, close, depth + 1)}}}"
        below = self.closing(close + 1) if self.after(close + 1) == "{" else None
        if below is None:
            return TexPart(close + 1, raw, BARE, "name")
        under = self.loose(close + 2, below, depth + 1)
        return TexPart(below + 1, f"\\frac{{{raw}}}{{{under}}}", BARE, "script")

    def argument(self, i: int, head: str, depth: int) -> TexPart | None:
        """Return what a font or a mark applies to: `mathcal{O}`, `widetilde O`."""
        if self.after(i) == "{":
            close = self.closing(i)
            if close is None:
                return None
            body = self.text[i + 1 : close]
            if not re.fullmatch(r"[A-Za-z]{3,}", body) or body in NAMES or certain(body):
                body = self.loose(i + 1, close, depth + 1)
            if head in MATH_FONTS and body.startswith(f"\\{head}{{"):
                return TexPart(close + 1, body.rstrip(), BARE, "name")
            return TexPart(close + 1, f"\\{head}{{{body}}}", BARE, "name")
        if head in PROSE and not LETTERS.match(self.after(i)):
            return None
        inner = self.primary(self.past(i), depth + 1, True)
        if inner is None or inner.form == "group":
            return None
        return TexPart(inner.end, f"\\{head}{{{inner.tex}}}", BARE, "name")

    def fraction(self, i: int, head: str, depth: int) -> TexPart | None:
        close = self.closing(i) if self.after(i) == "{" else None
        if close is None:
            return None
        below = self.closing(close + 1) if self.after(close + 1) == "{" else None
        if below is not None:
            over, under = (
                self.loose(i + 1, close, depth + 1),
                self.loose(close + 2, below, depth + 1),
            )
            return TexPart(below + 1, f"\\{head}{{{over}}}{{{under}}}", BARE, "script")
        # \sqrt{\frac{L}{\mu}} arrives as frac{L{mu}}: what wraps a fraction is a root
        for j in range(i + 1, close):
            if self.pairs.get(j) == close - 1 and self.text[j] == "{":
                over, under = (
                    self.loose(i + 1, j, depth + 1),
                    self.loose(j + 1, close - 1, depth + 1),
                )
                return TexPart(
                    close + 1, f"\\sqrt{{\\{head}{{{over}}}{{{under}}}}}", BARE, "script"
                )
        return None

    def switched(self, i: int, depth: int) -> TexPart | None:
        """Read `{bf x}`, a group that starts with a change of font."""
        m = re.compile(r"\{(\w+) ").match(self.text, i)
        close = self.closing(i)
        if m is None or m[1] not in SWITCHES or close is None:
            return None
        return TexPart(
            close + 1, f"{{\\{m[1]} {self.loose(m.end(), close, depth + 1)}}}", BARE, "name"
        )

    def fenced(self, i: int, head: str, depth: int) -> TexPart | None:
        """Read `langle ... rangle`, where the inside is a formula or a list of them."""
        partner = PARTNERS[head]
        j, items = self.past(i + len(head)), ""
        while j < i + REACH and self.step():
            part = self.expression(j, depth + 1, True)
            if part is None:
                return None
            items += part.tex
            j = self.past(part.end)
            if self.text.startswith(partner, j):
                return TexPart(j + len(partner), f"\\{head} {items}\\{partner}", BARE, "group")
            if self.after(j) not in (",", "|", ";"):
                return None
            items += self.text[j] + " "
            j = self.past(j + 1)
        return None

    def bracket(self, i: int, depth: int) -> TexPart | None:
        """Return a bracket whose inside is a formula, or several with commas."""
        close = self.closing(i)
        if close is None or close == i + 1 or depth >= DEPTH:
            return None
        listed = self.items(i + 1, close, depth)
        if listed is None:
            return None
        items, proof, greek = listed
        if len(greek) > 1 and all(greek):
            proof = max(proof, TYPED)
        left, right = self.text[i], self.text[close]
        if left == "{":
            if len(greek) == 1 and not self.is_set(i, items):
                return TexPart(close + 1, f"{{{items}}}", proof, "group")
            left, right = "\\{", "\\}"
        return TexPart(close + 1, left + items + right, proof, "group")

    def items(self, i: int, close: int, depth: int) -> tuple[str, int, list[bool]] | None:
        """Return what stands between `i` and `close`: (its TeX, its proof, which items are Greek
        letters).

        None where it is neither a formula nor several with commas, colons or bars between.
        """
        j, tex, proof = self.past(i), "", NONE
        greek: list[bool] = []
        while j < close:
            dots = _DOTS.match(self.text, j)
            part = (
                TexPart(dots.end(), "\\ldots", NONE, "dots")
                if dots
                else self.expression(j, depth + 1, True)
            )
            if part is None:
                return None
            tex += part.tex
            proof = max(proof, part.proof)
            greek.append(part.tex[1:] in GREEK)
            j = self.past(part.end)
            size = self.token(j)
            if j == close or (size in SIZES and j + len(size) == close):
                return tex, proof, greek
            if self.after(j) not in (",", "|", ";", ":"):
                return None
            tex += self.text[j] + (" " if self.after(j + 1).isspace() else "")
            j = self.past(j + 1)
        return (tex, proof, greek) if j == close else None

    def is_set(self, i: int, items: str) -> bool:
        """Return whether the brace at `i` opens a set of one item, rather than a group of TeX's."""
        ahead = self.text[max(0, i - 8) : i].rstrip()
        return "," in items or "\\mid" in items or ahead.endswith(SET_AHEAD)

    def absolute(self, i: int, depth: int) -> TexPart | None:
        bars = "||" if self.text.startswith("||", i) else "|"
        part = self.expression(self.past(i + len(bars)), depth + 1, True)
        if part is None:
            return None
        end = self.past(part.end)
        if not self.text.startswith(bars, end):
            return None
        sign = "\\|" if len(bars) == 2 else "|"
        return TexPart(end + len(bars), sign + part.tex + sign, part.proof, "group")

    def loose(self, i: int, close: int, depth: int) -> str:
        """Return the text up to `close` as TeX, whatever it is: an argument in braces."""
        tex = ""
        while i < close:
            self.step()
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
            tex = glue(
                tex, {"{": "\\{", "}": "\\}", "%": "\\%", "&": "\\&", "#": "\\#"}.get(token, token)
            )
        return tex


def label(body: str) -> str:
    """Return a word as an index: a symbol, a function's name, or text."""
    pieces = certain(body)
    if body in LABELS:
        return name(body)
    if pieces and len(pieces) > 1:
        tex = ""
        for piece in pieces:
            tex = glue(tex, name(piece))
        return tex
    return body if len(body) < 3 and not body.isupper() else f"\\text{{{body}}}"
