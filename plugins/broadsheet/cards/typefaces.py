"""The fonts: two that packages bring, pinned like all libraries, and the system's for scripts that
these lack."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import ImageFont, features

from . import libraries

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

# In the order of a font's axes; 0 is the weight.
_PACKAGED = (
    ("fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf", {"Weight": 0, "Width": 88}),
    ("fontpkg_inter", "files/Inter[opsz,wght].ttf", {"Optical Size": 32, "Weight": 0}),
)
_MOST = 400  # of the system's fonts that are looked at
_SLANTED = ("italic", "oblique")
_LETTER = 0x20  # the first character that has marks


class Marks(NamedTuple):
    """What is drawn of a text (None where it is blank), as Pillow's core has it, where that begins
    from the pen, and its size."""

    image: ImagingCore | None
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0


class Face:
    """A font in one size, and the characters that it has. What FreeType gives up on, in a font that
    is damaged, is blank: no card fails for it."""

    def __init__(self, font: ImageFont.FreeTypeFont, chars: frozenset[int]) -> None:
        self._font = font
        self._chars = chars

    def has(self, char: str) -> bool:
        """Return whether the font has a character."""
        return ord(char) in self._chars

    def marks(self, text: str) -> Marks:
        """Return what is drawn of a text."""
        try:
            core, (left, top) = self._font.getmask2(text, "L", anchor="ls")
        except (OSError, ValueError):
            return Marks(None)
        if not all(core.size):
            return Marks(None)
        return Marks(core, left, top, *core.size)

    def width(self, text: str) -> float:
        """Return how wide a text is."""
        try:
            return self._font.getlength(text)
        except (OSError, ValueError):
            return 0.0


def packaged(size: int, weight: int) -> tuple[Face, ...]:
    """Return the packages' fonts in a size and a weight."""
    faces = []
    for package, name, axes in _PACKAGED:
        path = str(libraries.file(package, name))
        font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
        font.set_variation_by_axes([value or weight for value in axes.values()])
        faces.append(Face(font, _packaged_characters(path)))
    return tuple(faces)


class SystemFaces:
    """The system's fonts in a size; the first that has what is asked for."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._opened = lru_cache(maxsize=64)(self._open)

    def having(self, char: str) -> Face | None:
        """Return a font that has a character; None where none has."""
        return self._first(_having().get(ord(char), 0), ImageFont.Layout.BASIC)

    def joining(self, chars: Iterable[str]) -> Face | None:
        """Return a font that has all of some characters, and joins them; None where none has, or
        where nothing is installed that joins letters and runs them from right to left."""
        if not features.check("raqm"):
            return None
        having = _having()
        fonts = -1
        for char in chars:
            fonts &= having.get(ord(char), 0)
        return self._first(fonts, ImageFont.Layout.RAQM)

    def _first(self, fonts: int, layout: ImageFont.Layout) -> Face | None:
        return self._opened((fonts & -fonts).bit_length() - 1, layout) if fonts else None

    def _open(self, number: int, layout: ImageFont.Layout) -> Face | None:
        try:
            font = ImageFont.truetype(system_files()[number], self._size, layout_engine=layout)
        except (OSError, ValueError):
            return None
        return Face(font, frozenset())


def stamp() -> tuple[object, ...]:
    """Return what text is drawn with beside `libraries.versions`: what joins letters, and the
    system's fonts."""
    shaping = [features.version(name) for name in ("freetype2", "raqm", "fribidi", "harfbuzz")]
    return (*shaping, *((path, Path(path).stat().st_size) for path in system_files()))


@cache
def system_files() -> tuple[str, ...]:
    """Return the system's font files, bold ones first, and in the same order wherever they are the
    same."""
    found = sorted(_found(), key=lambda path: ("bold" not in path.lower(), path))
    return tuple(found[:_MOST])


def _found() -> Iterator[str]:
    for folder in _folders():
        for root, _, names in os.walk(folder):
            for name in names:
                known = name.lower()
                if known.endswith((".ttf", ".otf", ".ttc")) and not any(
                    word in known for word in _SLANTED
                ):
                    yield str(Path(root, name))


def _folders() -> tuple[Path, ...]:
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"))
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@cache
def _having() -> Mapping[int, int]:
    """Which of the system's fonts have a character: a bit for each, the lowest for the first."""
    having: dict[int, int] = {}
    for number, path in enumerate(system_files()):
        for char in _characters(path):
            having[char] = having.get(char, 0) | 1 << number
    return having


@cache
def _packaged_characters(path: str) -> frozenset[int]:
    return _characters(path)


def _characters(path: str) -> frozenset[int]:
    """The characters of a font; none where none can be drawn."""
    from fontTools.ttLib import TTFont, TTLibError  # half of what importing this module would take

    try:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            if not any(table in font for table in ("glyf", "CFF ", "CFF2")):
                return frozenset()  # pictures of one size instead of outlines
            return frozenset(char for char in font.getBestCmap() or () if char >= _LETTER)
    except (TTLibError, OSError, ValueError, KeyError, AssertionError):
        return frozenset()
