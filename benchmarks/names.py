"""How long the index of names takes, however many there are: made first, for one more day, on the
first day of a month, and after an edit of an old one.

    python benchmarks/names.py [NAMES]     # 1,000,000 by default

Papers are made up: 2,500 a month, of six authors each, who write as often as real ones do (a third
has two papers or more). What is measured is the index alone: no page is rendered.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from broadsheet.archive.archive import Archive
from broadsheet.archive.model import Day, Month, PublishedPaper
from broadsheet.archive.people import PeopleStore
from broadsheet.archive.people_index import People
from broadsheet.archive.reader import NEWEST
from broadsheet.archive.summaries import Summary, summarise
from broadsheet.io.cache import Store
from broadsheet.papers import Paper

DAYS, PAPERS, AUTHORS = 25, 100, 6


class MadeUp:
    """Months of papers, one after another, with ever more names."""

    def __init__(self) -> None:
        self._chance = random.Random(7)
        self._known: list[str] = []
        self.names = 0
        self.papers = 0

    def month(self, number: int, days: int = DAYS) -> Month:
        """The month of a number, from 0."""
        first = date(2000 + number // 12, number % 12 + 1, 1)
        return Month(
            key=f"{first:%Y-%m}",
            days=tuple(self._day(first + timedelta(days=one)) for one in range(days)),
        )

    def _day(self, when: date) -> Day:
        papers = []
        for _ in range(PAPERS):
            self.papers += 1
            paper = Paper(
                id=f"p{self.papers}",
                title=f"On the matter of number {self.papers}, and of what follows from it",
                authors=tuple(self._author() for _ in range(AUTHORS)),
            )
            papers.append(
                PublishedPaper(paper=paper, date=when, topic="vision", path="x.md", line=1)
            )
        return Day(date=when, papers=tuple(papers), fingerprint=f"{self.papers}")

    def _author(self) -> str:
        """A name: at times a new one, else one of those that wrote before, the more often the more
        they wrote."""
        if self._known and self._chance.random() < 0.36:
            name = self._chance.choice(self._known)
        else:
            self.names += 1
            name = f"Author {''.join(chr(97 + int(digit)) for digit in str(self.names))} Example"
        self._known.append(name)
        return name


def edited(month: Month) -> Month:
    """A month with another first author of a paper in its midst."""
    days = list(month.days)
    at = len(days) // 2
    papers = list(days[at].papers)
    one = papers[50]
    authors = ("Author zz Example", *one.paper.authors[1:])
    papers[50] = replace(one, paper=replace(one.paper, authors=authors))
    days[at] = replace(days[at], papers=tuple(papers), fingerprint="edited")
    return replace(month, days=tuple(days))


def measured(what: str, months: dict[str, Summary], folder: Path, newest: Month) -> None:
    """Print the time of all that a build asks for: parts, links of the newest month, and the names
    of the parts that changed since the last time."""
    started = time.process_time()
    kept = PeopleStore(Store(folder), "code")
    kept.keep(newest, months[newest.key].people)
    people = People(Archive(months.values(), {newest.key: newest}.__getitem__), kept, "code", 2)
    parts = people.parts
    people.around(newest.key)
    linked = people.linked(newest.key)
    before = measured.__dict__.get("parts", {})
    stale = [part for part, stamp in parts.items() if before and before.get(part) != stamp]
    names = sum(len(people.part(part)) for part in stale)
    measured.__dict__["parts"] = parts
    spent = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{what}: {spent:.2f} s, {len(parts)} parts, {len(stale)} changed with {names} pages, "
        f"{len(linked)} linked, at most {memory} MB",
        flush=True,
    )


def main(wanted: int) -> None:
    """Make names until there are enough, then measure."""
    made, months = MadeUp(), {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "people"
        kept = PeopleStore(Store(folder), "code")
        number = 0
        while made.names < wanted or number <= NEWEST:
            month = made.month(number)
            months[month.key] = summarise(month)
            kept.keep(month, months[month.key].people)
            number += 1
        print(f"{made.names:,} names, {made.papers:,} papers, {number} months", flush=True)
        made._known = made._known[-200_000:]
        growing = [made.month(number, days) for days in (1,)]
        while len(growing) < 4:
            last = growing[-1]
            more = made._day(last.days[-1].date + timedelta(days=1))
            growing.append(Month(key=last.key, days=(*last.days, more)))
        for at, month in enumerate(growing):
            months[month.key] = summarise(month)
            measured("first" if not at else "one more day", months, folder, month)
        measured("nothing new", months, folder, growing[-1])
        month = made.month(number + 1, 1)
        months[month.key] = summarise(month)
        measured("the first day of a month", months, folder, month)
        old = edited(MadeUp().month(0))  # the same as was made first
        months[old.key] = summarise(old)
        measured("a paper edited in the oldest month", months, folder, old)
        files = list(folder.iterdir())
        size = sum(path.stat().st_size for path in files) // 1_000_000
        print(f"the cache: {len(files)} files, {size} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
