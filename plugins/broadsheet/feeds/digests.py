"""Whole days and weeks as items of the daily and the weekly feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from html import escape
from itertools import groupby

from .. import calendar, urls
from ..archive.archive import Archive
from ..archive.model import PublishedPaper, leading
from ..render.labels import Labels
from ..text.plain import plain
from . import items
from .item_source import ItemSource
from .model import Item

DAYS = 14
"""The days in the daily feed."""
LEADS = 60
"""The most papers of a day that are listed with their leads; of longer days the titles are."""
WEEKS = 8
"""The weeks in the weekly feed."""
WEEK_TOPIC = 10
"""The papers of a topic in a week's item, those with the most votes."""


def newest_days(archive: Archive) -> list[date]:
    """Return the days of the daily feed, newest first."""
    return archive.published[: -DAYS - 1 : -1]


def newest_weeks(archive: Archive) -> list[tuple[str, list[date]]]:
    """Return the weeks of the weekly feed ("2025-W32"), newest first, with their days that have
    papers. A week is in it when it is over: once its Sunday, or a later day, has papers."""
    newest = archive.newest
    if newest is None:
        return []
    weeks: dict[str, list[date]] = {}
    for day in reversed(archive.published):
        key = urls.week_key(day)
        if key not in weeks and len(weeks) == WEEKS + 1:
            break
        weeks.setdefault(key, []).insert(0, day)
    over = [(key, days) for key, days in weeks.items() if calendar.week_days(key)[-1] <= newest]
    return over[:WEEKS]


def day_item(when: date, labels: Labels, source: ItemSource) -> Item:
    """Return a day as an item named by its leading paper: how many papers each topic has, then the
    papers by topic, the most voted first."""
    day = source.day(when)
    words = labels.words
    others = len(day.papers) - 1
    leader = plain(min(day.papers, key=leading).paper.title)
    title = words.dates.full(when)
    if others:
        title = words.ngettext(
            "%(title)s and %(count)s more paper: %(day)s",
            "%(title)s and %(count)s more papers: %(day)s",
            others,
            title=leader,
            day=title,
        )
    else:
        title = words.gettext("%(title)s: %(day)s", title=leader, day=title)
    short = len(day.papers) > LEADS
    return items.day_item(
        kind="day",
        key=when.isoformat(),
        title=title,
        begin=_counts(when, day.papers, labels, source.site),
        link=source.site + urls.day(when),
        papers=[
            (heading, [source.headline(placed, lead=not short) for placed in members])
            for heading, members in _by_heading(day.papers, labels)
        ],
        published=items.begin(when, source.zone),
        words=words,
        identity=source.identity,
    )


def _counts(when: date, papers: Sequence[PublishedPaper], labels: Labels, site: str) -> str:
    """Return in a line of HTML how many of a day's papers each topic has, with links."""
    counts = Counter(placed.topic for placed in papers)
    return "<p>" + " · ".join(
        f'<a href="{escape(site + urls.day_topic(when, slug))}">'
        f"{escape(labels.topic(slug).label, quote=False)}</a> {count}"
        for slug, count in counts.items()
    ) + "</p>"  # fmt: skip


def _by_heading(
    papers: Sequence[PublishedPaper], labels: Labels
) -> Iterator[tuple[str, Iterable[PublishedPaper]]]:
    """Yield pinned papers, then the others by topic, each group with its heading."""
    pinned = [placed for placed in papers if placed.paper.pinned]
    if pinned:
        yield labels.words.gettext("To read first"), pinned
    rest = (placed for placed in papers if not placed.paper.pinned)
    for topic, members in groupby(rest, key=lambda placed: placed.topic):
        yield labels.topic(topic).label, sorted(members, key=leading)


def week_item(key: str, days: list[date], labels: Labels, source: ItemSource) -> Item:
    """Return a week as an item: of each topic the papers with the most votes."""
    by_topic: dict[str, list[PublishedPaper]] = {}
    for when in days:
        for placed in source.day(when).papers:
            by_topic.setdefault(placed.topic, []).append(placed)
    papers = []
    for slug in (topic.slug for topic in labels.vocabulary.topics if topic.slug in by_topic):
        ranked = sorted(by_topic[slug], key=leading)
        label = labels.topic(slug).label
        if len(ranked) > WEEK_TOPIC:
            label = labels.words.gettext(
                "%(topic)s (%(shown)s of %(total)s)",
                topic=label,
                shown=WEEK_TOPIC,
                total=len(ranked),
            )
        papers.append((label, [source.headline(placed) for placed in ranked[:WEEK_TOPIC]]))
    span = calendar.week_days(key)
    return items.day_item(
        kind="week",
        key=key,
        title=labels.words.gettext(
            "%(week)s: %(days)s",
            week=labels.words.week(key),
            days=labels.words.dates.span(span[0], span[-1]),
        ),
        link=source.site + urls.week(key),
        papers=papers,
        published=items.begin(span[-1] + timedelta(1), source.zone),
        words=labels.words,
        identity=source.identity,
    )
