"""Where a paper stands in the content folder, and the refusal of an id that stands twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from ...errors import ContentError, shown

_T = TypeVar("_T")
_OF_A_DAY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+\Z")


class PaperLocation(NamedTuple):
    """A paper's id, the path of its page below content/, and the line (from 1) of its heading;
    None where the line is not known."""

    id: str
    path: str
    line: int | None = None

    @property
    def date(self) -> date:
        """The day of the page, from its path."""
        return day_of(self.path)


def day_of(path: str) -> date:
    """Return the day of a content file from its path below content/ ("2025/08/07/vision.md").
    Raises ContentError where its folder is no day's: a state of a repository has any paths."""
    try:
        return date(*map(int, path.split("/", 3)[:3]))
    except (ValueError, TypeError):
        raise ContentError(
            "this file's folder is no day; expected one such as 2025/08/07", file=path
        ) from None


def is_of_a_day(path: str) -> bool:
    """Return whether a path below content/ is that of a file of a day."""
    if not _OF_A_DAY.match(path):
        return False
    try:
        day_of(path)
    except ContentError:
        return False
    return True


def repeated(items: Iterable[_T], key: Callable[[_T], Hashable]) -> Iterator[tuple[_T, _T]]:
    """Yield each item whose key an earlier item has, with the first item of that key.

    Items with an empty key (None, "") are skipped.
    """
    first: dict[Hashable, _T] = {}
    for item in items:
        value = key(item)
        if value:
            other = first.setdefault(value, item)
            if other is not item:
                yield item, other


def refuse_duplicate_ids(locations: Iterable[PaperLocation]) -> None:
    """Raise ContentError for the first paper whose id an earlier one has."""
    for location, first in repeated(locations, lambda location: location.id):
        raise duplicate_id(location, first)


def duplicate_id(location: PaperLocation, first: PaperLocation) -> ContentError:
    """Return the error for a paper whose id another has, at `first`."""
    place = first.path if first.line is None else f"{first.path}:{first.line}"
    if first.path == location.path and first.line is not None:
        place = f"line {first.line}"
    return ContentError(
        f"id: {shown(location.id)} is already in use by the paper in {place}; "
        "expected one paper an id",
        file=location.path or None,
        line=location.line,
    )
