"""Which format a listing is in, told by its content alone, and reading it (`parse`)."""

from __future__ import annotations

from . import text as text_page
from .decoding import decode
from .model import Listing


def parse(data: bytes, *, file: str) -> Listing:
    """Read a raw listing in any format that Broadsheet knows.

    `file` names it in errors. Raises `EmptyListing` for a listing without content and
    `ListingError` for one that can't be read; nothing else.
    """
    text = decode(data, file=file)
    return text_page.parse(text, file=file)
