"""Rows of a card as a PNG has them: two pixels a byte, each row after the byte that says how it is
filtered (0: not at all).

What is put on a sheet is packed like it, so that of a card nothing is converted: marks are copied
into the rows that are compressed. So marks stand at even pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from .card import SIZE

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

STRIDE = 1 + SIZE[0] // 2
"""Bytes of a row."""


class SheetMark(NamedTuple):
    """What is put on sheets: a picture, packed, where it begins from where it is put (in bytes to
    the right, rows down), and its size in these."""

    image: ImagingCore
    left: int
    top: int
    width: int
    height: int


def packed(picture: Image.Image, left: int = 0, top: int = 0) -> SheetMark:
    """Return a picture of an even width in sixteen colours ("P") as a mark that begins so many
    pixels from where it is put; `left` is even."""
    width, height = picture.size
    rows = picture.tobytes("raw", "P;4")
    made = Image.frombuffer("L", (width // 2, height), rows, "raw", "L", 0, 1)
    return SheetMark(made.im, left // 2, top, width // 2, height)


class Sheet:
    """Rows to draw on, of the paper's colour."""

    def __init__(self, height: int) -> None:
        self._rows = bytearray(height * STRIDE)
        # The image has no memory of its own: what is pasted stands in the rows.
        self._image = Image.frombuffer("L", (STRIDE, height), self._rows, "raw", "L", 0, 1).im

    def clear(self) -> None:
        """Leave nothing on it."""
        self._image.paste(0, (0, 0, *self._image.size))

    def put(self, mark: SheetMark, x: int, y: int) -> None:
        """Put a mark at a pixel of an even column."""
        image, left, top, width, height = mark
        left += 1 + x // 2
        top += y
        self._image.paste(image, (left, top, left + width, top + height))

    def fill(self, colour: int, box: tuple[int, int, int, int]) -> None:
        """Fill a box (left, top, right, bottom) between even columns."""
        left, top, right, bottom = box
        self._image.paste(colour * 0x11, (1 + left // 2, top, 1 + right // 2, bottom))

    @property
    def rows(self) -> bytearray:
        """Its rows; they change with it."""
        return self._rows
