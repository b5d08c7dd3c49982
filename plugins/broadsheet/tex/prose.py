"""TeX's text mode as Markdown: emphasis, accents, spaces, footnotes, and what only TeX needs.

Works on an abstract in pieces, of which only text is looked at: a command's braces may hold links
and formulas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from . import accents
from .commands import ARGUMENTS, NAMES, SWITCHES, TEXT_FONTS


class ProsePiece(NamedTuple):
    """A stretch of an abstract. `mark` is Markdown of our own making."""

    kind: Literal["text", "math", "link", "mark"]
    text: str


BOLD = frozenset({"textbf", "bf", "bfseries", "mathbf", "boldsymbol", "bm"})
ITALIC = frozenset({"emph", "textit", "textsl", "it", "em", "itshape", "sl", "mathit"})
CODE = frozenset({"texttt", "tt", "ttfamily"})
_SET_APART = frozenset({
    "textcolor", "colorbox", "underline", "small", "footnotesize", "scriptsize", "normalsize",
    "large",
})  # fmt: skip
UPRIGHT = (TEXT_FONTS | SWITCHES | _SET_APART) - BOLD - ITALIC - CODE
_FACES = BOLD | ITALIC | CODE | UPRIGHT
DROPPED = frozenset({
    "cite", "citep", "citet", "citeauthor", "citeyear", "ref", "cref", "Cref", "eqref", "label",
    "vspace", "hspace", "color", "thanks", "index", "pagestyle", "thispagestyle", "hypersetup",
    "includegraphics", "input",
})  # fmt: skip
SYMBOLS = {
    "ldots": "…", "dots": "…", "textregistered": "®", "texttrademark": "™", "copyright": "©",
    "S": "§", "P": "¶", "pounds": "£", "euro": "€", "texteuro": "€", "textdegree": "°",
    "degree": "°", "textendash": "–", "textemdash": "—", "textasciitilde": "~",
    "textquotedblleft": "“", "textquotedblright": "”", "LaTeX": "LaTeX", "TeX": "TeX",
    "BibTeX": "BibTeX", "textless": "<", "textgreater": ">", "textbar": "|", "lq": "‘", "rq": "’",
    "textbackslash": "\\", "eg": "e.g.", "ie": "i.e.", "etal": "et al.", "etc": "etc.",
    "newline": " ", "par": " ", "noindent": "", "xspace": "", "protect": "", "quad": " ",
    "qquad": " ", "space": " ", "enspace": " ", "thinspace": " ", "centering": "", "item": "",
    "smallskip": " ", "medskip": " ", "bigskip": " ", "linebreak": " ", "allowbreak": "",
    "footnotesize": "", "begingroup": "",
    "endgroup": "", "maketitle": "", "leavevmode": "",
}  # fmt: skip
SIGNS = {
    ",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "\\": " ", "!": "", "-": "", "/": "",
    ">": " ", "@": "",
}  # fmt: skip

_DOUBLE = re.compile(r"``(?=\S)([^`]{1,600}?)(?:''|\"|”)")
_SINGLE = re.compile(r"(?<![\w`])`(?=[^\W_])([^`'\n]{1,80})'(?![\w'])")
_COMMENT = re.compile(r"(?<=\n)[ \t]*%[^\n]*(?:\n|\Z)|(?<![\\\d\s%])%[ \t]*\n[ \t]*")
# between numbers it is a range: 5~10
_TIE = re.compile(
    r"(?<=[\w.,;:)\]}])(?<!\d)~(?=[\w(\[\\{“\"$])|(?<=\d)~(?=[^\W\d]|[(\\$])|(?<=[\w.,;:)\]}])(?<!\d)~(?=\Z)"
)
_DIMENSION = re.compile(
    r"\\?(?:raise|lower|kern|mkern|hskip|vskip)-?\d*\.?\d+(?:ex|em|pt|mu|cm|mm)(?![a-z])\s?"
    r"|\\?(?:scriptscript|script|display|text)style(?![a-z])\s?"
)
_DIMENSIONS = ("raise", "lower", "kern", "skip", "style")  # one of which each match holds
_RAISING = {"textsuperscript": "^", "textsubscript": "_"}
_PREFIXED = frozenset({"textcolor", "colorbox", "fontsize"})  # an argument before what they set
_TAKING = {"em": "emph", "it": "textit", "sl": "textsl", "bf": "textbf", "tt": "texttt",
           "sc": "textsc", "rm": "textrm", "sf": "textsf"}  # fmt: skip
_SWITCHED = re.compile(rf"\{{\s?\\({'|'.join(_TAKING)})(?![A-Za-z])\s*")
_RAISED = re.compile(r"\{([^{}\\$]{0,40})\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\(.)|([{}])", re.S)
_SCRIPTS = re.compile(r"(?:[_^](?:\{[^{}]{0,80}\}|\\[A-Za-z]+|\w))+")


def quotes(text: str) -> str:
    """Return text with TeX's quotation marks as typographic ones."""
    if "`" not in text:
        return text
    return _SINGLE.sub(r"‘\1’", _DOUBLE.sub(r"“\1”", text))


