"""Whether what the cache claims of a day or a month can be what their files say: of these files,
and with no id, slug or address that content would be refused for. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from ..content.disk import DaySources
from ..content.pages.identity import is_id
from ..papers import Paper
from ..slugs import SLUG
from ..weburl import is_web_address
from .model import Day, day_fingerprint
from .summaries import Summary

_IDS = re.compile(r"(?:[a-z0-9]+(?:[.-]+[a-z0-9]+)*\n)*")


def can_be_day(day: Day, sources: DaySources, topics: Collection[str]) -> bool:
    """Return whether a cached day can be of these files, in an archive of these topics."""
    used = {placed.topic: None for placed in day.papers}
    paths = {page.path for page in sources.pages}
    return (
        day.date == sources.date
        and all(placed.date == day.date and placed.path in paths for placed in day.papers)
        and used.keys() <= set(topics)
        and day.fingerprint == day_fingerprint(sources.fingerprint(), used)
        and all(_can_be_paper(placed.paper) for placed in day.papers)
        and are_ids((*day.missing, *day.listed))
    )


def can_be_month(summary: Summary, key: str, days: Sequence[date], topics: Collection[str]) -> bool:
    """Return whether a cached summary can be of a month with these days, in an archive of these
    topics."""
    known = set(topics)
    return (
        summary.key == key
        and [day.iso for day in summary.days] == [day.isoformat() for day in days]
        and all(min(day.count, day.ever) >= 0 for day in summary.days)
        and summary.count == len(summary.ids)
        and summary.topics.keys() <= known
        and all(slug in known for day in summary.days for slug, _ in day.topics)
        and all(map(SLUG.match, summary.tags))
        and are_ids(summary.ids)
    )


def are_ids(texts: Iterable[str]) -> bool:
    """Return whether texts, of which there may be thousands, are ids of papers."""
    lines = "\n".join((*texts, ""))
    return ".." not in lines and _IDS.fullmatch(lines) is not None


def _can_be_paper(paper: Paper) -> bool:
    addresses = (paper.url, paper.code, paper.project, paper.media)
    return (
        is_id(paper.id)
        and all(map(SLUG.match, paper.tags))
        and all(is_web_address(one) for one in addresses if one is not None)
    )
