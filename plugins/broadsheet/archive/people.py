"""Who is named by a month's papers: their authors and organisations, each with its papers.

It depends on the month's papers alone, apart from votes and notes, and is cached beside the
month's summary. What spans months is `people_index`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from ..incremental.plan import fingerprint
from ..io.cache import Store
from ..papers import Paper
from ..text.name_slugs import name_slug
from .model import Month

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


class Named(NamedTuple):
    """A name in a month: as it was last written, and its papers by their numbers in the month."""

    name: str
    papers: tuple[int, ...]


class MonthPeople(msgspec.Struct, frozen=True):
    """The names of a month's papers by their keys ("author/ada-lovelace")."""

    names: dict[str, Named]
    stamps: tuple[str, ...]  # of the papers' lines
    days: tuple[str, ...]  # the papers' ISO dates


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


def people_of(month: Month) -> tuple[MonthPeople, tuple[PaperLine, ...]]:
    """Return a month's names, and its papers' lines."""
    names: dict[str, tuple[str, list[int]]] = {}
    lines: list[PaperLine] = []
    for day in month.days:
        iso = day.date.isoformat()
        for placed in day.papers:
            paper = placed.paper
            for key, name in names_of(paper):
                known = names.get(key)
                papers = known[1] if known else []
                papers.append(len(lines))
                names[key] = name, papers
            lines.append(
                PaperLine(
                    paper.id,
                    paper.title,
                    iso,
                    placed.topic,
                    paper.authors[:_SHOWN],
                    max(len(paper.authors), paper.author_count or 0),
                    paper.updated,
                    placed.listed,
                )
            )
    return (
        MonthPeople(
            {key: Named(name, tuple(papers)) for key, (name, papers) in names.items()},
            tuple(line.stamp for line in lines),
            tuple(line.iso for line in lines),
        ),
        tuple(lines),
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

    def lines(self, key: str, stamp: str) -> tuple[PaperLine, ...] | None:
        """Return the lines of a month's papers as `keep` kept them, if it did."""
        return self.store.read(f"{key}.lines", self._stamp(stamp), tuple[PaperLine, ...])

    def _stamp(self, stamp: str) -> str:
        return fingerprint(stamp, self._code)
