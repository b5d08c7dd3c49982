"""From an abstract as a listing shows it, or as its authors wrote it, to Markdown.

Hugging Face's listings take an abstract's TeX and, first, put in place of each command with a
braced argument the text up to the first closing brace; second, drop the backslashes between dollar
signs and the dollars themselves. What a formula's remains mean follows from that; what the two
steps left no trace of (a font, a root) stays lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import escape, links
from .delimiters import formulas
from .formula import LOST, TextPart
from .prose import ProsePiece, argued, quotes, scripted, text_mode, tidy, undimensioned
from .spans import spans, written
from .tagging import tagged

_DELIMITED = re.compile(r"\\\((.{1,2000}?)\\\)|\\\[(.{1,2000}?)\\\]", re.S)
_DOLLAR = re.compile(r"(?<!\\)\$")
_CODE = re.compile(r"[`~]")
_PLACE = "\ufffc"
# what is maths where other formulas stand, though nothing in it shows so
_VARIABLE = re.compile(r"(?!(?:[aAI]|.*\\text.*)\Z)(?=.*[A-Za-zΑ-ω])")
_DEGREES = re.compile(r"(?<=\d)\s?\\deg(?:ree)?(?![A-Za-z])")
_DASHES = re.compile(r"(?<!-)(---?)(?!-)")
# `$\textbf{A}$daptive`, `$60\%$`: text that its author set between dollars
_WORDS = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|rm|sf|sl)?|emph|mathbf|mathit|boldsymbol)\{[^{}$\\^_]*[^{}$\\^_\W\d]"
    r"[^{}$\\^_]*\}|\d[\d.,]*(?:\\%)?"
)
# `\mbox{\boldmath $x$}` within a formula, `{\boldmath $x$}` in prose: a bold formula
_BOLD = r"\{\s*\\boldmath\s*\$((?:[^${}]|\{[^${}]*\})*)\$\s*\}"
_BOLD_BOX = re.compile(r"\\[mh]box\s*" + _BOLD)
_BOLD_PROSE = re.compile(r"(?<!box)(?<!box )" + _BOLD)
# `$ \alpha $`: a formula that its author set off from its signs
_SET_OFF = re.compile(r"(?:\s.*|.*\s)\Z", re.S)
_TOLD = re.compile(r"\\[A-Za-z]")
_LETTER = re.compile(r"\\(?:math\w+|boldsymbol)\{\w\}")


def restore(text: str, tex: bool = False, date: str = "") -> str:
    """Return `text` as Markdown whose maths stands as TeX between single dollar signs.

    `tex` says that the text is as its authors wrote it, with dollars and backslashes (arXiv's own).
    Otherwise it is as Hugging Face shows it, which drops both, and the formulas are found again,
    unless it shows itself to be its authors' (`_is_kept`).
    Text without any TeX comes back unchanged, but for typographic quotation marks and for what
    Markdown would take for markup (see `escape`).
    """
    tex = tex or _is_kept(text)
    pieces = _pieces(quotes(text), tex)
    if not tex:
        pieces = _mended(pieces, date)
    else:
        pieces = scripted(pieces)
        if any(kind == "math" or "\\" in piece for kind, piece in pieces):
            pieces = [ProsePiece(k, tidy(_dashes(t)) if k == "text" else t) for k, t in pieces]
    return _joined(text_mode(pieces))


def _is_kept(text: str) -> bool:
    """Return whether a text has all its dollars and backslashes: they pair, and a formula with a
    command stands apart from its signs, which no Markdown and no stripped text has."""
    if "$ " not in text and " $" not in text:
        return False
    found = [piece for piece, math in formulas(text) if math]
    left = "".join(piece for piece, math in formulas(text) if not math)
    return not _DOLLAR.search(left) and any(
        _SET_OFF.match(piece) and _TOLD.search(piece) for piece in found
    )


def _pieces(text: str, tex: bool) -> list[ProsePiece]:
    """Return formulas that still have their delimiters, links, and the text between."""
    out: list[ProsePiece] = []
    if tex and "\\boldmath" in text:
        text = _BOLD_PROSE.sub(r"$\\boldsymbol{\1}$", text)
    found = formulas(text) if tex else _delimited(text)
    for piece, math in found:
        if math and "\\boldmath" in piece:
            piece = _BOLD_BOX.sub(r"\\boldsymbol{\1}", piece).replace("\\boldmath", "\\boldsymbol")
        if not math:
            out += _linked(piece)
        elif "$" in piece.replace("\\$", ""):  # formulas within a formula's text
            for n, inner in enumerate(_DOLLAR.split(piece)):
                out.append(ProsePiece("math" if n % 2 else "text", inner))
        elif _WORDS.fullmatch(piece) and not _LETTER.fullmatch(piece):
            out.append(ProsePiece("text", piece))
        else:
            out.append(ProsePiece("math", piece))
    return out


def _delimited(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a listing's text in pieces: formulas whose delimiters it kept, and the rest."""
    for span in spans(text):
        done = 0
        for m in _DELIMITED.finditer(span.text) if "\\" in span.text and not span.math else ():
            yield span.text[done : m.start()], False
            yield m[1] or m[2], True
            done = m.end()
        yield span.text[done:], span.math


def _linked(text: str) -> list[ProsePiece]:
    return [ProsePiece("link" if link else "text", t) for t, link in links.split(text) if t]


def _dashes(text: str) -> str:
    return _DASHES.sub(lambda m: "—" if len(m[1]) == 3 else "–", text) if "--" in text else text


def _mended(pieces: list[ProsePiece], date: str) -> list[ProsePiece]:
    """Return the pieces with the formulas found that a listing stripped.

    The text is read as a whole, as one place of it tells about others; what is no prose stands in
    it as one sign.
    """
    pieces = [ProsePiece(k, argued(t) if k == "text" else t) for k, t in pieces]
    others = [piece for piece in pieces if piece.kind != "text"]
    text = "".join(t.replace(_PLACE, "") if k == "text" else _PLACE for k, t in pieces)
    found = tagged(_DEGREES.sub("°", undimensioned(text)), date)
    telling = "\\" in text or any(piece.kind == "math" for piece in others)
    telling = telling or any(part.proof == LOST for part in found)
    given = iter(others)
    out: list[ProsePiece] = []
    for part in found:
        if _is_formula(part, telling):
            out.append(ProsePiece("math", part.text))
            continue
        for n, prose in enumerate((part.source or part.text).split(_PLACE)):
            if n:
                out.append(next(given))
            out.append(ProsePiece("text", tidy(prose) if telling else prose))
    return out


def _is_formula(part: TextPart, telling: bool) -> bool:
    """Return whether a part is a formula: something in it shows so, or it is a variable of a text
    that other places tell to be TeX."""
    return part.math and (part.proof > 0 or (telling and bool(_VARIABLE.match(part.text))))


def _joined(pieces: list[ProsePiece]) -> str:
    """Return the pieces as one Markdown text, in which each formula reads as one."""
    text = _marked(pieces)
    if "$" in text and ("`" in text or "~~~" in text):
        maths = (" ".join(t.replace("`", "\\lq ").split()) for k, t in pieces if k == "math")
        if [span.text for span in spans(text) if span.math] != [tex for tex in maths if tex]:
            text = _marked(pieces, code=False)  # some stand where Markdown sees code
    return text


def _marked(pieces: list[ProsePiece], code: bool = True) -> str:
    """Return the pieces as Markdown; without `code`, nothing of the prose is code."""
    out: list[str] = []  # from the end, as what follows a formula decides how it is written
    following = ""
    for (kind, text), shown in zip(reversed(pieces), reversed(_shown(pieces, code)), strict=True):
        one = _formula(text, following) if kind == "math" else shown
        out.append(one)
        following = one[:1] or following
    return escape.lines("".join(reversed(out)))


def _shown(pieces: list[ProsePiece], code: bool) -> list[str]:
    """Return the text of each piece, prose without what Markdown would take for markup."""
    marked = any(kind == "mark" and "*" in text for kind, text in pieces)
    maths = any(kind == "math" for kind, _ in pieces)
    prose = [escape.escaped(text) if kind == "text" else None for kind, text in pieces]
    out = []
    for (_, text), plain in zip(pieces, escape.asterisks(prose, marked), strict=True):
        if plain is None:
            out.append(text)
            continue
        if maths:
            plain = plain.replace("$", "\\$")
        out.append(plain if code else _CODE.sub(r"\\\g<0>", plain))
    return out


def _formula(tex: str, following: str) -> str:
    """Return a formula as Markdown before the character that follows it."""
    if not tex.strip():
        return ""
    return written(tex, following) + (" " if following == "$" else "")
