"""What a paper is called for good: its id, and the slugs of topics and tags.

An id is an address (/papers/<id>/) and a file's name, so it holds only lower-case letters, digits,
dots and hyphens, and never two dots in a row.
"""

from __future__ import annotations

import re
import unicodedata

ID = re.compile(r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*\Z")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
ARXIV = re.compile(r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]{1,20}(?:\.[A-Z]{2})?/[0-9]{7})\Z")

LONGEST_ID = 100
LONGEST_SLUG = 60

# Letters that NFKD leaves whole though a reader would write them so.
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "sigma tau upsilon phi chi psi omega"
)
_SPELLED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK.split(" "), strict=True))
)


def is_id(text: str) -> bool:
    """Whether a text can be a paper's id."""
    return len(text) <= LONGEST_ID and ".." not in text and ID.match(text) is not None


def is_slug(text: str) -> bool:
    """Whether a text can be the slug of a topic or a tag."""
    return len(text) <= LONGEST_SLUG and SLUG.match(text) is not None


def is_arxiv(text: str) -> bool:
    """Whether a text is an arXiv id without version (info.arxiv.org/help/arxiv_identifier.html)."""
    return ARXIV.match(text) is not None


def slug(text: str, limit: int = LONGEST_SLUG) -> str:
    """A text as words of [a-z0-9] joined by hyphens, cut at a word where it is too long.

    Gives "" for a text without a letter or digit of the Latin or Greek alphabet.
    """
    spelled = unicodedata.normalize("NFKD", text.lower().translate(_SPELLED))
    plain = spelled.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word
        if len(longer) > limit:
            return result or word[:limit]
        result = longer
    return result


def paper_id(title: str, arxiv: str | None) -> str:
    """The id a paper gets when first published.

    The arXiv id (its slash a hyphen) where known; else a slug of the title up to its colon; for a
    title that has no Latin letter, a word made of its code points.
    """
    if arxiv:
        return arxiv.lower().replace("/", "-")
    made = slug(title.split(":", 1)[0]) or slug(title)
    if made:
        return made
    points = "-".join(f"{ord(char):x}" for char in title if char.isalnum())
    return points[:LONGEST_SLUG].strip("-") or "untitled"