def argued(text: str) -> str:
    """Return text with the old commands that set the rest of a brace as those that take it,
    `{\\em so}` as `\\emph{so}`."""
    return _SWITCHED.sub(lambda m: f"\\{_TAKING[m[1]]}{{", text) if "{\\" in text else text


def tidy(text: str) -> str:
    """Return a piece of text, known to be TeX, without ties, comments and dimensions."""
    text = _COMMENT.sub("", text) if "%" in text else text
    text = _TIE.sub(" ", text) if "~" in text else text
    return undimensioned(text)


def undimensioned(text: str) -> str:
    """Return `text` without `\\raise.17ex` and `\\scriptstyle`: where a formula stands, not what it
    is."""
    return _DIMENSION.sub("", text) if any(map(text.__contains__, _DIMENSIONS)) else text


@dataclass(slots=True)
class _Brace:
    """An open brace: where its opening mark goes, and what closes it."""

    place: int
    mark: str = ""
    close: str = ""
    shown: bool = False  # a brace of the text's own


@dataclass(slots=True)
class _ProseWriter:
    out: list[ProsePiece] = field(default_factory=list)
    groups: list[_Brace] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)  # those of the open groups

    def text(self, text: str) -> None:
        if text:
            self.out.append(ProsePiece("text", text))

    def open(self, mark: str = "", close: str = "", shown: bool = False) -> None:
        if mark in self.marks:
            mark = ""
        if mark:
            self.marks.add(mark)
        self.groups.append(_Brace(len(self.out), mark, close, shown))
        self.out.append(ProsePiece("text", "{") if shown else ProsePiece("mark", ""))

    def close(self) -> None:
        if not self.groups:
            self.text("}")
            return
        group = self.groups.pop()
        self.marks.discard(group.mark)
        if group.shown:
            self.text("}")
        inside = "".join(piece.text for piece in self.out[group.place + 1 :][:1])
        if group.mark and len(self.out) > group.place + 1 and inside.strip():
            self.out[group.place] = ProsePiece("mark", group.mark)
            self.out.append(ProsePiece("mark", group.mark))
        if group.close:
            self.text(group.close)

    def switch(self, mark: str) -> None:
        """Set the rest of the brace that has just opened between marks."""
        group = self.groups[-1] if self.groups else None
        if group is None or not group.shown or group.place != len(self.out) - 1:
            return
        group.shown = False
        if mark and mark not in self.marks:
            group.mark = mark
            self.marks.add(mark)
        self.out[group.place] = ProsePiece("mark", "")


_SCRIPTED = re.compile(
    r"(?:(?<![\w^_])(?:\d+|\w))?\^(?:\{[^{}\s$]{1,40}\}|-?\d+(?!\.?\d)|\*|(?:[a-z]|[A-Z](?![A-Z]))(?![a-z]))"
    r"|(?<![\w^_\\])\w_\{[^{}\s$]{1,40}\}"
)


# {ETOR}, {G}lider: braces that keep a name's capitals in a bibliography
_PROTECTED = re.compile(
    r"(\\\S+)|(?:(?<=[A-Za-z\d])|\A)\{([A-Z\d][A-Z\d-]{0,30})\}"
    r"|(?<![\w^_}])\{([A-Z][A-Za-z\d-]{0,30})\}(?=[A-Za-z])"
)


def scripted(pieces: list[ProsePiece]) -> list[ProsePiece]:
    """Return the pieces of a text as its authors wrote it, with the indices and exponents between
    dollars that its author left out, `X^{2}`, `PM^{4}Bench`, and without braces that only protect
    capitals."""
    out: list[ProsePiece] = []
    for piece in pieces:
        if piece.kind == "text" and "{" in piece.text:
            piece = ProsePiece("text", _PROTECTED.sub(lambda m: m[1] or m[2] or m[3], piece.text))
        if piece.kind != "text" or not ("^" in piece.text or "_{" in piece.text):
            out.append(piece)
            continue
        done = 0
        for m in _SCRIPTED.finditer(piece.text):
            out += [ProsePiece("text", piece.text[done : m.start()]), ProsePiece("math", m.group())]
            done = m.end()
        out.append(ProsePiece("text", piece.text[done:]))
    return [piece for piece in out if piece.text]


