"""A text in a size: in lines that fit, and as marks on a picture.

Text that reads simply (each character stands by itself, from left to right: Latin, Greek, Cyrillic,
Chinese, signs) is put together of its characters, of which each is drawn once, and a word that
comes again is copied: in large letters to an even pixel, since a byte has two, in small ones as it
is drawn for an even or an odd one. Any other text is drawn by what joins letters, in one font of
the system's.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image

from .card import JOINERS, drawable
from .lines import broken
from .sheet import Sheet, SheetMark, packed
from .typefaces import Face, Marks, SystemFaces, packaged

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

INK = 7
"""The colour of the darkest mark; those between 0 and it are its edges."""

_WEIGHT = 640  # between regular (400) and bold (700)
_LARGE = 48  # letters of which a pixel between words is not seen
_BESIDE = 64  # columns beside a text that does not read simply, for marks that stand out
_PART = re.compile(r"\w+|\W+")  # of a word: there are fewer different ones
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
    width, `weight` how bold letters are, and `colour` that of their darkest marks, `INK` or one
    that has as many before it."""

    def __init__(
        self,
        size: int,
        height: int,
        base: int,
        room: int,
        *,
        weight: int = _WEIGHT,
        colour: int = INK,
    ) -> None:
        self.height = height
        self._base, self._room = base, room
        self._is_large = size >= _LARGE
        others = [shade and shade + colour - INK for shade in range(256)]
        self._shades = others if colour != INK else None
        self._faces = packaged(size, weight)
        self._system = SystemFaces(size)
        self._owners: dict[str, Face | None] = {}
        self._simple: set[str] = set()  # characters that are known to have one of them
        self._letter = lru_cache(maxsize=512)(self._letter_of)
        self._step = lru_cache(maxsize=4096)(self._step_of)
        self._width = lru_cache(maxsize=8192)(self._width_of)
        self._part = lru_cache(maxsize=8192)(self._part_of)
        self._word = lru_cache(maxsize=8192)(self._word_of)

    def lines(self, text: str, most: int) -> Lines:
        """Return a text in at most so many lines; in none, where no font has all of its letters."""
        text = drawable(text)
        if not self._simple.issuperset(text):
            text = self._plain(text)
        chars = set(text)
        if not chars:
            return Lines()
        if chars <= self._simple or all(self._face(char) for char in chars - JOINERS):
            text = text.translate(_UNJOINED)
            return Lines(tuple(map(tuple, broken(text, self._width, self._room, most))))
        face = self._system.joining(chars - {" "})
        if face is None:
            return Lines()
        rows = broken(text, lru_cache(face.width), self._room, most)
        return Lines(tuple(map(tuple, rows)), face, _leftward(text))

    def draw(self, lines: Lines, onto: Sheet, left: int, top: int) -> None:
        """Draw lines on a sheet, which has nothing there yet; `left` is even."""
        if lines.face is not None:
            onto.put(self._joined(lines, lines.face), left, top)
            return
        space = self._width(" ")
        for number, words in enumerate(lines.words):
            y = top + number * self.height
            pen = float(left)
            for word in words:
                pixel = int(pen + 0.5)
                marks, advance = self._word(word, 0 if self._is_large else pixel % 2)
                for mark, x in marks:
                    onto.put(mark, pixel // 2 * 2 + x, y)
                pen += advance + space

    def _joined(self, lines: Lines, face: Face) -> SheetMark:
        """Lines in one font that joins their letters."""
        width = self._room + 2 * _BESIDE
        made = Image.new("P", (width, len(lines.words) * self.height))
        for number, words in enumerate(lines.words):
            text = " ".join(words)
            x = _BESIDE + (int(self._room - face.width(text)) if lines.leftward else 0)
            _ink(made, face.marks(text), x, number * self.height + self._base)
        return self._packed(made, -_BESIDE)

    def _packed(self, made: Image.Image, left: int, top: int = 0) -> SheetMark:
        return packed(made.point(self._shades) if self._shades else made, left, top)

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
            if self._owners[char]:
                self._simple.add(char)
        return self._owners[char]

    def _face(self, char: str) -> Face | None:
        """The font that has a character which reads simply; the system's where no package's has."""
        own = self._own(char)
        if own is None and _reads_simply(char):
            return self._system.having(char)
        return own

    def _letter_of(self, char: str) -> tuple[Marks, ImagingCore | None, float]:
        """A character: its marks, the same in ink, and how far it takes the pen."""
        face = self._face(char)
        marks = face.marks(char) if face else Marks(None)
        if marks.image is None:
            return marks, None, self._step(char)
        inked = Image.new("P", (marks.width, marks.height))
        inked.im.paste(INK, (0, 0, marks.width, marks.height), marks.image)
        return marks, inked.im, self._step(char)

    def _step_of(self, char: str) -> float:
        """How far a character takes the pen; fonts' kerning is left aside: the packages' have none
        that is drawn without shaping."""
        face = self._face(char)
        return face.width(char) if face else 0.0

    def _width_of(self, word: str) -> float:
        return sum(map(self._step, word))

    def _word_of(self, word: str, shift: int) -> tuple[tuple[tuple[SheetMark, int], ...], float]:
        """A word as marks, each with the even pixel at which it stands, so many pixels to the right
        (0 or 1), and how far the pen goes. In large letters it is made of its parts, where these
        have no byte in common."""
        pen, free, placed = 0.0, -math.inf, []
        for part in _PART.findall(word) if self._is_large else ():
            mark, advance = self._part(part, 0)
            x = int(pen / 2 + 0.5)
            pen += advance
            if mark and x + mark.left < free:
                break
            if mark:
                placed.append((mark, 2 * x))
                free = x + mark.left + mark.width
        else:
            if self._is_large:
                return tuple(placed), pen
        mark, advance = self._part(word, shift)
        return ((mark, 0),) if mark else (), advance

    def _part_of(self, text: str, shift: int) -> tuple[SheetMark | None, float]:
        """A part of a word as a mark (None where it shows nothing), so many pixels to the right,
        and how far the pen goes."""
        pen, placed = float(shift), []
        for char in text:
            marks, inked, step = self._letter(char)
            if inked is not None:
                x, y = round(pen) + marks.left, self._base + marks.top
                placed.append((marks.image, inked, x, y, x + marks.width, y + marks.height))
            pen += step
        if not placed:
            return None, pen - shift
        _, _, lefts, tops, rights, bottoms = zip(*placed, strict=True)
        left, right = min(lefts) // 2 * 2, -(-max(rights) // 2) * 2
        top, bottom = max(min(tops), 0), min(max(bottoms), self.height)  # within its line
        if top >= bottom:
            return None, pen - shift
        made = Image.new("P", (right - left, bottom - top))
        paste, free = made.im.paste, left
        for shape, inked, x, y, beyond, below in placed:
            box = x - left, y - top, beyond - left, below - top
            if x >= free:
                paste(inked, box)
            else:
                paste(INK, box, shape)
            free = max(free, beyond)
        return self._packed(made, left, top), pen - shift


def _ink(onto: Image.Image, marks: Marks, x: int, y: int) -> None:
    image, left, top, width, height = marks
    if image is not None:
        left += x
        top += y
        onto.im.paste(INK, (left, top, left + width, top + height), image)


def _reads_simply(char: str) -> bool:
    return char.isascii() or (
        unicodedata.bidirectional(char) not in _TURNED and unicodedata.category(char)[0] not in "MC"
    )


def _leftward(text: str) -> bool:
    """Whether a text runs from right to left: what its first letter does."""
    directions = map(unicodedata.bidirectional, text)
    return next((one for one in directions if one in {"L", "R", "AL"}), "L") != "L"
