"""How a day shows: its papers by topic, its neighbours, and what came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from .. import calendar, urls
from ..archive.archive import Archive
from ..archive.ledger_summary import LedgerSummary
from ..archive.model import Day, Placed
from ..render.labels import Labels
from ..render.papers import title_row, view
from ..render.views import DayRef, DayView, GroupView, Link, PaperView, TitleRow

# What sources are called; another is called by its name in the listing's file name.
_SOURCES = {"huggingface": "Hugging Face", "arxiv": "arXiv", "text": "a copied page"}
FRONT = 5  # papers at the top of a day
CURATED = 10  # papers with notes that a week or a month names


def reading_order(day: Day) -> list[Placed]:
    """A day's papers as they are read: by topic, the most voted first, then as listed."""
    ordered: list[Placed] = []
    for _, group in groupby(day.papers, key=lambda one: one.topic):
        ordered.extend(sorted(group, key=lambda one: -(one.paper.upvotes or 0)))
    return ordered


def day_view(
    day: Day, archive: Archive, names: Labels, edit: Callable[[str], str | None]
) -> DayView:
    """A whole day."""
    ordered = reading_order(day)
    groups = tuple(
        _group(day.date, slug, tuple(view(one, names, edit) for one in papers), names)
        for slug, papers in groupby(ordered, key=lambda one: one.topic)
    )
    before, after = archive.neighbours(day.date)
    month = f"{day.date:%Y-%m}"
    week = urls.week_key(day.date)
    return DayView(
        iso=day.date.isoformat(),
        path=urls.day(day.date),
        title=calendar.full(day.date),
        weekday=calendar.weekday(day.date),
        date=calendar.plain(day.date),
        count=len(day.papers),
        groups=groups,
        previous=day_link(before),
        next=day_link(after),
        month=Link(path=urls.month(month), label=calendar.month(month)),
        week=Link(path=urls.week(week), label=calendar.week(week)),
        ledger=intake_line(
            day.intake,
            gone=sum(key not in archive.ids for key in archive.days[day.date].missing),
        ),
        edit=edit(f"{day.date:%Y/%m/%d}"),
        front=front(ordered, names),
    )


def _group(when: date, slug: str, papers: tuple[PaperView, ...], names: Labels) -> GroupView:
    topic = names.vocabulary.topic_by_slug[slug]
    return GroupView(
        topic=Link(path=urls.day_topic(when, slug), label=topic.name, kind=slug, count=len(papers)),
        description=topic.description,
        papers=papers,
    )


def front(ordered: list[Placed], names: Labels) -> tuple[TitleRow, ...]:
    """The most voted papers of a day, a week or a month; none where no paper has votes, or where
    few stand below them."""
    voted = [one for one in ordered if one.paper.upvotes]
    if not voted or len(ordered) < 3 * FRONT:
        return ()
    voted.sort(key=lambda one: -(one.paper.upvotes or 0))
    return tuple(title_row(one, names, first=not n) for n, one in enumerate(voted[:FRONT]))


def curated(placed: Iterable[Placed], names: Labels) -> tuple[TitleRow, ...]:
    """The papers that curators wrote notes on, the most notes first."""
    noted = [one for one in placed if one.paper.notes]
    noted.sort(key=lambda one: -len(one.paper.notes))
    return tuple(title_row(one, names) for one in noted[:CURATED])


def day_link(when: date | None) -> Link | None:
    """A link to a day, by its weekday and date."""
    return None if when is None else Link(path=urls.day(when), label=calendar.short(when))


def day_ref(when: date, archive: Archive, *, outside: bool = False) -> DayRef:
    """A day in a calendar or a list. Its heat is 1 to 4 by its papers: up to 10, 25, 50, more."""
    known = archive.days.get(when)
    count = known.count if known else 0
    heat = 0 if not count else 1 + (count > 10) + (count > 25) + (count > 50)
    return DayRef(
        iso=when.isoformat(),
        path=urls.day(when) if known else None,
        label=calendar.short(when),
        number=when.day,
        count=count,
        heat=heat,
        outside=outside,
    )


def intake_line(intake: LedgerSummary | None, *, gone: int) -> str | None:
    """What came in on a day in one quiet line for readers; None where nothing tells. `gone` are
    papers that a curator took out of the pages: declined, as those that the ledger calls so."""
    if intake is None:
        return None
    sources = " and ".join(dict.fromkeys(_SOURCES.get(one, one) for one in intake.sources))
    if intake.nothing:
        return f"Nothing from {sources}: {intake.nothing}."
    twins = intake.doubles
    declined = intake.declined + gone
    parts = [
        f"{intake.listed} listed",
        f"{intake.listed - len(twins) - declined} published",
    ]
    if twins:
        days = [calendar.plain(date.fromisoformat(one)) for one in dict.fromkeys(twins)]
        of = " and ".join(days) if len(days) <= 2 else "other days"
        parts.append(f"{len(twins)} duplicate{'s' * (len(twins) != 1)} of {of}")
    if declined:
        parts.append(f"{declined} declined")
    when = f", captured {calendar.moment(intake.captured)}" if intake.captured else ""
    return f"From {sources}{when}: {', '.join(parts)}."
