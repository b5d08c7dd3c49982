"""A page that holds one section alone, so that what reads and edits pages does so with a section.
Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from . import PageHeading, format_page
from .edit import find
from .splice import newline_of, section_text

FRONT = format_page(PageHeading("x", date(2000, 1, 1), "x"), ()) + "\n"
"""The lines of the page before its section; what they say has no meaning."""


def page_of(section: str) -> str:
    """Return the page of a section, with the section's line ends."""
    return FRONT.replace("\n", newline_of(section)) + section


def edited(section: str, key: str, change: Callable[[str], str], file: str) -> str:
    """Return the section of a paper after an edit of its page (text in, text out). Raises
    ContentError as the edit does."""
    text = change(page_of(section))
    return section_text(text, find(text, key, file))
