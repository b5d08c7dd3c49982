"""Make issues from the archive: a day or a week as an `Issue`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from .. import calendar, urls
from ..archive.model import Day, PublishedPaper, leading
from ..feeds import begin
from ..io.settings import Settings
from ..render.labels import Labels
from ..render.machine_summaries import machine_summary
from ..render.papers import links
from ..text.names import authors_short
from ..text.plain import plain
from .model import Issue, IssueSection, Story

WEEK_TOPIC = 8
"""Papers of a topic in a week's message, those with the most votes."""

_LINKS = ("arxiv", "doi", "paper", "code", "project", "more")
"""The kinds of links that stories have: all but the built-in ones, with those of the settings."""


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """What an issue is limited to: a subscription's name and title, and the ids of its papers."""

    name: str
    title: str
    ids: frozenset[str]


def daily(day: Day, labels: Labels, settings: Settings, only: IssueFilter | None = None) -> Issue:
    """Return a day's issue: pinned papers, then the others by topic, those with the most votes
    first."""
    page = _page(urls.day(day.date), only)
    return Issue(
        kind="daily",
        key=day.date.isoformat(),
        heading=labels.words.dates.full(day.date),
        address=_absolute(settings, page),
        moment=begin(day.date, ZoneInfo(settings.timezone)),
        sections=_sections(
            [day], labels, settings, only, page, lambda topic: urls.day_topic(day.date, topic), None
        ),
        subscription=only.name if only else "",
        about=only.title if only else "",
    )


def weekly(
    key: str,
    days: Sequence[Day],
    labels: Labels,
    settings: Settings,
    only: IssueFilter | None = None,
) -> Issue:
    """Return a finished week's issue: pinned papers, then of each topic those with the most
    votes."""
    page = _page(urls.week(key), only)
    span = calendar.week_days(key)
    return Issue(
        kind="weekly",
        key=key,
        heading=labels.words.gettext(
            "%(week)s: %(days)s",
            week=labels.words.week(key),
            days=labels.words.dates.span(span[0], span[-1]),
        ),
        address=_absolute(settings, page),
        moment=begin(span[-1] + timedelta(1), ZoneInfo(settings.timezone)),
        sections=_sections(
            days, labels, settings, only, page, lambda _: urls.week(key),
            None if only else WEEK_TOPIC,
        ),
        subscription=only.name if only else "",
        about=only.title if only else "",
    )  # fmt: skip


def _page(path: str, only: IssueFilter | None) -> str:
    """Return the page of an issue: the subscription's where there is one, otherwise `path`."""
    return urls.subscription(only.name) if only else path


def _absolute(settings: Settings, path: str) -> str:
    return f"{settings.url}/{path}"


def _sections(
    days: Sequence[Day],
    labels: Labels,
    settings: Settings,
    only: IssueFilter | None,
    page: str,
    address: Callable[[str], str],
    most: int | None,
) -> tuple[IssueSection, ...]:
    """Return a section for pinned papers, if there are any, and one for each topic with others, in
    the vocabulary's order. `page` is the issue's page, `address` gives that of a topic's slug;
    `most` limits the papers of a section (None: no limit)."""
    by_topic: dict[str, list[PublishedPaper]] = {}
    for day in days:
        for location in day.papers:
            if only is None or location.paper.id in only.ids:
                by_topic.setdefault(location.topic, []).append(location)
    sections = []
    pinned = [one for papers in by_topic.values() for one in papers if one.paper.pinned]
    if pinned:
        sections.append(
            IssueSection(
                heading=labels.words.gettext("To read first"),
                address=_absolute(settings, page),
                stories=tuple(_story(one, labels, settings) for one in pinned[:most]),
                total=len(pinned),
            )
        )
        by_topic = {
            slug: rest
            for slug, papers in by_topic.items()
            if (rest := [one for one in papers if not one.paper.pinned])
        }
    for slug in (topic.slug for topic in labels.vocabulary.topics if topic.slug in by_topic):
        ranked = sorted(by_topic[slug], key=leading)
        sections.append(
            IssueSection(
                heading=labels.topic(slug).label,
                address=_absolute(settings, _page(address(slug), only)),
                stories=tuple(_story(location, labels, settings) for location in ranked[:most]),
                total=len(ranked),
            )
        )
    return tuple(sections)


def _story(location: PublishedPaper, labels: Labels, settings: Settings) -> Story:
    paper = location.paper
    title = plain(paper.title)
    lead, said = labels.lead(paper), machine_summary(paper, labels.words)
    return Story(
        title=title,
        address=_absolute(settings, urls.paper(paper.id)),
        authors=authors_short(paper.authors, paper.author_count, labels.words),
        lead=str(lead),
        summary=said.line if said and said.text != lead.text else "",
        votes=paper.upvotes,
        links=tuple(
            (link.label, link.path) for link in links(paper, title, labels) if link.kind in _LINKS
        ),
        notes=tuple(plain(note.text) for note in paper.notes),
        pinned=paper.pinned,
    )


def finished_weeks(published: Sequence[date]) -> dict[str, list[date]]:
    """Return the weeks that are over, oldest first, each with its days that have papers. A week is
    over when its Sunday, or a later day, has papers."""
    weeks: dict[str, list[date]] = {}
    for day in published:
        weeks.setdefault(urls.week_key(day), []).append(day)
    newest = published[-1] if published else None
    return {
        key: days
        for key, days in weeks.items()
        if newest is not None and calendar.week_days(key)[-1] <= newest
    }
