"""Authors' names: parted from lists, TeX's accents made letters, the given name first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .decoding import one_line

# TeX's accents as Unicode's combining ones. Those named by a letter need a brace, a space or a
# backslash after them, or they'd be the begin of another command.
_ACCENTS = {
    **{"'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303"},
    **{"=": "\u0304", ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b"},
    **{"c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323", "b": "\u0331"},
}
_ACCENT = re.compile(
    r"\\(?:([uvHckrdb])(?=[\s{\\])|(['`\"^~=.]))\s{0,3}"
    r"(?:\{\s{0,3}\\?([A-Za-z])\s{0,3}\}|\\?([A-Za-z]))"
)
_LETTER = re.compile(r"\\(aa|AA|ae|AE|oe|OE|o|O|l|L|ss|i|j|dj|DJ)(?![A-Za-z])(?:\{\}|\s)?")
_LETTERS = {"aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø"}
_LETTERS |= {"l": "ł", "L": "Ł", "ss": "ß", "i": "i", "j": "j", "dj": "đ", "DJ": "Đ"}
_MARKUP = str.maketrans({"{": None, "}": None, "$": None, "~": " "})


def _accented(found: re.Match[str]) -> str:
    return (found[3] or found[4]) + _ACCENTS[found[1] or found[2]]


def plain_name(name: str) -> str:
    """A name without TeX: `Andr\\'e`, `Erd{\\H o}s` and `\\O{}rsted` with their letters."""
    if "\\" in name or "{" in name:
        name = _ACCENT.sub(_accented, name)
        name = _LETTER.sub(lambda found: _LETTERS[found[1]], name)
        name = unicodedata.normalize("NFC", name).translate(_MARKUP)
    return one_line(name)


def plain_names(names: Iterable[str]) -> tuple[str, ...]:
    """Each name without TeX; those that are empty are left out."""
    return tuple(name for name in map(plain_name, names) if name)


def split_authors(text: str) -> tuple[str, ...]:
    """Names from a list parted by commas and "and", without affiliations in parentheses."""
    depth, kept = 0, []
    for part in re.split(r"([()])", text):
        if part == "(":
            depth += 1
        elif part == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(part)
    return plain_names(re.split(r",? and |[,;]", one_line(" ".join(kept)).replace(" ,", ",")))


def turned(name: str) -> str:
    """ "Doe, Jane" and "Doe, Jr., Jane" as a person says them: "Jane Doe", "Jane Doe Jr."."""
    parts = [part for part in map(str.strip, name.split(",")) if part]
    if len(parts) == 3:
        return one_line(f"{parts[2]} {parts[0]} {parts[1]}")
    return one_line(" ".join(reversed(parts)) if len(parts) == 2 else name)
