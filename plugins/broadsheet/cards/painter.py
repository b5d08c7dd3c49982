"""A card, drawn: the name of the site, a double rule as newspapers have it, what the card belongs
to, and a title in at most four lines."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

from .card import SIZE, Card, drawable
from .png import Colour, Piece, picture, piece
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
# Two pixels before each row are its first byte, which says that it is not filtered.
_FILTER = 2
_FORM = "P;4"  # four bits a pixel


class Painter:
    """Draws cards. What is the same on many of them is drawn once."""

    def __init__(self) -> None:
        self._titles = Writing(58, 78, 60, _ROOM)
        self._names = Writing(38, 56, 41, _ROOM - 96)
        self._kickers = Writing(32, 46, 34, _ROOM)
        self._details = Writing(30, 46, 36, _ROOM, weight=420)
        self._head = lru_cache(maxsize=16)(self._head_of)
        self._kicker = lru_cache(maxsize=256)(self._kicker_of)
        self._foot = lru_cache(maxsize=64)(_foot_of)
        self._sheets: dict[int, Image.Image] = {}
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
                pieces.append(piece(part.tobytes("raw", _FORM)))
                left -= part.height
            elif text and writing is self._titles:
                titled = not drawable(text)
        pieces.append(self._foot(left + _HEIGHT - _BOTTOM))
        return picture(SIZE, self._palette, pieces), titled

    def _part(self, writing: Writing, text: str, room: int, gap: int) -> Image.Image | None:
        """A text with a gap above, no higher than there is room; None where it can't be drawn."""
        lines = writing.lines(text, min(_LINES, (room - gap) // writing.height))
        if not lines.words:
            return None
        sheet = self._clean(len(lines.words) * writing.height + gap)
        writing.draw(lines, sheet, _FILTER + _EDGE, gap)
        return sheet

    def _clean(self, height: int) -> Image.Image:
        """An empty sheet, the same each time: a new one takes longer than what is drawn on it."""
        sheet = self._sheets.get(height)
        if sheet is None:
            sheet = self._sheets[height] = _sheet(height)
        else:
            sheet.im.paste(0, (0, 0, *sheet.size))
        return sheet

    def _head_of(self, name: str) -> Piece:
        """The rows above the kicker."""
        sheet = _sheet(_KICKER_TOP)
        left, right = _FILTER + _EDGE, _FILTER + _WIDTH - _EDGE
        _emblem(sheet, left, 54)
        self._names.draw(self._names.lines(name, 1), sheet, left + 96, 64)
        sheet.paste(INK, (left, 150, right, 154))
        sheet.paste(INK, (left, 158, right, 160))
        return piece(sheet.tobytes("raw", _FORM))

    def _kicker_of(self, kicker: str) -> Piece:
        """The rows between those and the title."""
        sheet = self._clean(_TITLE_TOP - _KICKER_TOP)
        self._kickers.draw(self._kickers.lines(kicker, 1), sheet, _FILTER + _EDGE, 0)
        accented = [shade and shade + _ACCENTED for shade in range(256)]
        return piece(sheet.point(accented).tobytes("raw", _FORM))


def _sheet(height: int) -> Image.Image:
    return Image.new("P", (_FILTER + _WIDTH, height))


def _foot_of(height: int) -> Piece:
    """The rows below the title."""
    sheet = _sheet(height)
    sheet.paste(INK + _ACCENTED, (_FILTER, height - _BAND, _FILTER + _WIDTH, height))
    return piece(sheet.tobytes("raw", _FORM))


def _emblem(sheet: Image.Image, left: int, top: int) -> None:
    """Draw a page of a newspaper: a heading, a picture and three columns' lines."""
    sheet.paste(INK + _ACCENTED, (left, top, left + 72, top + 72))
    for x, y, width, height in (
        (12, 14, 48, 6), (12, 26, 48, 6), (12, 38, 20, 20), (40, 38, 20, 5), (40, 46, 20, 5),
        (40, 54, 20, 4),
    ):  # fmt: skip
        sheet.paste(0, (left + x, top + y, left + x + width, top + y + height))
    sheet.paste(INK + _ACCENTED, (left + 17, top + 43, left + 27, top + 53))


def _between(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue
