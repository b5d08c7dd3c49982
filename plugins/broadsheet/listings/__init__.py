"""Raw listings: bytes in, `Listing` values out. Pure: no files, no network.

`parse` reads any format (docs/listings.md tells each with its quirks), `parse_name` a listing's
file name, `resolve_date` finds the day it is of; `same` and `merge` make one paper of two entries.
"""

from __future__ import annotations

from .dates import resolve_date
from .decoding import MAX_BYTES, decode
from .formats import parse
from .merging import merge, same, title_key, unite
from .model import Listing, ListingName
from .names import parse_name

__all__ = [
    "MAX_BYTES",
    "Listing",
    "ListingName",
    "decode",
    "merge",
    "parse",
    "parse_name",
    "resolve_date",
    "same",
    "title_key",
    "unite",
]
