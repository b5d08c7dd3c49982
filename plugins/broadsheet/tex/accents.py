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
MARKED = re.compile(
    r"""\{?\\(?:
        (?P<sign>["'`^~=.])\s?(?:\{\s?(?P<a>\\?[A-Za-z])\s?\}|(?P<b>\\[ij](?![A-Za-z])|[A-Za-z]))
      | (?P<name>[uvHcdbrkt])(?:\{\s?(?P<c>\\?[A-Za-z])\s?\}|\s(?P<d>\\[ij](?![A-Za-z])|[A-Za-z])(?![A-Za-z]))
    )(?(0)\}?)""".replace("(?(0)\\}?)", ""),
    re.X,
)
LETTER = re.compile(
    r"\\(ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|[oOlLij])(?![A-Za-z])(\{\}|\s(?=\S))?"
)
BRACED = re.compile(r"\{([^\x00-\x7f]\w{0,20}|[^\W\d_])\}")


def _mark(m: re.Match[str]) -> str:
    base = (m["a"] or m["b"] or m["c"] or m["d"]).lstrip("\\")
    letter = unicodedata.normalize("NFC", base + COMBINING[m["sign"] or m["name"]])
    return ("{" if m[0].startswith("{") else "") + letter


def letters(text: str) -> str:
    """`text`, which is no maths, with TeX's accents and special letters as Unicode letters."""
    if "\\" not in text:
        return text
    text = MARKED.sub(_mark, text)
    text = LETTER.sub(lambda m: LETTERS[m[1]], text)
    return BRACED.sub(r"\1", text)
