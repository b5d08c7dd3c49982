"""Merging a listing's entries of one paper (`sameness` says which are), and their union."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from ..errors import ListingError, at_line, shown
from ..papers import Entry
from .columns import Loss
from .sameness import identified_by, same, title_key

_FIELDS = tuple(field.name for field in fields(Entry))
# A title and its abstract are told to be TeX by one flag, so they come from one listing.
_TEXT = ("title", "abstract", "tex")
_LONGEST = ("authors", "categories", "keywords")
_MOST_ALIKE = 200  # papers of one title that an entry without ids is compared with
MAX_TWICE = 5
"""Most papers that are listed twice of which each has a notice."""
_LATEST = ("upvotes", "comments")


def merge(a: Entry, b: Entry) -> Entry:
    """Merge two entries of one paper, `a` the earlier and `b` the later, field by field.

    A field that only one has is kept, so a `b` with fewer fields removes none. Of two texts the
    authors' own (TeX) wins, else the longer abstract; of two lists the longer; votes and comments
    are `b`'s where it has them; of two dates the more exact where they agree; any other field is
    `a`'s.
    """
    values: dict[str, Any] = {}
    text = b if _fuller_text(a, b) else a
    for name in _FIELDS:
        first, second = getattr(a, name), getattr(b, name)
        if name in _TEXT:
            value = getattr(text, name)
        elif _absent(first) or _absent(second):
            value = second if _absent(first) else first
        elif name in _LONGEST:
            value = second if len(second) > len(first) else first
        elif name == "published":
            value = second if second.startswith(first) else first
        elif name in ("version", "author_count"):
            value = max(first, second)
        else:
            value = second if name in _LATEST else first
        values[name] = value
    return Entry(**values)


def _absent(value: object) -> bool:
    return value is None or value is False or value == "" or value == ()


def _fuller_text(a: Entry, b: Entry) -> bool:
    """Return whether `b`'s title and abstract are to be taken rather than `a`'s."""
    if bool(a.abstract) != bool(b.abstract):
        return bool(b.abstract)
    if a.tex != b.tex:
        return b.tex
    return len(b.abstract) > len(a.abstract)


def unite(
    entries: Iterable[Entry | ListingError], *, file: str
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Merge the entries of one listing that are of one paper; return the entries and notices.

    An error stands for a paper that can't be read (without a title, say): it is left out with a
    notice, and the others stay. Raises the first of these errors where no paper is left.
    """
    united = _United(file)
    for entry in entries:
        if isinstance(entry, ListingError):
            united.leave_out(entry)
        else:
            united.add(entry)
    if united.error and not united.entries:
        raise united.error
    more = united.twice - MAX_TWICE
    told = [f"and {more} more listed twice; taken as one"] if more > 0 else []
    return tuple(united.entries), (*united.notices, *told)


class _United:
    """The entries of one listing so far, each paper once, by their ids and titles."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: list[Entry] = []
        self.notices: list[str] = []
        self.error: ListingError | None = None  # the first
        self.twice = 0  # entries that were merged with another
        self._by_id: dict[str, int] = {}
        self._by_title: dict[str, list[int]] = {}

    def leave_out(self, error: ListingError) -> None:
        """Note a paper that can't be read."""
        self.notices.append(Loss(at_line(error.line, f"{error.message}; left out")))
        self.error = self.error or error

    def add(self, entry: Entry) -> None:
        """Add an entry, or merge it with the entry of the same paper."""
        titled = self._by_title.setdefault(title_key(entry.title), [])
        at = self._place_of(entry, titled)
        if at is None:
            if titled:
                other = _at(self.entries[titled[0]])
                told = f"{shown(entry.title)} is also the title of another paper{other}"
                self.notices.append(at_line(entry.line, f"{told}; both are kept"))
            at = len(self.entries)
            self.entries.append(entry)
        else:
            known = self.entries[at]
            self.twice += 1
            if self.twice <= MAX_TWICE:
                told = f"{shown(entry.title)} is listed twice{_at(known, ', first ')}"
                self.notices.append(at_line(entry.line, f"{told}; taken as one"))
            if replace(entry, line=known.line) != known:
                self.entries[at] = merge(known, entry)
        for name in identified_by(entry):
            self._by_id.setdefault(name, at)
        if len(titled) < _MOST_ALIKE and at not in titled:
            titled.append(at)

    def _place_of(self, entry: Entry, titled: list[int]) -> int | None:
        """Return the place of the entry of the same paper; None where there is none yet."""
        for name in identified_by(entry):
            at = self._by_id.get(name)
            if at is not None and same(entry, self.entries[at]):
                return at
        return next((at for at in titled if same(entry, self.entries[at])), None)


def _at(entry: Entry, before: str = " ") -> str:
    return "" if entry.line is None else f"{before}in line {entry.line}"
