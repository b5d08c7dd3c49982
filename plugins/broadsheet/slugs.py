"""Slugs: lower-case words joined by hyphens, the names of topics, tags and subscriptions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .normal_forms import normal

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LONGEST_SLUG = 60  # characters

_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\.|\Z)")

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "sigma tau upsilon phi chi psi omega"
)
# Letters that NFKD does not decompose, with their usual transliterations.
_TRANSLITERATED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK.split(" "), strict=True))
)


_GREEK_WORD = re.compile(
    "[\u0370-\u03ff\u1f00-\u1fff][\u0370-\u03ff\u1f00-\u1fff\u0300-\u036f]{2,}"
)
_SYLLABARY = re.compile(
    "[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f\uac00-\ud7af]"
)  # Japan's, Korea's


def is_slug(text: str, limit: int = LONGEST_SLUG) -> bool:
    """Return whether a text is a slug of at most `limit` characters."""
    return len(text) <= limit and SLUG.match(text) is not None


def is_device(name: str) -> bool:
    """Return whether Windows keeps a name for a device, so that no file or folder can have it."""
    return _DEVICE.match(name.lower()) is not None


def latin_slug(text: str, limit: int = LONGEST_SLUG) -> str:
    """Return a text of any script as a slug, its letters and signs transliterated by anyascii.

    Chinese characters are a word each, by their sound in Mandarin. A Greek letter or two among
    others have their names, as in maths; a Greek word is transliterated. Where `slug` loses
    nothing, it gives the same. Returns "" for a text without anything that has a sound or a name.
    """
    if not text.isascii():
        text = "".join(map(_latin, _GREEK_WORD.sub(lambda m: _sounds(m[0]), text)))
    return slug(text, limit)


def _sounds(word: str) -> str:
    # Imported where it is used: most titles are in the Latin alphabet.
    from anyascii import anyascii

    return anyascii(normal("NFC", word))


@lru_cache(maxsize=4096)
def _latin(char: str) -> str:
    """Return what stands for a character in a slug; itself where `slug` knows it."""
    if char < "\x80" or slug(char):
        return char
    category = unicodedata.category(char)
    if category[0] == "M":  # an accent of the letter before it
        return char if unicodedata.combining(char) else _sounds(char)
    sounds = _sounds(char)
    if category[0] == "L" and char >= "\u2e80" and not _SYLLABARY.match(char):
        return f" {sounds} "
    return sounds if category[0] in "LN" or sounds == "'" else f" {sounds} "


def slug(text: str, limit: int = LONGEST_SLUG) -> str:
    """Return a text as a slug, cut at a word's end where it is longer than `limit` characters.

    Returns "" for a text without a letter or digit of the Latin or Greek alphabet.
    """
    transliterated = normal("NFKD", text.lower().translate(_TRANSLITERATED))
    plain = transliterated.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word
        if len(longer) > limit:
            return result or word[:limit]
        result = longer
    return result
