"""What an import would make of one listing, without writing anything."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from .. import days, listings
from ..content import vocabularies
from ..content.ledger import ImportedListing
from ..content.paper_index import KnownPapers
from ..errors import ListingError
from ..listings import Listing
from ..listings.columns import example
from ..listings.model import Column
from ..papers import Entry
from ..topics import Classifier
from .model import ContentSnapshot, Incoming
from .plan import plan
from .run import read_bytes

_ANY_DAY = date(2000, 1, 1)  # of a listing that says none; no text of a paper holds its day
_PAPERS = 3
_ENRICHES = "tells more of papers that the digest has, whatever its day; publishes nothing"


@dataclass(frozen=True, slots=True)
class Preview:
    """A listing as it is read: its day, or why that is not known; what became of its columns, or
    where its format has none, the fields that its papers have; and the first papers as they would
    be published, each with its topic. Those that the digest knows already are shown, too."""

    file: str
    listing: Listing
    day: date | None
    undated: str | None
    columns: tuple[Column, ...]
    sections: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]


def preview(file: Path, root: Path, *, given: date | None = None, strict: bool = False) -> Preview:
    """Return what an import of a listing would make of it.

    `root` is the content folder, whose topics and tags are read; `given` and `strict` are as in
    `run`. Raises ListingError for a listing that can't be read, and VocabularyError.
    """
    data = read_bytes(file)
    name = listings.parse_name(file.name)
    listing = listings.parse(data, file=str(file), day=name.date or given, strict=strict)
    day, undated = None, None
    try:
        for one in (name.date, given, listing.date):
            if one is not None:
                days.refuse_implausible(one, ListingError, file=str(file))
        day = listings.resolve_date(listing, name, given, str(file))
    except ListingError as error:
        undated = error.message
    vocabulary = vocabularies.read(root)
    snapshot = ContentSnapshot(
        content={},
        known=KnownPapers(),
        classifier=Classifier(vocabulary),
        vocabulary=vocabulary,
    )
    incoming = Incoming(
        date=day or _ANY_DAY,
        listing=ImportedListing(
            file=file.name,
            sha256=hashlib.sha256(data).hexdigest(),
            source=name.source or listing.format,
            papers=len(listing.entries),
        ),
        entries=() if name.enriches else tuple(islice(listing.entries, _PAPERS)),
        notices=(*listing.notices, *([_ENRICHES] if name.enriches else [])),
    )
    planned = plan(incoming, snapshot)
    return Preview(
        file=str(file),
        listing=listing,
        day=day,
        undated=undated,
        columns=listing.columns or tuple(_fields(listing)),
        sections=planned.sections,
        notices=planned.report.notices,
    )


def _fields(listing: Listing) -> list[Column]:
    """Return the fields that the papers of a listing have, as columns of their own names."""
    made = []
    for field in Entry.__dataclass_fields__:
        values = [value for entry in listing.entries if (value := getattr(entry, field))]
        if values and field not in ("line", "tex"):
            first = list(values[0]) if isinstance(values[0], tuple) else values[0]
            made.append(Column(name=field, field=field, count=len(values), example=example(first)))
    return made
