"""Raw listings: bytes to `Listing` values. Pure: no files, no network.

Owns a reader for each format (docs/listings.md), file names, the day of a listing, and merging the
entries of one paper. May import errors, `papers` and `tex`.
"""

from __future__ import annotations

from datetime import date

from .columns import Loss, refuse_losses
from .fields.dates import resolve_date
from .fields.people import read_names
from .merging import merge, unite
from .model import Listing, ListingName, Wanted
from .names import parse_name
from .sameness import identified_by, same, title_key, told_apart
from .untrusted.decoding import MAX_BYTES, decode

__all__ = [
    "MAX_BYTES",
    "Listing",
    "ListingName",
    "Loss",
    "Wanted",
    "decode",
    "identified_by",
    "merge",
    "parse",
    "parse_name",
    "read_names",
    "refuse_losses",
    "resolve_date",
    "same",
    "title_key",
    "told_apart",
    "unite",
]


def parse(data: bytes, *, file: str, day: date | None = None, strict: bool = False) -> Listing:
    """Read a raw listing in any format that Broadsheet knows: see `formats.parse`. Its readers are
    imported by the first call, since most uses of this package read no listing."""
    from . import formats

    return formats.parse(data, file=file, day=day, strict=strict)
