"""One paper from several listings: whether two entries are the same, and what both say together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from ..errors import ListingError, shown
from ..papers import Entry

_FIELDS = tuple(field.name for field in fields(Entry))
# A title and its abstract are told to be TeX by one flag, so they come from one listing.
_TEXT = ("title", "abstract", "tex")
_LONGEST = ("authors", "categories", "keywords")
_MOST_ODD = 100  # papers that can't be taken, before it counts whether they are most
_LATEST = ("upvotes", "comments")


@dataclass(frozen=True, slots=True)
class Merged:
    """Two entries of one paper made one. `origins` says for each field that has a value whether
    it came from the "first", the "second" or "both"."""

    entry: Entry
    origins: tuple[tuple[str, str], ...]

    def origin(self, field: str) -> str | None:
        """Where a field's value came from; None where neither had one."""
        return dict(self.origins).get(field)


def title_key(title: str) -> str:
    """What two writings of one title have in common: letters and digits, case and accents aside.

    TeX's `$\\beta$-VAE` and the "beta-VAE" that some listings make of it have the same key.
    """
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(filter(str.isalnum, plain)) or " ".join(title.split())


def same(a: Entry, b: Entry) -> bool:
    """Whether two entries are of one paper: by arXiv id, by DOI, else by their titles."""
    if a.arxiv and b.arxiv:
        return a.arxiv == b.arxiv
    if a.doi and b.doi and a.doi.casefold() == b.doi.casefold():
        return True
    return title_key(a.title) == title_key(b.title)


def merge(a: Entry, b: Entry) -> Merged:
    """Two entries of one paper, `a` known first and `b` seen later, as one with the fuller fields.

    What only one has is kept, so a thinner `b` removes nothing. Of two texts the authors' own
    (TeX) wins, else the longer abstract; of two lists the longer; votes and comments are `b`'s
    where it has them; otherwise `a`'s word stands.
    """
    values: dict[str, Any] = {}
    origins = []
    text = b if _fuller_text(a, b) else a
    for name in _FIELDS:
        first, second = getattr(a, name), getattr(b, name)
        if name in _TEXT:
            value = getattr(text, name)
        elif _absent(first) or _absent(second):
            value = second if _absent(first) else first
        elif name in _LONGEST:
            value = second if len(second) > len(first) else first
        elif name in ("version", "author_count"):
            value = max(first, second)
        else:
            value = second if name in _LATEST else first
        values[name] = value
        if not _absent(value):
            both = first == second
            origins.append((name, "both" if both else "first" if value == first else "second"))
    return Merged(Entry(**values), tuple(origins))


def _absent(value: object) -> bool:
    return value is None or value is False or value == "" or value == ()


def _fuller_text(a: Entry, b: Entry) -> bool:
    """Whether `b`'s title and abstract are to be taken rather than `a`'s."""
    if bool(a.abstract) != bool(b.abstract):
        return bool(b.abstract)
    if a.tex != b.tex:
        return b.tex
    return len(b.abstract) > len(a.abstract)


def unite(
    entries: Iterable[Entry | ListingError], *, file: str
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """One listing's entries with those listed twice made one, and a notice for each of them.

    An error stands for a paper that can't be taken (without a title, say): it is left out with a
    notice, and the others stay. Raises the first of these errors where no paper is left or most
    can't be taken, and `ListingError` where one title stands over two abstracts, unless two arXiv
    ids or DOIs tell the papers apart.
    """
    kept: list[Entry] = []
    notices: list[str] = []
    odd: ListingError | None = None
    oddities = 0
    by_id: dict[str, int] = {}
    by_title: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry, ListingError):
            odd = odd or entry
            where = "" if entry.line is None else f"line {entry.line}: "
            notices.append(f"{where}{entry.message}; left out")
            oddities += 1
            if oddities > max(_MOST_ODD, len(kept)):
                raise odd
            continue
        ids = [key for key in (entry.arxiv, entry.doi and entry.doi.casefold()) if key]
        key = title_key(entry.title)
        at = next((by_id[i] for i in ids if i in by_id), None)
        if at is None and (twin := by_title.get(key)) is not None:
            other = kept[twin]
            if _told_apart(entry, other):
                notices.append(
                    f"{_place(entry)}{shown(entry.title)} is also the title of another paper"
                    f"{_at(other)}; both are kept"
                )
            elif entry.abstract and other.abstract and not _alike(entry.abstract, other.abstract):
                raise ListingError(
                    f"{shown(entry.title)} is listed twice with different abstracts"
                    f"{_at(other, ', first ')}; expected one abstract a title",
                    file=file,
                    line=entry.line,
                )
            else:
                at = twin
        if at is None:
            at = len(kept)
            kept.append(entry)
        else:
            notices.append(
                f"{_place(entry)}{shown(entry.title)} is listed twice{_at(kept[at], ', first ')};"
                " taken as one"
            )
            if replace(entry, line=kept[at].line) != kept[at]:
                kept[at] = merge(kept[at], entry).entry
        for i in ids:
            by_id.setdefault(i, at)
        by_title.setdefault(key, at)
    if odd is not None and not kept:
        raise odd
    return tuple(kept), tuple(notices)


def _told_apart(a: Entry, b: Entry) -> bool:
    if a.arxiv and b.arxiv:
        return a.arxiv != b.arxiv
    return bool(a.doi and b.doi and a.doi.casefold() != b.doi.casefold())


def _alike(a: str, b: str) -> bool:
    return a == b or " ".join(a.split()) == " ".join(b.split())


def _place(entry: Entry) -> str:
    return "" if entry.line is None else f"line {entry.line}: "


def _at(entry: Entry, before: str = " ") -> str:
    return "" if entry.line is None else f"{before}in line {entry.line}"
