"""What a listing's file name says: DATE.SOURCE[.CATEGORY][.TIME].EXT."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import PurePath

from ..errors import ListingError, shown
from .model import ListingName

_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_TIME = re.compile(r"\d{8}T\d{4,6}Z?")


def parse_name(filename: str) -> ListingName:
    """Read a listing's file name, such as 2026-01-05.arxiv.cs.LG.20260105T013000Z.xml.

    Folders before it are ignored. A name that doesn't begin with a date gives an empty result.
    Raises `ListingError` where the date or the time has the right shape and does not exist.
    """
    parts = PurePath(filename).name.split(".")
    if not _DATE.fullmatch(parts[0]):
        return ListingName()
    try:
        day = date.fromisoformat(parts[0])
    except ValueError:
        raise ListingError(
            f"the file's name begins with {shown(parts[0])}, which is not a day of the calendar; "
            "expected one such as 2025-08-07",
            file=filename,
        ) from None
    words = [part for part in parts[1:-1] if part]
    time = None
    if words and _TIME.fullmatch(words[-1]):
        stamp = words.pop()
        try:
            time = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            raise ListingError(
                f"the file's name has {shown(stamp)} for the time of capture; "
                "expected UTC, such as 20250807T061500Z",
                file=filename,
            ) from None
    return ListingName(
        date=day,
        source=words[0] if words else None,
        category=".".join(words[1:]) or None,
        time=time,
    )
