"""Who is named by a month's papers: their authors and organisations, each with its papers.

It depends on the month's papers alone, apart from votes and notes, and is cached beside the
month's summary. What spans months is `people_index`'s.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, chain
from typing import NamedTuple

import msgspec

from ..incremental.plan import fingerprint
from ..io.cache import Store, decode
from ..papers import Paper
from ..text.name_slugs import name_slug
from .model import Month, PublishedPaper
from .name_use import NameUse, row_of, use_of

AUTHOR, ORGANISATION = "author", "organization"
"""The kinds of name, as in their addresses."""

MOST = 50
"""A paper of more authors counts for none of them: a collaboration would make thousands of
pages."""
_SHOWN = 4  # authors that a line keeps


class PaperLine(NamedTuple):
    """A paper on the page of a name. `title` is Markdown, `iso` its day; `authors` are the first
    ones of `author_count`."""

    id: str
    title: str
    iso: str
    topic: str
    authors: tuple[str, ...]
    author_count: int
    updated: str | None
    listed: str | None

    @property
    def stamp(self) -> str:
        """A short hash of all that it says."""
        return blake2b(
            repr(tuple(self)).encode("utf-8", "surrogatepass"), digest_size=5
        ).hexdigest()


class MonthPeople(msgspec.Struct, frozen=True):
    """The names of a month's papers by their keys ("author/ada-lovelace"), and the count of the
    papers."""

    names: dict[str, NameUse]
    count: int


Lines = Mapping[str, Sequence[PaperLine]]
"""A month's papers by their ISO dates, in the order of their days."""


class KeptLines:
    """A month's lines as they are kept: one text, since the pages of names ask for those of all
    months, here and there."""

    def __init__(self, lines: Mapping[str, Sequence[msgspec.Raw]]) -> None:
        self._days: dict[str, range] = {}
        self._ends = array("Q", (0,))
        for iso, day in lines.items():
            first = len(self._ends) - 1
            self._days[iso] = range(first, first + len(day))
            self._ends.extend(accumulate(map(len, day), initial=self._ends.pop()))
        self._text = b"".join(chain.from_iterable(lines.values()))

    def line(self, iso: str, number: int) -> PaperLine:
        """Return a paper's line. Raises one of `MALFORMED` where there is none, or something
        else."""
        at = self._days[iso][number]
        return decode(self._text[self._ends[at] : self._ends[at + 1]], PaperLine)


def names_of(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the names whose pages a paper is on, each once, with its key."""
    seen = set()
    if len(paper.authors) <= MOST and (paper.author_count or 0) <= MOST:
        for name in paper.authors:
            key = f"{AUTHOR}/{name_slug(name)}"
            if key not in seen:
                seen.add(key)
                yield key, name
    if paper.organisation:
        yield f"{ORGANISATION}/{name_slug(paper.organisation)}", paper.organisation


def people_of(month: Month) -> tuple[MonthPeople, Lines]:
    """Return a month's names, and its papers' lines."""
    names: dict[str, list[tuple[str, str]]] = {}
    lines: dict[str, list[PaperLine]] = {}
    for day in month.days:
        iso = day.date.isoformat()
        lines[iso] = [_line(placed, iso) for placed in day.papers]
        stamps = [line.stamp for line in lines[iso]]
        named: dict[str, tuple[str, list[int]]] = {}
        for number, placed in enumerate(day.papers):
            for key, name in names_of(placed.paper):
                known = named.get(key)
                numbers = known[1] if known else []
                numbers.append(number)
                named[key] = name, numbers
        for key, (name, numbers) in named.items():
            row = row_of(iso, numbers, [stamps[number] for number in numbers])
            names.setdefault(key, []).append((row, name))
    uses = {key: use_of(rows) for key, rows in names.items()}
    return MonthPeople(uses, sum(map(len, lines.values()))), lines


def _line(placed: PublishedPaper, iso: str) -> PaperLine:
    paper = placed.paper
    return PaperLine(
        paper.id,
        paper.title,
        iso,
        placed.topic,
        paper.authors[:_SHOWN],
        max(len(paper.authors), paper.author_count or 0),
        paper.updated,
        placed.listed,
    )


def stamp_of(month: Month) -> str:
    """Return a fingerprint of all that `people_of` depends on."""
    total = blake2b(digest_size=8)
    for day in month.days:
        for placed in day.papers:
            paper = placed.paper
            row = (paper.id, paper.title, day.date, placed.topic, placed.listed, paper.authors,
                   paper.author_count, paper.organisation, paper.updated)  # fmt: skip
            total.update(repr(row).encode("utf-8", "surrogatepass"))
    return total.hexdigest()


class PeopleStore:
    """The names of months, in the cache. `code` is the fingerprint of what makes them."""

    def __init__(self, store: Store, code: str) -> None:
        self.store = store
        self._code = code

    def keep(self, month: Month, stamp: str) -> None:
        """Keep a month's names; `stamp` is that of its summary."""
        people, lines = people_of(month)
        stamp = self._stamp(stamp)
        self.store.write(f"{month.key}.names", stamp, people)
        self.store.write(f"{month.key}.lines", stamp, lines)

    def names(self, key: str, stamp: str) -> MonthPeople | None:
        """Return the names of a month as `keep` kept them, if it did."""
        return self.store.read(f"{key}.names", self._stamp(stamp), MonthPeople)

    def lines(self, key: str, stamp: str) -> KeptLines | None:
        """Return the lines of a month's papers as `keep` kept them, if it did."""
        kind = dict[str, list[msgspec.Raw]]
        kept = self.store.read(f"{key}.lines", self._stamp(stamp), kind)
        return None if kept is None else KeptLines(kept)

    def _stamp(self, stamp: str) -> str:
        return fingerprint(stamp, self._code)
