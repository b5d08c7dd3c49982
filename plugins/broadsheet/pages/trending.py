"""What trends: the papers of the last 7, 30 and 90 days by a stated formula, and the topics and
tags that more papers have than before. Counted back from the newest day, never from the clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from heapq import nsmallest

from .. import calendar, urls
from ..archive.archive import Archive
from ..archive.briefs import Brief, Briefs
from ..archive.ranking import NOTE, ranked
from ..feeds.targets import TRENDING, digest_links
from ..incremental.plan import File, Target, fingerprint
from ..render import markdown
from ..render.labels import Labels
from ..render.papers import short_date
from ..render.templates import Printer
from ..render.views import Link, RiseView, TitleRow, TrendingView

TEMPLATE = "trending.html"
SPANS = (7, 30, 90)  # days
RISING = 12  # topics and tags
RECENT = 30  # days that are compared with as many before them
CHART = 13  # spans of a week in a chart: a quarter of a year
FORMULA = (
    f"Each paper counts 1, and 1 for each of its votes, and {NOTE} for each note that a curator "
    "wrote on it. That is halved for every half of the span that lies between its day and the "
    "newest. Without votes and notes, the newest papers stand first; among equals, the order is "
    "that of their day."
)


def rises(papers: Sequence[Brief], newest: date, names: Labels) -> tuple[RiseView, ...]:
    """The topics and tags that rise most: more papers in the last 30 days than in the 30 before,
    for its share of all papers, by the surplus over what was to be expected."""
    weeks: dict[tuple[str, str], list[int]] = {}
    now: Counter[tuple[str, str]] = Counter()
    before: Counter[tuple[str, str]] = Counter()
    totals = [0, 0]
    for one in papers:
        age = (newest - date.fromisoformat(one.iso)).days
        terms = [("topic", one.topic), *(("tag", tag) for tag in one.tags)]
        if age < RECENT:
            now.update(terms)
            totals[0] += 1
        elif age < 2 * RECENT:
            before.update(terms)
            totals[1] += 1
        week = age // 7
        if week < CHART:
            for term in terms:
                weeks.setdefault(term, [0] * CHART)[CHART - 1 - week] += 1
    if not totals[1]:
        return ()
    rows = []
    for term, count in now.items():
        expected = before[term] * totals[0] / totals[1]
        surplus = (count - expected) / (expected + 3) ** 0.5
        if count > before[term] and surplus > 0.5:
            rows.append((-surplus, term, count))
    return tuple(
        _rise(names.term(*term), count, before[term], weeks[term], term[0])
        for _, term, count in nsmallest(RISING, rows)
    )


def _rise(link: Link, count: int, before: int, weeks: list[int], kind: str) -> RiseView:
    top = max(weeks)
    return RiseView(
        path=link.path,
        label=link.label,
        kind=kind,
        count=count,
        before=before,
        weeks=tuple(weeks),
        bars="".join(
            f"M{place * 6} 24v-{round(24 * week / top)}h5v{round(24 * week / top)}z"
            for place, week in enumerate(weeks)
            if week
        ),
    )


class Trending:
    """The page. `base` are the parts that every page depends on."""

    def __init__(
        self,
        archive: Archive,
        briefs: Briefs,
        names: Labels,
        printer: Printer,
        parts: Mapping[str, str],
    ) -> None:
        self._archive = archive
        self._briefs = briefs
        self._names = names
        self._printer = printer
        self._parts = dict(parts)

    def groups(self) -> Iterator[Target]:
        """The page's group; none before there is a paper."""
        newest = self._archive.newest
        if newest is None:
            return
        first = newest - timedelta(max(SPANS) - 1)
        content = fingerprint(
            [(when, day.digest) for when, day in sorted(self._archive.days.items())
             if when >= first]
        )  # fmt: skip
        yield Target("trending", self._parts | {"content": content}, lambda: [self._page(newest)])

    def _page(self, newest: date) -> File:
        papers = self._briefs.since(newest - timedelta(max(SPANS) - 1))
        return self._printer.page(
            TEMPLATE,
            self._printer.head(
                urls.TRENDING,
                "Trending",
                "What readers and curators picked.",
                feeds=digest_links(TRENDING, self._printer.site_name),
            ),
            newest=Link(path=urls.day(newest), label=calendar.plain(newest)),
            formula=FORMULA,
            spans=tuple(
                TrendingView(
                    days=span,
                    title=f"Last {span} days",
                    rows=tuple(self._row(one) for one in ranked(papers, newest, span)),
                )
                for span in SPANS
            ),
            rises=rises(papers, newest, self._names),
        )

    def _row(self, one: Brief) -> TitleRow:
        return TitleRow(
            path=urls.paper(one.id),
            title_html=markdown.unannotated(markdown.title(one.title)),
            authors_short=one.authors,
            iso=one.iso,
            topic=self._names.topic(one.topic),
            upvotes=one.upvotes,
            date=short_date(date.fromisoformat(one.iso)),
        )
