"""How topics and tags show: in the index of all, on their own pages, and month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from heapq import nsmallest
from itertools import chain, groupby

from msgspec.structs import replace

from .. import urls
from ..archive.archive import Archive
from ..archive.briefs import Brief
from ..archive.summaries import TermSummary
from ..locale import Words
from ..render.labels import Labels
from ..render.papers import brief_row
from ..render.views import DayRef, Link, TermView, TitleRow
from .day_views import TITLES

Term = tuple[str, str]
"""A term's kind and slug."""

NEWEST = 30  # titles on a term's own page
RELATED = 12  # tags named as coming with it


def _group_names(words: Words) -> dict[str, str]:
    return {
        "method": words.gettext("Methods"),
        "model": words.gettext("Models"),
        "task": words.gettext("Tasks"),
        "field": words.gettext("Fields"),
        "theory": words.gettext("Theory"),
        "resource": words.gettext("Resources"),
    }


@dataclass(frozen=True, slots=True)
class TermUse:
    """Where a term is used: its months, oldest first, with their summaries."""

    kind: str
    slug: str
    months: tuple[tuple[str, TermSummary], ...]

    @property
    def count(self) -> int:
        """Papers that have the term."""
        return sum(term.count for _, term in self.months)


def uses(archive: Archive, kind: str) -> list[TermUse]:
    """Return all topics or tags (`kind`) that papers have, by slug."""
    months: dict[str, list[tuple[str, TermSummary]]] = {}
    for key in archive.keys:
        summary = archive.months[key]
        for slug, term in (summary.topics if kind == "topic" else summary.tags).items():
            months.setdefault(slug, []).append((key, term))
    return [TermUse(kind, slug, tuple(used)) for slug, used in sorted(months.items())]


def term_view(use: TermUse, labels: Labels) -> TermView:
    """Return a topic or a tag with its months and the tags that come with it."""
    beside: Counter[str] = Counter()
    for _, term in use.months:
        beside.update(term.beside)
    related = sorted(beside.items(), key=lambda pair: (-pair[1], pair[0]))[:RELATED]
    return replace(
        _bare(use, use.count, labels),
        months=tuple(
            Link(
                path=urls.term_month(use.kind, use.slug, key),
                label=labels.words.dates.month(key),
                kind=key,
                count=term.count,
            )
            for key, term in reversed(use.months)
        ),
        related=tuple(
            Link(path=labels.tag(slug).path, label=labels.tag(slug).label, kind=slug, count=count)
            for slug, count in related
        ),
    )


def _description(use: TermUse, labels: Labels) -> str:
    if use.kind == "topic":
        return labels.vocabulary.topic_by_slug[use.slug].description
    tag = labels.vocabulary.tag_by_slug.get(use.slug)
    return tag.description if tag else ""


def _group(use: TermUse, labels: Labels) -> str:
    if use.kind == "topic":
        return ""
    tag = labels.vocabulary.tag_by_slug.get(use.slug)
    words = labels.words
    return _group_names(words)[tag.kind] if tag else words.gettext("Curators' own")


def topic_views(archive: Archive, labels: Labels) -> tuple[TermView, ...]:
    """Return the topics that have papers, in topics.yml's order."""
    used = {use.slug: use for use in uses(archive, "topic")}
    return tuple(
        term_view(used[topic.slug], labels)
        for topic in labels.vocabulary.topics
        if topic.slug in used
    )


def tag_groups(archive: Archive, labels: Labels) -> tuple[tuple[str, tuple[TermView, ...]], ...]:
    """Return the tags that papers have, by kind, each kind's tags by name."""
    groups: dict[str, list[TermView]] = {}
    names = _group_names(labels.words)
    order = [names[tag.kind] for tag in labels.vocabulary.tags]
    for use in uses(archive, "tag"):
        view = term_view(use, labels)
        groups.setdefault(view.group, []).append(view)
    ranked = sorted(groups, key=lambda name: order.index(name) if name in order else len(order))
    return tuple(
        (name, tuple(sorted(groups[name], key=lambda term: term.name.casefold())))
        for name in ranked
    )


def month_term_view(use: TermUse, count: int, labels: Labels) -> TermView:
    """Return a topic or a tag as one month shows it; `count` papers of the month have it."""
    return _bare(use, count, labels)


def _bare(use: TermUse, count: int, labels: Labels) -> TermView:
    link = labels.term(use.kind, use.slug)
    return TermView(
        kind=use.kind,
        slug=use.slug,
        name=link.label,
        path=link.path,
        description=_description(use, labels),
        count=count,
        months=(),
        related=(),
        group=_group(use, labels),
    )


class MonthTerms:
    """A month's papers by their topics and tags, made of its papers in brief: no page of content is
    read. Rows are made when they are asked for, each once."""

    def __init__(self, briefs: Sequence[Brief], labels: Labels) -> None:
        self._labels = labels
        self._row = cache(lambda brief: brief_row(brief, labels))
        self._papers: dict[Term, list[Brief]] = {}
        days = [list(papers) for _, papers in groupby(briefs, key=lambda brief: brief.iso)]
        for brief in chain.from_iterable(reversed(days)):
            for term in (("topic", brief.topic), *(("tag", tag) for tag in brief.tags)):
                self._papers.setdefault(term, []).append(brief)

    def papers(self, kind: str, slug: str) -> list[Brief]:
        """Return the papers of a term, the newest day first."""
        return self._papers[kind, slug]

    def newest(self, kind: str, slug: str) -> tuple[TitleRow, ...]:
        """Return the titles on a term's own page, the newest day first."""
        return tuple(map(self._row, self.papers(kind, slug)[:NEWEST]))

    def by_day(self, papers: Sequence[Brief]) -> list[tuple[DayRef, list[TitleRow]]]:
        """Return titles by day, of papers of a term; a day counts these."""
        days = []
        for iso, found in groupby(papers, key=lambda brief: brief.iso):
            rows = list(map(self._row, found))
            when = date.fromisoformat(iso)
            days.append((_day_ref(when, len(rows), self._labels.words), rows))
        return days


def leading_titles(papers: Iterable[Brief]) -> list[str]:
    """Return the first titles of some papers: those of pinned ones, then of the most voted."""
    first = nsmallest(TITLES, papers, key=lambda one: (not one.pinned, -(one.upvotes or 0)))
    return [brief.title for brief in first]


def _day_ref(when: date, count: int, words: Words) -> DayRef:
    return DayRef(
        iso=when.isoformat(),
        path=urls.day(when),
        label=words.dates.short(when),
        number=when.day,
        count=count,
    )
