"""Accented letters of TeX's text mode: `Schr\\"odinger`, `Erd\\H{o}s`, `{\\o}`, `\\ss`."""

from __future__ import annotations

import re
import unicodedata

COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323",
    "b": "\u0331", "r": "\u030a", "k": "\u0328", "t": "\u0361",
}  # fmt: skip
LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ",
    "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip

# A mark that is no letter may touch its letter; one that is a letter needs a brace or a space.
_BASE = r"(?:\\[ij](?![A-Za-z])|[A-Za-z])"
_MARKED = (
    rf"""\\(?:["'`^~=.]\s?(?:\{{\s?{_BASE}\s?\}}|{_BASE})"""
    rf"""|[uvHcdbrkt](?:\{{\s?{_BASE}\s?\}}|\s{_BASE}(?![A-Za-z])))"""
)
_LETTER = r"\\(?:ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|[oOlLij])(?![A-Za-z])"
BRACED = re.compile(rf"(?<!\\[\"'`^~=.uvHcdbrkt])\{{({_MARKED}|{_LETTER})\}}")
BARE = re.compile(rf"{_MARKED}|{_LETTER}(?:\{{\}}|\s(?=\w))?")
# An accent on a letter that has one already, as in Vietnamese: \\~{\\^e}.
_SECOND = re.compile(r"\\([\"'`^~=.uvHcdbrk])\{([^\W\d_\x00-\x7f])\}")


def _letter(command: str) -> str:
    name = command[1:].split("{}")[0].strip()
    if name in LETTERS:
        return LETTERS[name]
    base = re.sub(r"[{}\\\s]", "", name[1:])
    return unicodedata.normalize("NFC", base + COMBINING[name[0]])


def letters(text: str) -> str:
    """Return a text without maths, its TeX accents and special letters as Unicode letters."""
    if "\\" not in text:
        return text
    text = BRACED.sub(lambda m: _letter(m[1]), text) if "{\\" in text else text
    text = BARE.sub(lambda m: _letter(m[0]), text)
    return _SECOND.sub(lambda m: unicodedata.normalize("NFC", m[2] + COMBINING[m[1]]), text)
