"""Slugs: lower-case words joined by hyphens, the names of topics, tags and subscriptions."""

from __future__ import annotations

import re
import unicodedata

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


def is_slug(text: str, limit: int = LONGEST_SLUG) -> bool:
    """Return whether a text is a slug of at most `limit` characters."""
    return len(text) <= limit and SLUG.match(text) is not None


def is_device(name: str) -> bool:
    """Return whether Windows keeps a name for a device, so that no file or folder can have it."""
    return _DEVICE.match(name.lower()) is not None


def slug(text: str, limit: int = LONGEST_SLUG) -> str:
    """Return a text as a slug, cut at a word's end where it is longer than `limit` characters.

    Returns "" for a text without a letter or digit of the Latin or Greek alphabet.
    """
    transliterated = unicodedata.normalize("NFKD", text.lower().translate(_TRANSLITERATED))
    plain = transliterated.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word
        if len(longer) > limit:
            return result or word[:limit]
        result = longer
    return result
