"""What identifies a paper: its id, which is permanent, and its arXiv id.

An id is an address (/papers/<id>/) and a file name, so it holds only lower-case letters, digits,
dots and hyphens, and never two dots in a row.
"""

from __future__ import annotations

import re
import unicodedata

from ...slugs import LONGEST_SLUG, latin_slug, slug
from ...tex.commands import SYMBOLS

ID = re.compile(r"[a-z0-9]+(?:[.-]+[a-z0-9]+)*\Z")
ARXIV = re.compile(r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]{1,20}(?:\.[A-Z]{2})?/[0-9]{7})\Z")

# Indices and powers begin a word, as their marks do where a title shows TeX: L₂ like L_2.
_RAISED = re.compile("([⁰¹²³⁴-⁹₀-₉]+)")
_SIGNS = {
    ord(char): f" {name} " for name, char in SYMBOLS.items() if unicodedata.category(char) == "Sm"
}

LONGEST_ID = 100  # characters


def is_id(text: str) -> bool:
    """Return whether a text is a valid id of a paper."""
    return len(text) <= LONGEST_ID and ".." not in text and ID.match(text) is not None


def is_arxiv(text: str) -> bool:
    """Return whether a text is an arXiv id without a version
    (info.arxiv.org/help/arxiv_identifier.html)."""
    return ARXIV.match(text) is not None


def new_id(title: str, arxiv: str | None) -> str:
    """Return the id that an import gives to a paper.

    The arXiv id (its slash a hyphen) where there is one; else a slug of the title up to its colon.
    `title` is the title as it is shown, without markup or TeX; a title of any script is
    transliterated, and one without a letter or digit is spelled by its characters' names.
    """
    if arxiv:
        return arxiv.lower().replace("/", "-")
    title = _RAISED.sub(r" \1", title).translate(_SIGNS)
    return latin_slug(title.split(":", 1)[0]) or latin_slug(title) or _spelled(title)


def _spelled(title: str) -> str:
    """Return a title of marks only ("?!") as the names of its first characters."""
    names = (unicodedata.name(char, "") for char in dict.fromkeys(title) if not char.isspace())
    return slug(" ".join(filter(None, names))) or "paper"


def paper_id(title: str, arxiv: str | None) -> str:
    """Return the id of a paper whose section, written by hand, gives none.

    The rule must never change, since such ids are published: the arXiv id where there is one; else
    a slug of the title up to its colon; for a title without a Latin or Greek letter, its code
    points in hexadecimal. What an import publishes gets `new_id`, and keeps it in its block.
    """
    if arxiv:
        return arxiv.lower().replace("/", "-")
    from_title = slug(title.split(":", 1)[0]) or slug(title)
    if from_title:
        return from_title
    points = "-".join(f"{ord(char):x}" for char in title if char.isalnum())
    return points[:LONGEST_SLUG].strip("-") or "untitled"
