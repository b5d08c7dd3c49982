"""The archive as values: days and months read from content, and what a whole site needs to know of
each month without reading it again.

A `Month` holds its papers and is big; a `Summary` is small, depends on the month's content alone,
and is what pages that look over all months (archive, topics, tags) are made of.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from .. import ledger as ledgers
from .. import pages
from ..content import DaySources
from ..errors import ContentError, shown
from ..ledger import Ledger
from ..papers import Paper
from .intake import Intake, intake_of
from .urls import MonthPages


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A paper where it stands: its day, topic, and the page and line of its section."""

    paper: Paper
    date: date
    topic: str
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day's papers, topic after topic in the topics' order, and what its ledger says: what came
    in, and which papers it published that no page holds (`missing`). `digest` is a hash of its
    files and of the order of its topics: days with one digest are equal."""

    date: date
    papers: tuple[Placed, ...]
    intros: tuple[tuple[str, str], ...] = ()  # Markdown before a topic's papers, by topic
    intake: Intake | None = None
    missing: tuple[str, ...] = ()
    declined: int = 0  # papers that its ledger says were
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month's days, oldest first."""

    key: str  # 2025-08
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySummary:
    """A day without its papers. `missing` is as the day's; `words` is a hash of its papers' ids,
    titles, abstracts and tags; `ever` counts the papers that it has or had, as far as its ledger
    tells, those that were moved or taken out too."""

    iso: str
    digest: str
    count: int
    topics: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    words: str = ""
    ever: int = 0


@dataclass(frozen=True, slots=True)
class TermSummary:
    """A topic's or tag's papers in one month: how many, a hash of their rows, and the tags that
    they have (besides itself) with counts, the commonest first."""

    count: int
    digest: str
    beside: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A month without its papers."""

    key: str
    digest: str
    days: tuple[DaySummary, ...]
    topics: dict[str, TermSummary]
    tags: dict[str, TermSummary]
    ids: tuple[str, ...]
    curators: tuple[tuple[str, int], ...] = ()  # who is credited with how many papers
    submitters: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """How many papers the month has."""
        return sum(day.count for day in self.days)

    def term(self, kind: str, slug: str) -> TermSummary:
        """A "topic" or a "tag" of the month. Raises KeyError where no paper has it."""
        return (self.topics if kind == "topic" else self.tags)[slug]

    @property
    def words(self) -> str:
        """A hash of what its papers say, whatever is noted or counted of them."""
        return ",".join(f"{day.iso} {day.words}" for day in self.days)

    def pages(self) -> MonthPages:
        """What pages the month has, for the registry of addresses."""
        return MonthPages(
            self.key,
            {date.fromisoformat(day.iso): [slug for slug, _ in day.topics] for day in self.days},
            self.ids,
            self.topics,
            self.tags,
        )

    def plain(self) -> dict[str, Any]:
        """The summary as plain data, for keeping."""
        return {
            "key": self.key,
            "digest": self.digest,
            "days": [asdict(day) for day in self.days],
            "topics": _plain(self.topics),
            "tags": _plain(self.tags),
            "ids": self.ids,
            "curators": self.curators,
            "submitters": self.submitters,
        }

    @staticmethod
    def of_plain(data: dict[str, Any]) -> Summary:
        """The inverse of `plain`. Raises KeyError, TypeError or ValueError on other data."""
        return Summary(
            key=str(data["key"]),
            digest=str(data["digest"]),
            days=tuple(
                DaySummary(
                    iso=str(one["iso"]),
                    digest=str(one["digest"]),
                    count=int(one["count"]),
                    topics=_pairs(one["topics"]),
                    missing=tuple(map(str, one["missing"])),
                    words=str(one["words"]),
                    ever=int(one["ever"]),
                )
                for one in data["days"]
            ),
            topics={slug: TermSummary(*one) for slug, one in data["topics"].items()},
            tags={slug: TermSummary(*one) for slug, one in data["tags"].items()},
            ids=tuple(map(str, data["ids"])),
            curators=_pairs(data["curators"]),
            submitters=_pairs(data["submitters"]),
        )


def _plain(terms: Mapping[str, TermSummary]) -> dict[str, list[Any]]:
    return {slug: [one.count, one.digest, one.beside] for slug, one in terms.items()}


def _pairs(rows: Iterable[Any]) -> tuple[tuple[str, int], ...]:
    return tuple((str(name), int(count)) for name, count in rows)


def digest_of(days: Iterable[tuple[date, str]]) -> str:
    """A month's hash: of its days and their hashes."""
    total = hashlib.blake2b(digest_size=16)
    for when, hashed in days:
        total.update(f"{when} {hashed}\n".encode())
    return total.hexdigest()


