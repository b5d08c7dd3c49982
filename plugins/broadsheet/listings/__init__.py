"""Raw listings: bytes to `Listing` values. Pure: no files, no network.

Owns a reader for each format (docs/listings.md), file names, the day of a listing, and merging the
entries of one paper. May import errors, `papers` and `tex`.
"""

from __future__ import annotations

from .dates import resolve_date
from .decoding import MAX_BYTES, decode
from .formats import parse
from .merging import merge, same, title_key, unite
from .model import Listing, ListingName, Wanted
from .names import parse_name

__all__ = [
    "MAX_BYTES",
    "Listing",
    "ListingName",
    "Wanted",
    "decode",
    "merge",
    "parse",
    "parse_name",
    "resolve_date",
    "same",
    "title_key",
    "unite",
]
