"""Formulas and whole texts as plain Unicode, where neither MathML nor Markdown shows.

For feeds, mail, titles, search cards and meta tags: `\\varepsilon^{-2.5}` as ε⁻²·⁵, fractions as
a/b.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from .bounds import essential, sound
from .commands import (
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
from .dashes import dashed
from .fused import unfused
from .spans import spans

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
UNDERLINE, SLASH = "\u0332", "\u0338"  # combining characters
GAPS = SPACES | {",", ";", ":", ">", " ", "\\"}
SIGNS = {"!": "", "|": "‖"}
# Commands of a character that stands with a space on either side.
SET_OFF = (OPERATORS - BINARY.keys()) | {"pm", "mp", "cup", "cap"}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.S)


class _UnicodeReader:
    """Reads TeX tokens into Unicode, one argument at a time; nesting is bounded by `sound`."""

    def __init__(self, tex: str) -> None:
        self.tokens = _TOKEN.findall(unfused(tex))
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
        """Return the next argument: a group or a single token. Of `text`, spaces count."""
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
        """Return `out` with the next token, and its arguments, appended."""
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

    def command(self, out: str, name: str) -> str:
        read = _COMMANDS.get(name)
        return out + self.plain(out, name) if read is None else read(self, out, name)

    def fraction(self, out: str, name: str) -> str:
        over, under = self.argument(), self.argument()
        if "binom" in name:
            return f"{out}C({over}, {under})"
        return f"{out}{_grouped(over)}/{_grouped(under)}"

    def root(self, out: str, name: str) -> str:
        self.skip()
        if self.peek() == "[":
            while self.peek() not in ("]", ""):
                self.at += 1
            self.at += 1
        return f"{out}√{_grouped(self.argument())}"

    def marked(self, out: str, name: str) -> str:
        base = self.argument()
        marked = base + MARKS.get(name, UNDERLINE) if len(base) == 1 else base
        return out + unicodedata.normalize("NFC", marked)

    def double_struck(self, out: str, name: str) -> str:
        return out + "".join(DOUBLE.get(c, c) for c in self.argument())

    def text_font(self, out: str, name: str) -> str:
        self.skip()
        return out + self.argument(text=True)

    def math_font(self, out: str, name: str) -> str:
        if self.peek() == "*":
            self.at += 1
        return out + self.argument()

    def negated(self, out: str, name: str) -> str:
        relation = self.argument().strip()
        return f"{out.rstrip()} {NOT.get(relation, relation + SLASH)} "

    def modulo(self, out: str, name: str) -> str:
        return f"{out} (mod {self.argument()})" if name == "pmod" else f"{out} mod "

    def dropped(self, out: str, name: str) -> str:
        self.argument()
        return out

    def size(self, out: str, name: str) -> str:
        if self.peek() == ".":  # \left. and \right. show no delimiter
            self.at += 1
        return out

    def plain(self, out: str, name: str) -> str:
        """Return a command without arguments."""
        if name in GAPS:
            return " " if out and not out.endswith(" ") else ""
        if name in CHARACTERS:
            return self.character(out, name)
        if name in FUNCTIONS:
            space = " " if out and (out[-1].isalnum() or out[-1] in ")]}") else ""
            gap = "" if self.peek() in ("(", "_", "^", "{", "[", "\\left", "\\{", "") else " "
            return f"{space}{name}{gap}"
        return SIGNS.get(name, name)  # \%, \{, an author's own macro

    def character(self, out: str, name: str) -> str:
        """Return the character of a command that is one, with spaces where it stands between
        operands."""
        character = CHARACTERS[name]
        if name in SET_OFF and out.strip():
            return f" {character} "
        return f"{character} " if name == "times" and out.endswith(" ") else character


# How each command that takes arguments is read; where two sets share a name, the later holds.
_COMMANDS: dict[str, Callable[[_UnicodeReader, str, str], str]] = {
    **dict.fromkeys(SIZES | SWITCHES | {"substack"}, _UnicodeReader.size),
    **dict.fromkeys(
        ("begin", "end", "hspace", "label", "href", "color", "vspace"), _UnicodeReader.dropped
    ),
    **dict.fromkeys(("pmod", "bmod", "mod"), _UnicodeReader.modulo),
    "not": _UnicodeReader.negated,
    **dict.fromkeys(MATH_FONTS, _UnicodeReader.math_font),
    **dict.fromkeys(TEXT_FONTS, _UnicodeReader.text_font),
    "mathbb": _UnicodeReader.double_struck,
    **dict.fromkeys((*MARKS, "underline"), _UnicodeReader.marked),
    "sqrt": _UnicodeReader.root,
    **dict.fromkeys(FRACTIONS | {"nicefrac", "sfrac"}, _UnicodeReader.fraction),
}


def _grouped(text: str) -> str:
    """Return a part of a fraction, in brackets where it is more than one thing."""
    return text if re.fullmatch(r"[\w.∞√′]+|[^\w\s]?\w+\([^()]*\)", text) else f"({text})"


@lru_cache(maxsize=1 << 14)
def unicode(tex: str) -> str:
    """Return the formula as a line of plain Unicode text; what can't be read stays as TeX."""
    tex = essential(tex)
    if not sound(tex):
        return " ".join(tex.split())
    out = _UnicodeReader(tex).many()
    out = re.sub(r"\s*([<>=≤≥≈≠∈→←↔⇒≪≫≡∝∼])\s*", r" \1 ", out) if " " in out.strip() else out
    return " ".join(out.split()).replace("( ", "(").replace(" )", ")")


_LINK = re.compile(
    r"(?<!\\)!?\[((?:[^\[\]\\\n]|\\.){0,500})\]"
    r"\((?:[^()\s]|\([^()\s]*\)){0,1000}(?: \"[^\"\n]*\")?\)"
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
    """Return a Markdown text as plain text: formulas in Unicode, no emphasis, links by their
    text, TeX's dashes as typographic ones."""
    pieces = spans(dashed(markdown.replace("\0", "")))
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