def _day_digest(hashed: str, topics: Iterable[str]) -> str:
    """A day's hash: of its files, and of its topics in their order. Papers are known by their
    places in a month, in the kept indexes of related papers and of search, so the order counts."""
    return hashlib.blake2b("\0".join((hashed, *topics)).encode(), digest_size=16).hexdigest()


def read_day(sources: DaySources, topics: Sequence[str]) -> Day:
    """Parse a day's files; `topics` are the slugs of topics.yml in order.

    Raises ContentError or LedgerError for a file that can't be read, a page whose date is not its
    folder's, a topic that is not in topics.yml, and two papers with one id.
    """
    order = {slug: n for n, slug in enumerate(topics)}
    placed: list[Placed] = []
    intros = []
    for source in sources.pages:
        page = pages.parse(source.text(), file=source.path)
        if page.date != sources.date:
            raise ContentError(
                f"date: {page.date}, but the folder says {sources.date}; expected the same",
                file=source.path,
                line=1,
            )
        if page.topic not in order:
            raise ContentError(
                f"topic: {shown(page.topic)} is not in topics.yml; expected one of "
                + ", ".join(order),
                file=source.path,
                line=1,
            )
        if page.intro:
            intros.append((page.topic, page.intro))
        placed.extend(
            Placed(
                paper=section.paper,
                date=sources.date,
                topic=page.topic,
                path=source.path,
                line=section.line,
            )
            for section in page.sections
        )
    placed.sort(key=lambda one: order[one.topic])
    _refuse_twins(placed)
    book = Ledger(date=sources.date)
    if sources.ledger is not None:
        book = ledgers.parse(sources.ledger.text(), file=sources.ledger.path)
    stand = {one.paper.id for one in placed}
    return Day(
        date=sources.date,
        papers=tuple(placed),
        intros=tuple(intros),
        intake=intake_of(book),
        missing=tuple(
            fate.id
            for fate in book.fates
            if fate.became == ledgers.PUBLISHED and fate.id not in stand
        ),
        declined=book.count(ledgers.DECLINED),
        digest=_day_digest(sources.digest(), dict.fromkeys(one.topic for one in placed)),
    )


def _refuse_twins(placed: Iterable[Placed]) -> None:
    seen: dict[str, Placed] = {}
    for one in placed:
        other = seen.setdefault(one.paper.id, one)
        if other is not one:
            raise ContentError(
                f"id: {shown(one.paper.id)} is the id of another paper too "
                f"({other.path}:{other.line}); expected one paper an id",
                file=one.path,
                line=one.line,
            )


def summarise(month: Month) -> Summary:
    """What the site needs to know of a month that it does not read."""
    topics: dict[str, _Term] = {}
    tags: dict[str, _Term] = {}
    for day in month.days:
        for one in day.papers:
            row = f"{one.paper.id}\0{one.date}\0{one.topic}\0{one.paper!r}\n".encode()
            topics.setdefault(one.topic, _Term()).add(row, one.paper.tags)
            for tag in one.paper.tags:
                tags.setdefault(tag, _Term()).add(
                    row, (other for other in one.paper.tags if other != tag)
                )
    return Summary(
        key=month.key,
        digest=digest_of((day.date, day.digest) for day in month.days),
        days=tuple(
            DaySummary(
                iso=day.date.isoformat(),
                digest=day.digest,
                count=len(day.papers),
                topics=tuple(Counter(one.topic for one in day.papers).items()),
                missing=day.missing,
                words=_words(day),
                ever=len(day.papers)
                + len(day.missing)
                + (day.intake.declined if day.intake else 0),
            )
            for day in month.days
        ),
        topics={slug: term.summary() for slug, term in sorted(topics.items())},
        tags={slug: term.summary() for slug, term in sorted(tags.items())},
        ids=tuple(one.paper.id for day in month.days for one in day.papers),
        curators=_credited(one.paper.curator for day in month.days for one in day.papers),
        submitters=_credited(one.paper.submitter for day in month.days for one in day.papers),
    )


