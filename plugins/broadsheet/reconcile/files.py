"""The three-way merge of one file of the content folder, by what the file holds. Pure.

A merged file parses, or has conflict markers around the smallest places that a person must decide.
The result is the same whichever side is called ours, but for the sides of the markers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..content import ledger, pages, redirects
from ..content.disk import LEDGER
from ..content.pages.location import is_of_a_day
from ..errors import BroadsheetError
from . import lines, rows, vocabularies
from . import pages as merged_pages
from .marks import MarkedConflict, conflicts

LONGEST = 20_000_000  # characters of a file that is merged
_VOCABULARIES = ("topics.yml", "tags.yml")
_MARKER = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.M)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged file: its text ("" where nothing is left of it), what a person must decide, and
    lines on what was decided."""

    text: str
    conflicts: tuple[MarkedConflict, ...] = ()
    told: tuple[str, ...] = ()


def kind_of(path: str) -> str:
    """Return what a file is by its path below content/: "page" (also of papers that
    wait), "ledger", "redirects", "vocabulary", or "" for any other."""
    if is_of_a_day(path):
        return "page" if path.endswith(".md") else "ledger" if path.endswith(f"/{LEDGER}") else ""
    if path == redirects.FILE:
        return "redirects"
    return "vocabulary" if path in _VOCABULARIES else ""


def merge(path: str, base: str, ours: str, theirs: str) -> Merged:
    """Merge a file, given its path below content/ and its three texts ("" for none).

    Texts have any line ends; the merged one has those of the sides, line feeds where they differ.
    """
    if ours in (theirs, base):
        return Merged(theirs, conflicts(theirs))
    if theirs == base:
        return Merged(ours, conflicts(ours))
    return finished((ours, theirs), *_merged(path, *map(plain, (base, ours, theirs))))


def _merged(path: str, base: str, ours: str, theirs: str) -> tuple[str, tuple[str, ...]]:
    told: list[str] = []
    if max(map(len, (base, ours, theirs))) > LONGEST or any(
        _MARKER.search(one) for one in (base, ours, theirs)
    ):
        return lines.around(ours, theirs), ()
    kind = kind_of(path)
    if kind == "page":
        text = merged_pages.merge(base, ours, theirs, told.append)
    elif kind == "ledger":
        text = rows.merge_ledgers(base, ours, theirs)
    elif kind == "redirects":
        text = rows.merge_redirects(base, ours, theirs)
    elif kind == "vocabulary":
        text = vocabularies.merge(base, ours, theirs)
    else:
        text = lines.merge(base, ours, theirs)
    sound = is_sound(path, ours) and is_sound(path, theirs)
    if sound and not conflicts(text) and not is_sound(path, text):
        text = lines.merge(base, ours, theirs)
        if not conflicts(text) and not is_sound(path, text):
            text = lines.around(ours, theirs)
    return text, tuple(dict.fromkeys(told))


def finished(sides: tuple[str, str], text: str, told: tuple[str, ...] = ()) -> Merged:
    """Return a merged text with the line ends and the byte-order mark of its sides."""
    there = [one for one in sides if one]
    text = plain(text)
    found = conflicts(text)
    if there and all("\r\n" in one and one.count("\r\n") == one.count("\n") for one in there):
        text = text.replace("\n", "\r\n")
    if text and not found and there and all(one.startswith("\ufeff") for one in there):
        text = f"\ufeff{text}"
    return Merged(text, found, told)


def plain(text: str) -> str:
    """Return a text with line feeds as its line ends, without a byte-order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


_READERS: dict[str, Callable[[str], object]] = {
    "page": pages.parse,
    "ledger": ledger.parse,
    "redirects": redirects.parse,
}


def is_sound(path: str, text: str) -> bool:
    """Return whether a file of its kind can be read; True for kinds that aren't read here."""
    reader = _READERS.get(kind_of(path))
    if reader is None or not text:
        return True
    try:
        reader(text)
    except BroadsheetError:
        return False
    return True
