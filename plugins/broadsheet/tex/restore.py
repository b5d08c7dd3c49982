"""From an abstract as a listing shows it, or as its authors wrote it, to Markdown.

Hugging Face's listings take an abstract's TeX and, first, put in place of each command with a
braced argument the text up to the first closing brace; second, drop the backslashes between dollar
signs and the dollars themselves. What a formula's remains mean follows from that; what the two
steps left no trace of (a font, a root) stays lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from . import escape, formula, links
from .commands import GREEK, NAMES
from .prose import Piece, quotes, text_mode, tidy, undimensioned
from .spans import spans

_DELIMITED = re.compile(r"\\\((.{1,2000}?)\\\)|\\\[(.{1,2000}?)\\\]", re.S)
_NAMED = re.compile(r"\\([A-Za-z]+)")
_DEGREES = re.compile(r"(?<=\d)\s?\\deg(?:ree)?(?![A-Za-z])")
_DASHES = re.compile(r"(?<!-)(---?)(?!-)")
# `$\textbf{A}$daptive`, `$60\%$`: text that its author set between dollars
_WORDS = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|rm|sf|sl)?|emph|mathbf|mathit|boldsymbol)\{[^{}$\\^_]*[^{}$\\^_\W\d]"
    r"[^{}$\\^_]*\}|\d[\d.,]*(?:\\%)?"
)
_LETTER = re.compile(r"\\math\w+\{\w\}")


def restore(text: str, tex: bool = False) -> str:
    """Return `text` as Markdown whose maths stands as TeX between single dollar signs.

    `tex` says that the text is as its authors wrote it, with dollars and backslashes (arXiv's own).
    Otherwise it is as Hugging Face shows it, which drops both, and the formulas are found again.
    Text without any TeX comes back unchanged, but for typographic quotation marks and for what
    Markdown would take for markup (see `escape`).
    """
    pieces = _pieces(quotes(text))
    if not tex:
        pieces = _mended(pieces)
    elif any(kind == "math" or "\\" in piece for kind, piece in pieces):
        pieces = [Piece(k, tidy(_dashes(t))) if k == "text" else Piece(k, t) for k, t in pieces]
    return _joined(text_mode(pieces))


def _pieces(text: str) -> list[Piece]:
    """Return formulas that still have their delimiters, links, and the text between."""
    out: list[Piece] = []
    for span in spans(text):
        if span.math:
            if _WORDS.fullmatch(span.text) and not _LETTER.fullmatch(span.text):
                out.append(Piece("text", span.text))
            else:
                out.append(Piece("math", span.text))
            continue
        done = 0
        for m in _DELIMITED.finditer(span.text) if "\\" in span.text else ():
            out += _linked(span.text[done : m.start()])
            out.append(Piece("math", m[1] or m[2]))
            done = m.end()
        out += _linked(span.text[done:])
    return out


def _linked(text: str) -> list[Piece]:
    return [Piece("link" if link else "text", t) for t, link in links.split(text) if t]


def _dashes(text: str) -> str:
    return _DASHES.sub(lambda m: "—" if len(m[1]) == 3 else "–", text) if "--" in text else text


def _mended(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with the formulas found that a listing stripped.

    Two readings: what the first proves helps the second, over all pieces, to tell more.
    """
    pieces = _changed(pieces, lambda text: _DEGREES.sub("°", undimensioned(text)))
    named = {name for kind, text in pieces if kind == "text" for name in _greek_names(text)}
    pieces = _changed(pieces, _bare)
    first = [formula.mend(text) if kind == "text" else None for kind, text in pieces]
    known = formula.together(filter(None, first), named)
    telling = known.bare or any("\\" in text for kind, text in pieces if kind == "text")
    out: list[Piece] = []
    for piece, mended in zip(pieces, first, strict=True):
        if mended is None:
            out.append(piece)
        else:
            again = formula.mend(piece.text, known) if known.proves() else mended
            out += _told_apart(again, telling)
    return out


def _changed(pieces: list[Piece], change: Callable[[str], str]) -> list[Piece]:
    """Return the pieces with those that are text changed."""
    return [Piece(kind, change(text) if kind == "text" else text) for kind, text in pieces]


def _told_apart(mended: formula.Mended, telling: bool) -> list[Piece]:
    """Return the pieces of a text with formulas; `telling` says that the text is known to be
    TeX."""
    return [
        Piece("math", text) if math else Piece("text", tidy(text) if telling else text)
        for text, math in mended.pieces
    ]


def _bare(text: str) -> str:
    """Return text whose backslashes of maths, which survive outside of dollars, are gone, too."""
    if "\\" not in text:
        return text
    return _NAMED.sub(lambda m: m[1] if m[1] in MATHEMATICAL else m[0], text)


def _greek_names(text: str) -> set[str]:
    """Return the Greek letters whose names still have their backslash in a text."""
    return GREEK.keys() & _NAMED.findall(text) if "\\" in text else set()


def _joined(pieces: list[Piece]) -> str:
    """Return the pieces as one Markdown text."""
    marked = any(kind == "mark" and "*" in text for kind, text in pieces)
    maths = any(kind == "math" for kind, _ in pieces)
    prose = [escape.escaped(text) if kind == "text" else None for kind, text in pieces]
    out: list[str] = []
    for (kind, text), plain in zip(pieces, escape.asterisks(prose, marked), strict=True):
        if kind == "math":
            tex = " ".join(text.split())
            if tex:
                beside = out and out[-1].endswith("$") and not out[-1].endswith("\\$")
                out.append(f" ${tex}$" if beside else f"${tex}$")
        elif plain is None:
            out.append(text)
        elif plain:
            out.append(plain.replace("$", "\\$") if maths else plain)
    return escape.lines("".join(out))


MATHEMATICAL = NAMES - frozenset({
    "text", "textrm", "textbf", "textit", "textsf", "texttt", "textsc", "textnormal", "mbox",
    "hbox", "emph", "textsl", "textup", "textmd", "underline", "uline", "bf", "it", "rm", "sf",
    "tt", "sc", "em", "cal", "quad", "qquad", "space", "enspace", "thinspace", "hspace",
})  # fmt: skip