def text_mode(pieces: list[ProsePiece]) -> list[ProsePiece]:
    """Return the pieces with the commands of TeX's text mode made Markdown; braces without a
    command stay.

    A command that is unknown (its author's own) leaves its name.
    """
    if not any(kind == "text" and "\\" in text for kind, text in pieces):
        return pieces
    writer = _ProseWriter()
    for piece in pieces:
        if piece.kind == "text":
            _commands(accents.letters(piece.text), writer)
        else:
            writer.out.append(piece)
    return [piece for piece in writer.out if piece.text]


def _commands(text: str, writer: _ProseWriter) -> None:
    done = 0
    while m := _COMMAND.search(text, done):
        writer.text(text[done : m.start()])
        name, sign, brace = m.groups()
        done = m.end()
        if brace == "{":
            writer.open(shown=True)
        elif brace == "}":
            writer.close()
        elif sign is not None:
            if sign == "$":
                writer.out.append(ProsePiece("mark", "\\$"))
            else:
                writer.text(SIGNS.get(sign, sign))
        else:
            done = _command(text, name, done, writer)
    writer.text(text[done:])


def _command(text: str, name: str, at: int, writer: _ProseWriter) -> int:
    """Write what the command `name`, which ends at `at`, stands for; return where to read on."""
    if name in DROPPED:
        return _skip(text, at)
    if name in _PREFIXED:
        at = _skip(text, at)
    braced = text.startswith("{", at)
    if braced and name == "footnote":
        return _footnote(at, writer)
    if name in _RAISING and (raised := _RAISED.match(text, at)):
        writer.out.append(_script(_RAISING[name], raised[1]))
        return raised.end()
    if braced and name in _FACES:
        writer.open(_mark(name))
        return at + 1
    if name in SYMBOLS:
        writer.switch("")  # {\LaTeX}
        writer.text(SYMBOLS[name])
        return _past(text, at)
    if name in _FACES:  # {\em ...}
        writer.switch(_mark(name))
        return at + text.startswith(" ", at)
    if name in NAMES:
        return _maths(text, name, at, writer)
    if name in ("begin", "end"):
        return _skip(text, at)
    writer.text(name)
    return _past(text, at)


def _footnote(at: int, writer: _ProseWriter) -> int:
    """Open a footnote, whose brace is at `at`, as a remark in parentheses."""
    before = writer.out[-1].text if writer.out else ""
    writer.text("(" if before[-1:].isspace() else " (")
    writer.open(close=")")
    return at + 1


def _script(sign: str, inside: str) -> ProsePiece:
    """Return what text mode raises or lowers: `1\textsuperscript{st}`; marks are raised as such."""
    if len(inside) > 1 and not inside.isdigit():
        inside = f"\\text{{{inside}}}"
    if inside in "®™":  # or nothing
        return ProsePiece("text", inside)
    return ProsePiece("math", f"{sign}{{{inside}}}")


def _mark(name: str) -> str:
    """Return the Markdown that stands around what a command sets in bold or italics; "" for
    others."""
    return "**" if name in BOLD else "*" if name in ITALIC else ""


def _past(text: str, at: int) -> int:
    """Return past the empty braces that end a command's name, as in `\\LaTeX{}`."""
    return at + 2 if text.startswith("{}", at) else at


def _skip(text: str, at: int) -> int:
    """Return past a command's arguments, [optional] and {braced}."""
    m = re.compile(r"(?:\[[^\[\]{}]{0,200}\])?\{[^{}]{0,500}\}").match(text, at)
    return m.end() if m else at


def _maths(text: str, name: str, at: int, writer: _ProseWriter) -> int:
    """Return a command of maths among prose: it gets the dollars that its author left out."""
    end = at
    for _ in range(ARGUMENTS.get(name, 0)):
        m = re.compile(r"\{[^{}$]{0,200}\}").match(text, end)
        end = m.end() if m else end
    scripts = _SCRIPTS.match(text, end)
    end = scripts.end() if scripts else end
    writer.out.append(ProsePiece("math", f"\\{name}{text[at:end]}"))
    return end
