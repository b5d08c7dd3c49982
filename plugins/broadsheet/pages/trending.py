"""/trending/ and its feed: the papers of the last 7, 30 and 90 days by a stated formula, and the
topics and tags that more papers have than before. Days are counted back from the newest day of the
archive, never from the clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from heapq import nsmallest

from .. import urls
from ..archive.briefs import Brief
from ..archive.ranking import NOTE, ranked
from ..feeds.links import TRENDING, digest_links, digest_title
from ..incremental.plan import File, Target, fingerprint
from ..locale import Words
from ..render.labels import Labels
from ..render.papers import brief_row
from ..render.views import Link, RiseView, TrendingView
from ..urls import AddressKind, feed_kind
from .context import BuildInputs
from .kind import PageKind

SPANS = (7, 30, 90)  # days
FEED_SPAN = 7  # days
RISING = 12  # topics and tags
RECENT = 30  # days that are compared with as many before them
CHART = 13  # spans of a week in a chart: a quarter of a year


def formula(words: Words) -> str:
    """Return in words how papers are ranked."""
    return words.gettext(
        "Each paper counts 1, and 1 for each of its votes, and %(note)s for each note that a "
        "curator wrote on it. That is halved for every half of the span that lies between its day "
        "and the newest. Without votes and notes, the newest papers stand first; among equals, the "
        "order is that of their day.",
        note=NOTE,
    )


def rises(papers: Sequence[Brief], newest: date, labels: Labels) -> tuple[RiseView, ...]:
    """Return the topics and tags that rise most: those with more papers in the last 30 days than in
    the 30 before, relative to all papers, ordered by the surplus over the expected count."""
    weeks: dict[tuple[str, str], list[int]] = {}
    now: Counter[tuple[str, str]] = Counter()
    before: Counter[tuple[str, str]] = Counter()
    totals = [0, 0]
    for brief in papers:
        age = (newest - date.fromisoformat(brief.iso)).days
        terms = [("topic", brief.topic), *(("tag", tag) for tag in brief.tags)]
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
        _rise(labels.term(*term), count, before[term], weeks[term], term[0])
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


class TrendingPage(PageKind):
    """The page and the feed of what trends; neither exists before there is a paper."""

    name = "trending"
    addresses = (
        AddressKind(
            urls.TRENDING,
            lambda site, _: site.has_papers,
            of_site=lambda site: [urls.TRENDING] * site.has_papers,
        ),
        feed_kind(TRENDING, lambda site, _: site.has_papers),
    )
    templates = ("trending.html",)

    @classmethod
    def menu(cls, inputs: BuildInputs) -> Iterable[Link]:
        """Return the link to the page."""
        if inputs.archive.newest is not None:
            yield Link(
                path=urls.TRENDING, label=inputs.settings.words.gettext("Trending"), kind="trending"
            )

    def site_targets(self) -> Iterable[Target]:
        """Return a target for the page, and one for the feed."""
        newest = self._archive.newest
        if newest is None:
            return
        base = self._context.base
        parts = base | {
            "templates": self._context.templates.fingerprints(self.templates),
            "content": fingerprint(self._days(newest, max(SPANS))),
        }
        yield Target("trending", parts, lambda: [self._page(newest)])
        days = self._days(newest, FEED_SPAN)
        months = sorted({f"{when:%Y-%m}" for when, _ in days})
        parts = base | {
            "content": fingerprint(days),
            "firsts": self._context.feeds.firsts(months),
        }
        yield Target(f"feeds/{TRENDING}", parts, partial(self._feed_files, newest))

    def _days(self, newest: date, span: int) -> list[tuple[date, str]]:
        """The days of the last `span` days that have papers, with their fingerprints."""
        first = newest - timedelta(span - 1)
        return [
            (when, day.fingerprint)
            for when, day in sorted(self._archive.days.items())
            if when >= first
        ]

    def _page(self, newest: date) -> File:
        papers = self._context.briefs.since(newest - timedelta(max(SPANS) - 1))
        words = self._words
        return self._printer.page(
            "trending.html",
            self._printer.head(
                urls.TRENDING,
                words.gettext("Trending"),
                words.gettext("What readers and curators picked."),
                feeds=digest_links(TRENDING, self._settings.name, words),
            ),
            newest=Link(path=urls.day(newest), label=words.dates.plain(newest)),
            formula=formula(words),
            spans=tuple(
                TrendingView(
                    days=span,
                    title=words.ngettext("Last %(count)s day", "Last %(count)s days", span),
                    rows=tuple(
                        brief_row(brief, self._labels) for brief in ranked(papers, newest, span)
                    ),
                )
                for span in SPANS
            ),
            rises=rises(papers, newest, self._labels),
        )

    def _feed_files(self, newest: date) -> Iterable[File]:
        recent = self._context.briefs.since(newest - timedelta(FEED_SPAN - 1))
        papers = [
            (date.fromisoformat(brief.iso), brief.id) for brief in ranked(recent, newest, FEED_SPAN)
        ]
        feeds = self._context.feeds
        return feeds.formats(
            TRENDING,
            digest_title(TRENDING, feeds.name, self._words),
            self._words.gettext("What readers and curators picked of the last seven days"),
            urls.TRENDING,
            feeds.items_of(sorted(papers, key=lambda pair: pair[0], reverse=True)),
        )
