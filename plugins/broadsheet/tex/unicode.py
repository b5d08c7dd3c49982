"""Formulas and whole texts as plain Unicode, where neither MathML nor Markdown shows.

For feeds, mail, titles, search cards and meta tags: `\\varepsilon^{-2.5}` as ε⁻²·⁵, fractions as
a/b.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from broadsheet.tex.bounds import sound
from broadsheet.tex.commands import (
    BIG,
    BINARY,
    CHARACTERS,
    FRACTIONS,
    FUNCTIONS,
    MARKS,
    MATH_FONTS,
    OPERATORS,
    SIZES,
    SPACES,
    SWITCHES,
    TEXT_FONTS,
)
from broadsheet.tex.spans import spans

RAISED = dict(
    zip(
        "0123456789+-−=()nixyzabcdefghjklmoprstuvwABDEGHIJKLMNOPRTUVWαβγδθφχ.∗*′⊤",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣʸᶻᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ·**′ᵀ",
        strict=True,
    )
)
LOWERED = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
DOUBLE = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ", "1": "𝟙", "E": "𝔼"}
NOT = {"=": "≠", "∈": "∉", "≡": "≢", "⊂": "⊄", "∼": "≁", "⊆": "⊈", "≈": "≉", "<": "≮", ">": "≯"}
SPACED = frozenset(c for n, c in CHARACTERS.items() if n in OPERATORS) | {"=", "<", ">"}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.S)


class _Reader:
    """Reads TeX tokens into Unicode, one argument at a time; nesting is bounded by `sound`."""

    def __init__(self, tex: str) -> None:
        self.tokens = _TOKEN.findall(tex)
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def skip(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def many(self, end: str = "") -> str:
        out = ""
        while self.at < len(self.tokens) and self.peek() != end:
            out = self.one(out)
        self.at += 1
        return out

    def argument(self, text: bool = False) -> str:
        """The next argument: a group or a single token. Of `text`, spaces count."""
        self.skip()
        if self.peek() == "{":
            self.at += 1
            return self.text() if text else self.many("}")
        return self.one("") if self.peek() not in ("", "}") else ""

    def text(self) -> str:
        out, depth = "", 0
        while self.at < len(self.tokens):
            token = self.peek()
            if token == "}" and depth == 0:
                self.at += 1
                break
            depth += (token == "{") - (token == "}")
            if token.startswith("\\") and token[1:].isalpha():
                out = self.one(out)
                continue
            out += "" if token in "{}$" else token.lstrip("\\") or " "
            self.at += 1
        return out

    def one(self, out: str) -> str:
        """`out` with the next token, and what belongs to it, appended."""
        token = self.peek()
        self.at += 1
        if token.isspace() or token == "~":
            return out + " " if out and not out.endswith(" ") else out
        if token == "{":
            return out + self.many("}")
        if token in ("^", "_"):
            return self.script(out, token)
        if token == "'":
            return out + "′"
        if token == "-":
            return out + "−"
        if token == "&":
            return out + " "
        if not token.startswith("\\"):
            return out + ("" if token in "}$" else token)
        if token[1:].isalpha():
            self.skip()  # a command's name swallows the space behind it
        return self.command(out, token[1:])

    def script(self, out: str, mark: str) -> str:
        body = self.argument().strip()
        table = RAISED if mark == "^" else LOWERED
        if body in ("∘", "°") and mark == "^":
            return out + "°"
        worded = mark == "_" and len(body) > 2 and body.isalpha()
        if body and not worded and all(c in table for c in body):
            return out.rstrip() + "".join(table[c] for c in body)
        return out.rstrip() + mark + (body if len(body) < 2 or body.isalnum() else f"({body})")

    def fraction(self, name: str) -> str:
        over, under = self.argument(), self.argument()
        return f"C({over}, {under})" if "binom" in name else f"{_grouped(over)}/{_grouped(under)}"

    def root(self) -> str:
        self.skip()
        if self.peek() == "[":
            while self.peek() not in ("]", ""):
                self.at += 1
            self.at += 1
        return f"√{_grouped(self.argument())}"

    def command(self, out: str, name: str) -> str:
        if name in FRACTIONS:
            return out + self.fraction(name)
        if name == "sqrt":
            return out + self.root()
        if name in MARKS or name == "underline":
            base = self.argument()
            mark = MARKS.get(name, "\u0332")
            return out + unicodedata.normalize("NFC", f"{base}{mark}" if len(base) == 1 else base)
        if name == "mathbb":
            return out + "".join(DOUBLE.get(c, c) for c in self.argument())
        if name in TEXT_FONTS:
            return out + self.text_argument()
        if name in MATH_FONTS:
            if self.peek() == "*":
                self.at += 1
            return out + self.argument()
        if name == "not":
            denied = self.argument().strip()
            return f"{out.rstrip()} {NOT.get(denied, denied + chr(0x338))} "
        if name in ("pmod", "bmod", "mod"):
            return f"{out} (mod {self.argument()})" if name == "pmod" else f"{out} mod "
        if name in ("begin", "end", "hspace", "label", "href", "color", "vspace"):
            self.argument()
            return out
        if name in SIZES or name in SWITCHES:
            if self.peek() == ".":
                self.at += 1
            return out
        return out + self.plain(out, name)

    def text_argument(self) -> str:
        self.skip()
        return self.argument(text=True)

    def plain(self, out: str, name: str) -> str:
        """A command without arguments."""
        if name in SPACES or name in (",", ";", ":", ">", " ", "\\"):
            return " " if out and not out.endswith(" ") else ""
        if name == "!":
            return ""
        if name == "|":
            return "‖"
        character = CHARACTERS.get(name)
        if character is not None:
            if (name in OPERATORS and name not in BINARY) or name in ("pm", "mp", "cup", "cap"):
                return character if not out.strip() else f" {character} "
            if name == "times":
                return "× " if out.endswith(" ") else "×"
            return character
        if name in FUNCTIONS or name in BIG:
            space = " " if out and (out[-1].isalnum() or out[-1] in ")]}") else ""
            gap = "" if self.peek() in ("(", "_", "^", "{", "[", "\\left", "\\{", "") else " "
            return f"{space}{name}{gap}"
        return name  # \%, \{, an author's own macro


def _grouped(text: str) -> str:
    """A part of a fraction, in brackets where it is more than one thing."""
    return text if re.fullmatch(r"[\w.∞√′]+|[^\w\s]?\w+\([^()]*\)", text) else f"({text})"


@lru_cache(maxsize=1 << 14)
def unicode(tex: str) -> str:
    """The formula as a line of plain Unicode text; what can't be read stays as TeX."""
    if not sound(tex):
        return " ".join(tex.split())
    out = _Reader(tex).many()
    out = re.sub(r"\s*([<>=≤≥≈≠∈→←↔⇒≪≫≡∝∼])\s*", r" \1 ", out) if " " in out.strip() else out
    return " ".join(out.split()).replace("( ", "(").replace(" )", ")")


