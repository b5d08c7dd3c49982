"""Whole days and weeks as items of the daily and the weekly feed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from .. import calendar, feeds, urls
from ..archive.archive import Archive
from ..archive.model import Placed
from ..render.labels import Labels
from . import Item
from .source import ItemSource

DAYS = 14  # in the daily feed
LEADS = 60  # papers of a day that are listed with their leads; of longer days the titles do
WEEKS = 8  # in the weekly feed
WEEK_TOPIC = 10  # papers of a topic in a week's item, the most voted


def newest_days(archive: Archive) -> list[date]:
    """The days of the daily feed, newest first."""
    return archive.published[: -DAYS - 1 : -1]


def newest_weeks(archive: Archive) -> list[tuple[str, list[date]]]:
    """The weeks of the weekly feed, newest first, with their days that have papers: those that are
    over, as a week is once its Sunday, or a later day, has papers."""
    newest = archive.newest
    if newest is None:
        return []
    found: dict[str, list[date]] = {}
    for day in reversed(archive.published):
        key = urls.week_key(day)
        if key not in found and len(found) == WEEKS + 1:
            break
        found.setdefault(key, []).insert(0, day)
    over = [(key, days) for key, days in found.items() if calendar.week_days(key)[-1] <= newest]
    return over[:WEEKS]


def day_item(when: date, names: Labels, stock: ItemSource) -> Item:
    """A day: its papers by topic."""
    day = stock.day(when)
    short = len(day.papers) > LEADS
    return feeds.day_item(
        kind="day",
        key=when.isoformat(),
        title=calendar.full(when),
        link=stock.site + urls.day(when),
        papers=[
            (
                names.topic(topic).label,
                [stock.headline(one, lead=not short) for one in members],
            )
            for topic, members in groupby(day.papers, key=lambda one: one.topic)
        ],
        published=feeds.begin(when, stock.zone),
        identity=stock.identity,
    )


def week_item(key: str, days: list[date], names: Labels, stock: ItemSource) -> Item:
    """A week: of each topic the most voted papers."""
    groups: dict[str, list[Placed]] = {}
    for when in days:
        for one in stock.day(when).papers:
            groups.setdefault(one.topic, []).append(one)
    papers = []
    for slug in (topic.slug for topic in names.vocabulary.topics if topic.slug in groups):
        ranked = sorted(groups[slug], key=lambda one: -(one.paper.upvotes or 0))
        label = names.topic(slug).label
        if len(ranked) > WEEK_TOPIC:
            label += f" ({WEEK_TOPIC} of {len(ranked)})"
        papers.append((label, [stock.headline(one) for one in ranked[:WEEK_TOPIC]]))
    span = calendar.week_days(key)
    return feeds.day_item(
        kind="week",
        key=key,
        title=f"{calendar.week(key)}: {calendar.span(span[0], span[-1])}",
        link=stock.site + urls.week(key),
        papers=papers,
        published=feeds.begin(span[-1] + timedelta(1), stock.zone),
        identity=stock.identity,
    )
