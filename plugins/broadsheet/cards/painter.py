"""A card, drawn: the name of the site, a double rule as newspapers have it, what the card belongs
to, and a title in at most four lines."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

from .card import SIZE, Card, drawable
from .png import Colour, PngPiece, picture, piece
from .sheet import STRIDE, Sheet, SheetMark, packed
from .writing import INK, Writing

PAPER: Colour = (0xFC, 0xFB, 0xF8)
INK_COLOUR: Colour = (0x1A, 0x1C, 0x1E)
ACCENT: Colour = (0x0B, 0x5A, 0x61)
"""The theme's colours by daylight (theme/static/css/main.css)."""

_WIDTH, _HEIGHT = SIZE
_EDGE = 80
_ROOM = _WIDTH - 2 * _EDGE
_ACCENTED = 8  # added to a colour of ink, it is the same of the accent
_KICKER_TOP, _TITLE_TOP, _LINES = 184, 250, 4
_BAND = 24  # at the bottom
_GAP = 12  # above what stands below the title
_BOTTOM = _HEIGHT - _BAND - 10  # of what is written


class Painter:
    """Draws cards. What is the same on many of them is drawn once."""

    def __init__(self) -> None:
        self._titles = Writing(58, 78, 60, _ROOM)
        self._names = Writing(38, 56, 41, _ROOM - 96)
        self._kickers = Writing(32, 46, 34, _ROOM, colour=INK + _ACCENTED)
        self._details = Writing(30, 46, 36, _ROOM, weight=420)
        self._head = lru_cache(maxsize=16)(self._head_of)
        self._kicker = lru_cache(maxsize=256)(self._kicker_of)
        self._foot = lru_cache(maxsize=64)(_foot_of)
        self._sheet = lru_cache(maxsize=16)(Sheet)
        self._palette = [
            *(_between(PAPER, INK_COLOUR, step / INK) for step in range(INK + 1)),
            *(_between(PAPER, ACCENT, step / INK) for step in range(INK + 1)),
        ]

    def png(self, card: Card) -> bytes:
        """Return a card as a PNG."""
        return self.drawn(card)[0]

    def drawn(self, card: Card) -> tuple[bytes, bool]:
        """Return a card as a PNG, and whether a title that it has could be drawn: where no font has
        all of its letters, it is left out."""
        titled = True
        pieces = [self._head(card.name), self._kicker(card.kicker)]
        left = _BOTTOM - _TITLE_TOP
        for writing, text, gap in (
            (self._titles, card.title, 0),
            (self._details, card.detail, _GAP),
        ):
            part = self._part(writing, text, left, gap) if text else None
            if part:
                pieces.append(part)
                left -= part.length // STRIDE
            elif text and writing is self._titles:
                titled = not drawable(text)
        pieces.append(self._foot(left + _HEIGHT - _BOTTOM))
        return picture(SIZE, self._palette, pieces), titled

    def _part(self, writing: Writing, text: str, room: int, gap: int) -> PngPiece | None:
        """A text with a gap above, no higher than there is room; None where it can't be drawn."""
        lines = writing.lines(text, min(_LINES, (room - gap) // writing.height))
        if not lines.words:
            return None
        sheet = self._clean(len(lines.words) * writing.height + gap)
        writing.draw(lines, sheet, _EDGE, gap)
        return piece(sheet.rows)

    def _clean(self, height: int) -> Sheet:
        """An empty sheet, the same each time: a new one takes longer than what is drawn on it."""
        sheet = self._sheet(height)
        sheet.clear()
        return sheet

    def _head_of(self, name: str) -> PngPiece:
        """The rows above the kicker."""
        sheet = Sheet(_KICKER_TOP)
        sheet.put(_emblem(), _EDGE, 54)
        self._names.draw(self._names.lines(name, 1), sheet, _EDGE + 96, 64)
        sheet.fill(INK, (_EDGE, 150, _WIDTH - _EDGE, 154))
        sheet.fill(INK, (_EDGE, 158, _WIDTH - _EDGE, 160))
        return piece(sheet.rows)

    def _kicker_of(self, kicker: str) -> PngPiece:
        """The rows between those and the title."""
        sheet = self._clean(_TITLE_TOP - _KICKER_TOP)
        self._kickers.draw(self._kickers.lines(kicker, 1), sheet, _EDGE, 0)
        return piece(sheet.rows)


def _foot_of(height: int) -> PngPiece:
    """The rows below the title."""
    sheet = Sheet(height)
    sheet.fill(INK + _ACCENTED, (0, height - _BAND, _WIDTH, height))
    return piece(sheet.rows)


def _emblem() -> SheetMark:
    """A page of a newspaper: a heading, a picture and three columns' lines."""
    drawn = Image.new("P", (72, 72), INK + _ACCENTED)
    for x, y, width, height in (
        (12, 14, 48, 6), (12, 26, 48, 6), (12, 38, 20, 20), (40, 38, 20, 5), (40, 46, 20, 5),
        (40, 54, 20, 4),
    ):  # fmt: skip
        drawn.paste(0, (x, y, x + width, y + height))
    drawn.paste(INK + _ACCENTED, (17, 43, 27, 53))
    return packed(drawn)


def _between(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue
