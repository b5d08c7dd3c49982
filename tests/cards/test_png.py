"""Pictures made of pieces."""

from __future__ import annotations

import io
import random

from PIL import Image

from broadsheet.cards.png import picture, piece

PALETTE = [(shade * 17, shade, 255 - shade) for shade in range(16)]


def test_pieces_make_a_picture_that_any_reader_opens() -> None:
    chance = random.Random(7)
    width, heights = 30, (1, 40, 7)
    pixels = [[chance.randrange(16) for _ in range(width)] for _ in range(sum(heights))]
    rows = [
        bytes([0, *(a << 4 | b for a, b in zip(row[::2], row[1::2], strict=True))])
        for row in pixels
    ]
    pieces, top = [], 0
    for height in heights:
        pieces.append(piece(b"".join(rows[top : top + height])))
        top += height
    data = picture((width, top), PALETTE, pieces)
    with Image.open(io.BytesIO(data)) as opened:
        opened.load()  # checks the checksums
        assert opened.size == (width, top)
        assert opened.convert("RGB").tobytes() == b"".join(
            bytes(PALETTE[shade]) for row in pixels for shade in row
        )


def test_a_piece_is_the_same_beside_any_other() -> None:
    row = bytes([0, 0x12])
    one, two = piece(row), piece(bytes([0, 0x34]) * 3)
    assert picture((2, 4), PALETTE, (one, two)).count(one.data) == 1
    assert piece(row) == one