def _credited(names: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(name for name in names if name).items()))


def _words(day: Day) -> str:
    total = hashlib.blake2b(digest_size=8)
    for one in day.papers:
        paper = one.paper
        total.update(f"{(paper.id, paper.title, paper.abstract, paper.tags)!r}\n".encode())
    return total.hexdigest()


class _Term:
    """A term's summary while it is counted."""

    __slots__ = ("beside", "count", "hash")

    def __init__(self) -> None:
        self.count = 0
        self.hash = hashlib.blake2b(digest_size=8)
        self.beside: Counter[str] = Counter()

    def add(self, row: bytes, tags: Iterable[str]) -> None:
        self.count += 1
        self.hash.update(row)
        self.beside.update(tags)

    def summary(self) -> TermSummary:
        ranked = sorted(self.beside.items(), key=lambda pair: (-pair[1], pair[0]))
        return TermSummary(self.count, self.hash.hexdigest(), dict(ranked[:20]))


class Archive:
    """All months: their summaries at hand, their papers read when asked for.

    `load` gives a month's days; whoever keeps them keeps few, so that memory does not grow with the
    archive. `load_day` gives one day, which may be quicker.
    """

    def __init__(
        self,
        summaries: Iterable[Summary],
        load: Callable[[str], Month],
        load_day: Callable[[date], Day] | None = None,
    ) -> None:
        self.months = {summary.key: summary for summary in summaries}
        self.keys = sorted(self.months)
        self.month = load
        self._load_day = load_day or self._of_month
        self.days = {
            date.fromisoformat(day.iso): day for key in self.keys for day in self.months[key].days
        }
        self.ids = {key for month in self.months.values() for key in month.ids}
        self.published = sorted(when for when, day in self.days.items() if day.count)
        self._place = {when: n for n, when in enumerate(self.published)}
        self.weeks = sorted({when.isocalendar()[:2] for when in self.published})

    @cached_property
    def firsts(self) -> dict[str, dict[str, date]]:
        """The day that first published each paper that stands on another now, by its month and id:
        a ledger names it there, and no page of that day holds it."""
        moved: dict[str, date] = {}
        for when, day in self.days.items():
            for one in day.missing:
                if one in self.ids:
                    moved[one] = min(when, moved.get(one, when))
        found: dict[str, dict[str, date]] = {}
        for key in self.keys if moved else ():
            for one in self.months[key].ids:
                if one in moved:
                    found.setdefault(key, {})[one] = moved[one]
        return found

    def first(self, placed: Placed) -> date:
        """The day that a paper was first published on."""
        moved = self.firsts.get(f"{placed.date:%Y-%m}", {})
        return moved.get(placed.paper.id, placed.date)

    @property
    def newest(self) -> date | None:
        """The newest day that has papers: the digest's "today"."""
        return self.published[-1] if self.published else None

    @property
    def count(self) -> int:
        """How many papers there are."""
        return sum(summary.count for summary in self.months.values())

    def day(self, when: date) -> Day | None:
        """A day; None where it has no folder."""
        return self._load_day(when) if when in self.days else None

    def _of_month(self, when: date) -> Day:
        month = self.month(f"{when:%Y-%m}")
        return next(day for day in month.days if day.date == when)

    def neighbours(self, when: date) -> tuple[date | None, date | None]:
        """The days with papers before and after one."""
        place = self._place.get(when)
        if place is None:
            before = [day for day in self.published if day < when]
            after = [day for day in self.published if day > when]
            return (before[-1] if before else None, after[0] if after else None)
        return (
            self.published[place - 1] if place else None,
            self.published[place + 1] if place + 1 < len(self.published) else None,
        )