_LINK = re.compile(
    r"!?\[((?:[^\[\]\\\n]|\\.){0,500})\]\((?:[^()\s]|\([^()\s]*\)){0,1000}(?: \"[^\"\n]*\")?\)"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]+)>")
_STRONG = re.compile(
    r"(?<![\\\w*])(\*{1,3})(?=[^\s*])((?:[^*\\\n]|\\.){1,500}?)(?<=[^\s*])\1(?![*])"
    r"|(?<![\\*])(\*{2})(?=[^\s*])((?:[^*\\\n]|\\.){1,500}?)(?<=[^\s*])\3"
)
_UNDER = re.compile(r"(?<![\\\w])(_{1,2})(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])\1(?!\w)")
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)([^`\n]{1,500}?)(?<!`)\1(?!`)")
_LINE = re.compile(r"(?m)^ {0,3}(?:#{1,6} +|> ?|[-+*] +)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>$~|\"'&])")
_TAG = re.compile(r"</?(?:a|b|i|em|strong|sub|sup|u|code|br|p|span)(?:\s[^<>]{0,500})?/?>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'"}


def plain(markdown: str) -> str:
    """A Markdown text as plain text: formulas in Unicode, no emphasis, links by their text."""
    pieces = spans(markdown.replace("\0", ""))
    formulas = [unicode(span.text) for span in pieces if span.math]
    text = _unmarked("".join("\0" if span.math else span.text for span in pieces))
    if formulas:
        given = iter(formulas)
        text = re.sub("\0", lambda m: next(given, ""), text)
    if "  " in text or "\t" in text:
        text = re.sub(r"[ \t]+", " ", text)
    return text.strip()


def _unmarked(text: str) -> str:
    if "<" in text:
        text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "`" in text:
        text = _CODE.sub(r"\2", text)
    if "*" in text:
        for _ in range(2):  # emphasis in emphasis
            text = _STRONG.sub(lambda m: m[2] or m[4], text)
    if "_" in text:
        text = _UNDER.sub(r"\2", text)
    if "\n" in text:
        text = _LINE.sub("", text)
    elif found := _LINE.match(text):
        text = text[found.end() :]
    if "&" in text:
        text = re.sub(r"&(?:lt|gt|amp|quot|#39);", lambda m: _ENTITIES[m[0]], text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
