"""What rose and what fell in a week or a month: topics and tags with more, or fewer, papers than
the weeks (months) before let expect. Made of the months' summaries: no day is read. Pure.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from heapq import nsmallest

from .. import calendar
from ..archive.archive import Archive
from ..archive.summaries import DaySummary, Summary
from ..locale import Words
from ..render.labels import Labels
from ..render.views import MoveRow, MovesView

WEEKS, MONTHS = 4, 3
"""How many weeks, and months, before one are compared with it."""

_MOST = 6  # rows that rose, and as many that fell
_LEAST = 1.0  # of a row's surplus, in standard deviations or so
_LETTERS = 24  # of a label that surely fits into the figure; wide letters count twice
_SQUEEZED = 34  # of one that fits when its letters are set narrower; longer ones are cut
_ROW, _HEADING = 22, 26  # heights, in the units of the figure
_BARS = 110  # the longest bar

Counts = Mapping[tuple[str, str], int]
"""Papers by ("topic" or "tag", slug)."""


def week_counts(days: Iterable[date], archive: Archive) -> tuple[Counter[tuple[str, str]], int]:
    """Return the papers of some days by topic and tag, and of all."""
    found: Counter[tuple[str, str]] = Counter()
    total = 0
    for when in days:
        day: DaySummary | None = archive.days.get(when)
        if day is None:
            continue
        total += day.count
        for kind, pairs in (("topic", day.topics), ("tag", day.tags)):
            for slug, count in pairs:
                found[kind, slug] += count
    return found, total


def month_counts(summary: Summary) -> tuple[Counter[tuple[str, str]], int]:
    """Return the papers of a month by topic and tag, and of all."""
    found: Counter[tuple[str, str]] = Counter()
    for kind, terms in (("topic", summary.topics), ("tag", summary.tags)):
        for slug, term in terms.items():
            found[kind, slug] = term.count
    return found, summary.count


def days_before(first: date) -> list[date]:
    """Return the days of the weeks that a week is compared with, given its first day."""
    return [first - timedelta(back) for back in range(7 * WEEKS, 0, -1)]


def week_moves(key: str, archive: Archive, labels: Labels) -> MovesView | None:
    """Return what moved in a week against the weeks before; None without enough papers in them."""
    days = calendar.week_days(key)
    before = [
        week_counts([when + timedelta(7 * at) for when in days_before(days[0])[:7]], archive)
        for at in range(WEEKS)
    ]
    words = labels.words
    title = words.gettext("Against the %(count)s weeks before", count=_there(before))
    return moves(week_counts(days, archive), before, labels, title)


def month_moves(key: str, archive: Archive, labels: Labels) -> MovesView | None:
    """Return what moved in a month against the months before; None without any."""
    at = archive.keys.index(key)
    before = [month_counts(archive.months[one]) for one in archive.keys[max(at - MONTHS, 0) : at]]
    words = labels.words
    title = words.gettext("Against the %(count)s months before", count=_there(before))
    return moves(month_counts(archive.months[key]), before, labels, title)


def _there(spans: Sequence[tuple[Counts, int]]) -> int:
    return sum(total > 0 for _, total in spans)


def moves(
    now: tuple[Counts, int], before: Sequence[tuple[Counts, int]], labels: Labels, title: str
) -> MovesView | None:
    """Return the topics and tags that moved most: those whose count of papers is farthest from
    their usual share of all papers, in spans with as many. None where nothing is to be told: fewer
    than two spans before have papers, or all is as usual."""
    counts, total = now
    earlier: Counter[tuple[str, str]] = Counter()
    for one, _ in before:
        earlier.update(one)
    past = sum(count for _, count in before)
    if _there(before) < 2 or not total:
        return None
    rows = []
    for term in counts.keys() | earlier.keys():
        count, usual = counts.get(term, 0), earlier[term] * total / past
        surplus = (count - usual) / (usual + 1) ** 0.5
        if abs(surplus) >= _LEAST and round(usual) != count:
            rows.append((-abs(surplus), term, count, round(usual)))
    rose = nsmallest(_MOST, (row for row in rows if row[2] > row[3]))
    fell = nsmallest(_MOST, (row for row in rows if row[2] < row[3]))
    if not rose and not fell:
        return None
    top = max(max(row[2:]) for row in (*rose, *fell))
    return _view(rose, fell, top, labels, title)


_Row = tuple[float, tuple[str, str], int, int]


def _view(
    rose: Sequence[_Row], fell: Sequence[_Row], top: int, labels: Labels, title: str
) -> MovesView:
    words = labels.words
    groups = []
    y = 0
    told = []
    for name, rows in ((words.gettext("More than usual"), rose),
                       (words.gettext("Fewer than usual"), fell)):  # fmt: skip
        if not rows:
            continue
        heading = y + 18
        y += _HEADING
        shown = []
        for _, term, count, usual in rows:
            label = labels.term(*term).label
            shown.append(
                MoveRow(
                    label=(cut := _cut(label)),
                    squeezed=_width(cut) > _LETTERS,
                    kind=term[0],
                    count=count,
                    usual=usual,
                    y=y,
                    width=round(_BARS * count / top),
                    mark=round(_BARS * usual / top),
                )
            )
            told.append((name, label, count, usual))
            y += _ROW
        groups.append((name, heading, tuple(shown)))
    return MovesView(
        title=title, description=_described(told, words), height=y, groups=tuple(groups)
    )


def _described(told: Sequence[tuple[str, str, int, int]], words: Words) -> str:
    """Return in words what the figure shows."""
    parts = []
    for name in dict.fromkeys(row[0] for row in told):
        rows = "; ".join(
            words.gettext("%(name)s %(count)s, usually %(usual)s", name=label, count=c, usual=u)
            for group, label, c, u in told
            if group == name
        )
        parts.append(f"{name}: {rows}.")
    return " ".join(parts)


def _cut(label: str) -> str:
    """Return a label that fits into the figure, by the width of its letters."""
    width = 0
    for at, letter in enumerate(label):
        width += _width(letter)
        if width > _SQUEEZED:
            return label[: at - 1].rstrip() + "…"
    return label


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
