"""Finding the formulas in prose that has lost its dollar signs and backslashes, and marks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

from .commands import ARROWS, BINARY, PARTNERS, RELATIONS, SURE, SYMBOLS
from .grammar import GrammarReader
from .scan import BARE, LETTERS, NONE, REACH, TexPart, glue, name, word
from .words import certain, inert, telling

TOKEN = re.compile(r"[A-Za-z]+|\s+|[^A-Za-z\s]")
WORDS = re.compile(r"[A-Za-z]{2,}")
SIGNS = re.compile(r"[\^_{}!Α-Ωα-ω]|,%|\b[Oo]\(|[0-9)\]](?:times|sim|pm)|\d space |\w<[A-Za-z]")
BLOCK = 4000  # characters read at once
STANDING = (
    (frozenset(ARROWS) | frozenset(SYMBOLS) | frozenset(RELATIONS) | frozenset(BINARY)) & SURE
    | frozenset(PARTNERS)
    | frozenset(PARTNERS.values())
)

# `a 42 times speedup`: between an article and a noun, "times" is the sign.
MULTIPLE = re.compile(r"\b([Aa]n? \d[\d.,]*(?:-\d[\d.,]*)?) times (?=([a-z][a-z-]{3,}))")
COMPARED = re.compile(r"(?:er|more|less|than|that|this|each|with|over|when|while|compared)$")
SPACED = re.compile(r"(\d) space (?=(?:hundred|thousand|million|billion|trillion)\b)")
# `(mathrm{Cal)}`: the bracket that closed outside.
CROSSED = re.compile(r"\b(math[a-z]{2,4}|text[a-z]{0,2})\{([^{}()\[\]]*)([)\]])\}")
# `left( ... right)`, and before the name of a delimiter
SIZED = re.compile(r"(?:left|[bB]igg?l?)(?=[(\[{|])|(?:right|[bB]igg?r?)(?=[)\]}|])")
PAIRED = re.compile(r"(?:left|[bB]igg?l?)[(\[{|].{1,400}?(?:right|[bB]igg?r?)[)\]}|]", re.S)
SIZED_NAME = re.compile(r"(?:left|right) ?(?=[lr](?:floor|ceil|angle|[vV]ert)(?![a-z]))")
# `0.5Bsim32B`
ROUGHLY = re.compile(r"(?<=[\dA-Z%])sim(?=\d)")


class Mended(NamedTuple):
    """A text in pieces (text, whether it is a formula's TeX), and what the formulas prove.

    `names` are the names they hold, `faces` the words set in a text font (word to command), `bare`
    whether the text has lost backslashes for certain.
    """

    pieces: tuple[tuple[str, bool], ...] = ()
    names: frozenset[str] = frozenset()
    faces: Mapping[str, str] = MappingProxyType({})
    bare: bool = False

    def proves(self) -> bool:
        """Return whether a second reading may find more."""
        return bool(self.names or self.faces or self.bare)


def promising(text: str, known: Mended | None) -> bool:
    """Return whether it is worth looking for formulas: a quick answer for plain prose."""
    if SIGNS.search(text) is not None:
        return True
    words = set(WORDS.findall(text))
    return any(map(telling, words)) or bool(known and not words.isdisjoint(known.faces))


def together(readings: Iterable[Mended], named: Iterable[str] = ()) -> Mended:
    """Return what several pieces of one abstract prove, with names that still have their
    backslash."""
    names = set(named)
    faces: dict[str, str] = {}
    bare = False
    for reading in readings:
        names |= reading.names
        faces.update(reading.faces)
        bare = bare or reading.bare
    return Mended((), frozenset(names), faces, bare)


def mend(text: str, known: Mended | None = None) -> Mended:
    """Return `text` with its formulas told apart. `known` is what an earlier reading proved."""
    if not promising(text, known):
        return Mended(((text, False),))
    reading = _Reading(known or Mended())
    for block in blocks(prepared(text)):
        reading.read(block)
    return reading.mended()


def prepared(text: str) -> str:
    """Return `text` without what is left of sizes and spaces, and with `times` glued as a sign."""
    text = MULTIPLE.sub(lambda m: m[0] if COMPARED.search(m[2]) else f"{m[1]}times ", text)
    text = SPACED.sub(r"\1 ", text)
    text = PAIRED.sub(lambda m: SIZED.sub("", m[0]), text)
    text = SIZED_NAME.sub("", text)
    return CROSSED.sub(r"\1{\2}\3", text)


class _Reading:
    """One reading of a text: its pieces so far, and what its formulas prove."""

    def __init__(self, known: Mended) -> None:
        self.known = known
        self.pieces: list[tuple[str, bool]] = []
        self.names: set[str] = set()
        self.faces: dict[str, str] = {}
        self.bare = False

    def read(self, block: str) -> None:
        """Tell the formulas of a block apart."""
        reader = GrammarReader(block, self.known.names, self.known.bare)
        faces = self.known.faces
        i = done = 0
        while m := TOKEN.search(block, i):
            token, i = m[0], m.start()
            end = m.end()
            prose = token.isspace() or (
                inert(token) and block[end : end + 1] not in ("(", "^", "{")
            )
            part = None
            if not prose or token in faces:
                part = self.formula(reader, i, token)
            if part is None:
                i = end
            elif part.end < 0:  # prose up to a sign in the middle of a word
                i = -part.end
            else:
                self.add(block[done:i], part)
                i = done = part.end
        self.pieces.append((block[done:], False))

    def formula(self, reader: GrammarReader, i: int, token: str) -> TexPart | None:
        """Return the formula that starts at `i`, if one does that proves itself."""
        if reader.before(i) == "\\":  # a command of text mode
            return None
        face = self.known.faces.get(token)
        if face is not None:
            return TexPart(i + len(token), f"\\{face}{{{token}}}", BARE, "name")
        if startable(reader, i, token):
            part = reader.expression(i)
            if part is not None and part.proof:
                return part
        return alone(reader, i, token)

    def add(self, prose: str, part: TexPart) -> None:
        """Add a formula and the prose before it; without prose, it goes on with the one before."""
        if not prose and self.pieces and self.pieces[-1][1]:
            self.pieces[-1] = (glue(self.pieces[-1][0], part.tex), True)
        else:
            self.pieces += ((prose, False), (part.tex, True))
        self.names.update(re.findall(r"\\([A-Za-z]+)", part.tex))
        for face, inner in re.findall(r"\\(text[a-z]{2})\{(\w+)\}", part.tex):
            if not inner.islower():
                self.faces[inner] = face
        self.bare = self.bare or part.proof == BARE

    def mended(self) -> Mended:
        pieces = tuple(piece for piece in self.pieces if piece[0])
        return Mended(pieces, frozenset(self.names), self.faces, self.bare)


def blocks(text: str) -> list[str]:
    """Return `text` in pieces of bounded length, parted at white space where there is some."""
    out, at = [], 0
    while len(text) - at > BLOCK:
        cut = max(text.rfind(" ", at, at + BLOCK), text.rfind("\n", at, at + BLOCK))
        cut = cut if cut > at else at + BLOCK
        out.append(text[at:cut])
        at = cut
    out.append(text[at:])
    return out


def startable(reader: GrammarReader, i: int, token: str) -> bool:
    """Return whether a formula may start at `i`: not in the middle of a word or number."""
    before = reader.before(i)
    if LETTERS.match(token) and LETTERS.match(before):
        return False  # the letter before began a formula without proof, and this was part of it
    continued = before.isalnum() and before.isascii()
    if token.isalpha() and token.isascii():
        if before.isdigit():
            return len(token) > 1
        return not continued and not (len(token) == 1 and before and before in "_'’.@/\\")
    if not token.isdigit():
        return True
    return not continued and not (before and before in "_.," and reader.before(i - 1).isalnum())


def alone(reader: GrammarReader, i: int, token: str) -> TexPart | None:
    """Return a sign or exponent without an operand of its own: `AR` leftrightarrow `EN`, `FaSTA`
    ^*."""
    if token == "^" and (reader.before(i).isalnum() or reader.before(i) in (")", "]")):
        return reader.script(i, 0)
    if not word(token) or len(token) < 2:
        return None
    if token in STANDING:
        return TexPart(i + len(token), name(token), BARE, "name")
    if partner := fence(reader, i, token):
        return partner
    if rough := ROUGHLY.match(reader.text, i):
        return TexPart(rough.end(), "\\sim", BARE, "name")
    pieces = certain(token) or ()
    if not any(piece in STANDING for piece in pieces):
        return None
    if pieces[0] in STANDING:
        return TexPart(i + len(pieces[0]), name(pieces[0]), BARE, "name")
    length = sum(map(len, takewhile(lambda piece: piece not in STANDING, pieces)))
    return TexPart(-(i + length), "", NONE, "prose")


def fence(reader: GrammarReader, i: int, token: str) -> TexPart | None:
    """Return a word that begins or ends with the name of a delimiter whose partner is near."""
    for left, right in PARTNERS.items():
        if token.startswith(left) and reader.text.find(right, i, i + REACH) > 0:
            return TexPart(i + len(left), name(left), BARE, "name")
        ends = token.endswith(right) and len(token) > len(right)
        if ends and reader.text.rfind(left, max(0, i - REACH), i) >= 0:
            return TexPart(-(i + len(token) - len(right)), "", NONE, "prose")
    return None
