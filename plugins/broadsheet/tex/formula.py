"""Finds the formulas in prose that has lost its dollar signs and backslashes, and marks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

from broadsheet.tex.commands import ARROWS, BINARY, PARTNERS, RELATIONS, SURE, SYMBOLS
from broadsheet.tex.grammar import GrammarReader
from broadsheet.tex.scan import BARE, LETTERS, NONE, REACH, TexPart, glue, name, word
from broadsheet.tex.words import certain, inert, telling

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
        """Whether a second reading may find more."""
        return bool(self.names or self.faces or self.bare)


def promising(text: str, known: Mended | None) -> bool:
    """Whether it is worth looking for formulas: a quick answer for plain prose."""
    if SIGNS.search(text) is not None:
        return True
    words = set(WORDS.findall(text))
    return any(map(telling, words)) or bool(known and not words.isdisjoint(known.faces))


def together(readings: Iterable[Mended], named: Iterable[str] = ()) -> Mended:
    """What several pieces of one abstract prove, with names that still have their backslash."""
    names = set(named)
    faces: dict[str, str] = {}
    bare = False
    for reading in readings:
        names |= reading.names
        faces.update(reading.faces)
        bare = bare or reading.bare
    return Mended((), frozenset(names), faces, bare)


def mend(text: str, known: Mended | None = None) -> Mended:
    """`text` with its formulas told apart. `known` is what an earlier reading proved."""
    if not promising(text, known):
        return Mended(((text, False),))
    text = MULTIPLE.sub(lambda m: m[0] if COMPARED.search(m[2]) else f"{m[1]}times ", text)
    text = SPACED.sub(r"\1 ", text)
    text = PAIRED.sub(lambda m: SIZED.sub("", m[0]), text)
    text = SIZED_NAME.sub("", text)
    text = CROSSED.sub(r"\1{\2}\3", text)
    known = known or Mended()
    out: list[tuple[str, bool]] = []
    names: set[str] = set()
    faces: dict[str, str] = {}
    bare = False
    for block in blocks(text):
        reader = GrammarReader(block, known.names, known.bare)
        i = done = 0
        while m := TOKEN.search(block, i):
            i, token = m.start(), m.group()
            part = None
            if token in known.faces or not (
                token.isspace()
                or (inert(token) and block[m.end() : m.end() + 1] not in ("(", "^", "{"))
            ):
                part = formula(reader, i, token, known)
            if part is None:
                i = m.end()
                continue
            if part.end < 0:  # prose up to a sign in the middle of a word
                i = -part.end
                continue
            if done == i and out and out[-1][1]:
                out[-1] = (glue(out[-1][0], part.tex), True)
            else:
                out += ((block[done:i], False), (part.tex, True))
            i = done = part.end
            names.update(re.findall(r"\\([A-Za-z]+)", part.tex))
            for face, inner in re.findall(r"\\(text[a-z]{2})\{(\w+)\}", part.tex):
                if not inner.islower():
                    faces[inner] = face
            bare = bare or part.proof == BARE
        out.append((block[done:], False))
    return Mended(tuple(piece for piece in out if piece[0]), frozenset(names), faces, bare)


def blocks(text: str) -> list[str]:
    """`text` in pieces of bounded length, parted at white space where there is some."""
    out, at = [], 0
    while len(text) - at > BLOCK:
        cut = max(text.rfind(" ", at, at + BLOCK), text.rfind("\n", at, at + BLOCK))
        cut = cut if cut > at else at + BLOCK
        out.append(text[at:cut])
        at = cut
    out.append(text[at:])
    return out


def formula(reader: GrammarReader, i: int, token: str, known: Mended) -> TexPart | None:
    """The formula that starts at `i`, if one does that proves itself."""
    if reader.before(i) == "\\":  # text mode's, which is not for here
        return None
    if token in known.faces:
        return TexPart(i + len(token), f"\\{known.faces[token]}{{{token}}}", BARE, "name")
    if startable(reader, i, token):
        part = reader.expression(i)
        if part is not None and part.proof:
            return part
    return alone(reader, i, token)


def startable(reader: GrammarReader, i: int, token: str) -> bool:
    """Whether a formula may start at `i`: not in the middle of a word or number."""
    before = reader.before(i)
    if LETTERS.match(token) and LETTERS.match(before):
        return False  # the letter before began a formula without proof, and this was part of it
    if token.isalpha() and token.isascii():
        if before.isalnum() and before.isascii() and not before.isdigit():
            return False
        if len(token) == 1 and (before in "_'’.@/\\" or before.isdigit()) and before:
            return False
    if token.isdigit():
        if before.isalnum() and before.isascii():
            return False
        return not (before and before in "_.," and reader.before(i - 1).isalnum())
    return True


def alone(reader: GrammarReader, i: int, token: str) -> TexPart | None:
    """A sign or exponent without an operand of its own: `AR` leftrightarrow `EN`, `FaSTA` ^*."""
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
    """A word that begins or ends with the name of a delimiter whose partner is near."""
    for left, right in PARTNERS.items():
        if token.startswith(left) and reader.text.find(right, i, i + REACH) > 0:
            return TexPart(i + len(left), name(left), BARE, "name")
        ends = token.endswith(right) and len(token) > len(right)
        if ends and reader.text.rfind(left, max(0, i - REACH), i) >= 0:
            return TexPart(-(i + len(token) - len(right)), "", NONE, "prose")
    return None
