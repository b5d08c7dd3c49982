"""A text in a size: in lines that fit, and as marks on a picture.

Text that reads simply (each character stands by itself, from left to right: Latin, Greek, Cyrillic,
Chinese, signs) is put together of its characters, of which each is drawn once, and a word that
comes again is copied. Any other text is drawn by what joins letters, in one font of the system's.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image

from .card import JOINERS, drawable
from .lines import broken
from .typefaces import Face, Marks, SystemFaces, packaged

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

INK = 7
"""The colour of the darkest mark; those between 0 and it are its edges."""

_WEIGHT = 640  # between regular (400) and bold (700)
_BEFORE, _AFTER = 8, 8  # columns of a word's picture that are beside its marks
_TURNED = frozenset({"R", "AL", "AN", "NSM"})  # directions of what does not read simply
_UNJOINED = dict.fromkeys(map(ord, JOINERS))


@dataclass(frozen=True, slots=True)
class Lines:
    """A text in lines: the words of each; the font that draws them if they do not read simply."""

    words: tuple[tuple[str, ...], ...] = ()
    face: Face | None = None
    leftward: bool = False  # from right to left


class Writing:
    """Writes in one size: `height` is a line's, `base` where in it letters stand, `room` its
    width, and `weight` how bold letters are."""

    def __init__(self, size: int, height: int, base: int, room: int, weight: int = _WEIGHT) -> None:
        self.height = height
        self._base, self._room = base, room
        self._faces = packaged(size, weight)
        self._system = SystemFaces(size)
        self._owners: dict[str, Face | None] = {}
        self._marks = lru_cache(maxsize=512)(self._marks_of)
        self._step = lru_cache(maxsize=8192)(self._step_of)
        self._width = lru_cache(maxsize=8192)(self._width_of)
        self._word = lru_cache(maxsize=4096)(self._word_of)

    def lines(self, text: str, most: int) -> Lines:
        """Return a text in at most so many lines; in none, where no font has all of its letters."""
        text = self._plain(drawable(text))
        chars = set(text)
        if not chars:
            return Lines()
        if all(self._face(char) for char in chars - JOINERS):
            text = text.translate(_UNJOINED)
            return Lines(tuple(map(tuple, broken(text, self._width, self._room, most))))
        face = self._system.joining(chars - {" "})
        if face is None:
            return Lines()
        rows = broken(text, lru_cache(face.width), self._room, most)
        return Lines(tuple(map(tuple, rows)), face, _leftward(text))

    def draw(self, lines: Lines, onto: Image.Image, left: int, top: int) -> None:
        """Draw lines on a picture, which has nothing there yet."""
        for number, words in enumerate(lines.words):
            y = top + number * self.height
            if lines.face is None:
                self._draw_words(words, onto, left, y)
                continue
            text = " ".join(words)
            x = left + (int(self._room - lines.face.width(text)) if lines.leftward else 0)
            _ink(onto, lines.face.marks(text), x, y + self._base)

    def _draw_words(self, words: tuple[str, ...], onto: Image.Image, left: int, top: int) -> None:
        paste, height = onto.im.paste, self.height
        pen, space = float(left), self._width(" ")
        for word in words:
            made, width, advance = self._word(word)
            x = int(pen) - _BEFORE
            paste(made, (x, top, x + width, top + height))
            pen += advance + space

    # Text that reads simply

    def _plain(self, text: str) -> str:
        """A text with plainer characters for those that no package's font has, where there are such
        (𝒪 is an O), and without the pictures that none has."""
        chars = set(text)
        if all(self._own(char) for char in chars):
            return text
        plainer = {char: self._plainer(char) for char in chars}
        return " ".join("".join(plainer[char] for char in text).split())

    def _plainer(self, char: str) -> str:
        if self._own(char):
            return char
        other = unicodedata.normalize("NFKC", char)
        if other != char and all(map(self._own, other)):
            return other
        return "" if unicodedata.category(char) in {"So", "Sk"} else char

    def _own(self, char: str) -> Face | None:
        """The packages' font that has a character which reads simply."""
        if char not in self._owners:
            faces = (face for face in self._faces if _reads_simply(char) and face.has(char))
            self._owners[char] = next(faces, None)
        return self._owners[char]

    def _face(self, char: str) -> Face | None:
        """The font that has a character which reads simply; the system's where no package's has."""
        own = self._own(char)
        if own is None and _reads_simply(char):
            return self._system.having(char)
        return own

    def _marks_of(self, char: str) -> Marks:
        face = self._face(char)
        return face.marks(char) if face else Marks(None)

    def _step_of(self, char: str, after: str) -> float:
        """How far the pen goes from a character to the one after it."""
        face = self._face(char)
        if face is None:
            return 0.0
        if after and self._face(after) is face:
            return face.width(char + after) - face.width(after)
        return face.width(char)

    def _width_of(self, word: str) -> float:
        return sum(map(self._step, word, (*word[1:], "")))

    def _word_of(self, word: str) -> tuple[ImagingCore, int, float]:
        """A word as a picture of a line's height, how wide that is, and how far the pen goes."""
        advance = self._width(word)
        width = int(advance) + _BEFORE + _AFTER
        made = Image.new("P", (width, self.height))
        pen = float(_BEFORE)
        for char, after in zip(word, (*word[1:], ""), strict=True):
            _ink(made, self._marks(char), round(pen), self._base)
            pen += self._step(char, after)
        return made.im, width, advance


def _ink(onto: Image.Image, marks: Marks, x: int, y: int) -> None:
    if marks.image is not None:
        left, top = x + marks.left, y + marks.top
        width, height = marks.image.size
        onto.im.paste(INK, (left, top, left + width, top + height), marks.image)


def _reads_simply(char: str) -> bool:
    return char.isascii() or (
        unicodedata.bidirectional(char) not in _TURNED and unicodedata.category(char)[0] not in "MC"
    )


def _leftward(text: str) -> bool:
    """Whether a text runs from right to left: what its first letter does."""
    directions = map(unicodedata.bidirectional, text)
    return next((one for one in directions if one in {"L", "R", "AL"}), "L") != "L"
