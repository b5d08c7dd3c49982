"""Whether words are written as a language is: in its script, as far as letters tell. Pure.

English taken for German is not noticed; Chinese taken for English is.
"""

from __future__ import annotations

import unicodedata

_NAMES = {
    "Jpan": ("HIRAGANA", "KATAKANA", "CJK"),
    "Kore": ("HANGUL", "CJK"),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Arab": ("ARABIC",),
    "Grek": ("GREEK",),
    "Hebr": ("HEBREW",),
    "Deva": ("DEVANAGARI",),
    "Thai": ("THAI",),
}
"""How the names of a script's letters begin, by its code (ISO 15924)."""

_LEAST = 0.2
"""The share of letters that are of a language's script at least: names stay as they are."""
_LEAST_LATIN = 0.5


def is_written(text: str, language: str) -> bool:
    """Return whether enough of a text's letters are of its language's script. A language whose
    script isn't known is taken for written."""
    script = _script(language)
    if script not in _NAMES:
        return True
    letters = [unicodedata.name(char, "") for char in text if char.isalpha()]
    own = sum(name.startswith(_NAMES[script]) for name in letters)
    return own >= len(letters) * (_LEAST_LATIN if script == "Latn" else _LEAST)


def _script(language: str) -> str:
    """Return the code of the script that a language is written in; "" where it isn't known."""
    from babel.core import get_global

    parts = language.replace("_", "-").split("-")
    if own := [part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()]:
        return own[0]
    likely = get_global("likely_subtags")
    found = likely.get("_".join((parts[0].lower(), *(part.upper() for part in parts[1:2]))))
    found = found or likely.get(parts[0].lower(), "")
    return next((part for part in found.split("_")[1:] if len(part) == 4), "")
