"""Rows of a card, and what is put on them."""

from __future__ import annotations

from PIL import Image

from broadsheet.cards.sheet import STRIDE, Sheet, packed


def _picture(*rows: bytes) -> Image.Image:
    return Image.frombytes("P", (len(rows[0]), len(rows)), b"".join(rows))


def test_a_mark_stands_in_the_rows_two_pixels_a_byte_where_it_is_put() -> None:
    sheet = Sheet(3)
    sheet.put(packed(_picture(bytes([1, 2, 3, 4]), bytes([5, 6, 7, 15])), left=-2, top=1), 10, 0)
    expected = bytearray(3 * STRIDE)
    expected[STRIDE + 5 : STRIDE + 7] = bytes([0x12, 0x34])
    expected[2 * STRIDE + 5 : 2 * STRIDE + 7] = bytes([0x56, 0x7F])
    assert sheet.rows == expected
    sheet.clear()
    assert sheet.rows == bytes(3 * STRIDE)


def test_a_box_is_filled_and_the_byte_that_filters_a_row_is_not() -> None:
    sheet = Sheet(2)
    sheet.fill(8, (0, 1, 4, 2))
    assert sheet.rows == bytes(STRIDE) + b"\0\x88\x88" + bytes(STRIDE - 3)


def test_what_stands_out_of_a_sheet_is_cut() -> None:
    sheet = Sheet(1)
    mark = packed(_picture(*[bytes([9, 9])] * 3), top=-1)
    sheet.put(mark, 0, 0)
    sheet.put(mark, 1200, 0)
    assert sheet.rows == b"\0\x99" + bytes(STRIDE - 2)
