"""What a card says. Pure."""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass

SIZE = (1200, 630)
"""A card's width and height, in pixels: what all that show link previews ask for."""

LEVELS = ("site", "days", "papers")
"""What may have cards, each with those before it."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
"""What a PNG begins with."""

_HEAD = struct.Struct(">8s4x4sII")  # of a PNG: the signature, a length, a name, width and height
_READ, _KEPT = 2_000, 400  # characters of a text that are looked at; that may be drawn
JOINERS = frozenset("\u200c\u200d")
"""What shows nothing by itself and tells whether the letters beside it join."""

_VARIANTS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


@dataclass(frozen=True, slots=True)
class Card:
    """A card's texts: whose it is, what it belongs to (a date, a topic, a count), its title, and
    what stands below that."""

    name: str
    kicker: str
    title: str
    detail: str = ""


def drawable(text: str) -> str:
    """Return a text in one line, composed, without characters that control, hide or turn others;
    of a very long one its beginning."""
    composed = unicodedata.normalize("NFC", text[:_READ])
    if not composed.isascii() or not composed.isprintable():
        composed = "".join(filter(_shows, composed))
    return " ".join(composed.split())[:_KEPT]


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return the width and height of a PNG in pixels; None for what is none."""
    if len(data) < _HEAD.size:
        return None
    signature, name, width, height = _HEAD.unpack_from(data)
    return (width, height) if (signature, name) == (SIGNATURE, b"IHDR") else None


def _shows(char: str) -> bool:
    if char in _VARIANTS:
        return False
    return char in JOINERS or char.isspace() or unicodedata.category(char)[0] != "C"
