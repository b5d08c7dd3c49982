"""Which new papers of a listing are late: their source had listed the day before. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..content.ledger import PUBLISHED, ImportedListing, Ledger
from ..errors import ListingError
from ..listings import parse_name

ONE_FETCH = timedelta(hours=1)
"""How far apart the pages of one fetch are captured at most."""


def lateness(incoming: ImportedListing, before: Iterable[ImportedListing]) -> bool | str:
    """Return whether new papers of a listing are late, by the time of its capture where it is
    known: they are where its source (and category) listed the day earlier, other than as a page of
    the same fetch."""
    for other in before:
        if other.papers and _series(other) == _series(incoming):
            first, then = _moment(other.captured), _moment(incoming.captured)
            if first is None or then is None or then - first > ONE_FETCH:
                return incoming.captured or True
    return False


def late_ones(before: Ledger, after: Ledger) -> int:
    """Return how many late papers an import published."""
    known = {record.id for record in before.statuses}
    return sum(
        record.status == PUBLISHED and bool(record.late) and record.id not in known
        for record in after.statuses
    )


def _series(listing: ImportedListing) -> tuple[str, str | None]:
    """Return what a listing's captures have in common: its source and category."""
    try:
        return listing.source, parse_name(listing.file).category
    except ListingError:
        return listing.source, None


def _moment(captured: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(captured) if captured else None
    except ValueError:  # a ledger is a file, and may be anybody's
        return None
    return moment if moment is None or moment.tzinfo else None
