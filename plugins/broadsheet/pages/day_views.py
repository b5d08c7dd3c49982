"""How a day shows, on its own page and elsewhere: its papers by topic, its neighbours, and what its
ledger says came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from itertools import groupby, islice

from .. import urls
from ..archive.archive import Archive
from ..archive.ledger_summary import LedgerSummary
from ..archive.model import Day, PublishedPaper, leading
from ..locale import ENGLISH, Words
from ..render.labels import Labels
from ..render.papers import title_row, view
from ..render.views import DayRef, DayView, GroupView, Link, PaperView, TitleRow
from ..text.plain import plain

# Names of sources; another is called by its name in the listing's file name, a text as such.
_SOURCES = {"huggingface": "Hugging Face", "arxiv": "arXiv", "text": ""}
FRONT = 5  # papers at the top of a day
TITLES = 3  # that a page's description names
CURATED = 10  # papers with notes that a week or a month names


class DayViews:
    """Days as they show. The last one is cached, for the targets of a day and of its papers."""

    def __init__(self, archive: Archive, labels: Labels, edit: Callable[[str], str | None]) -> None:
        self._archive = archive
        self._labels = labels
        self._edit = edit
        self.view = lru_cache(maxsize=1)(self._view)
        """Return a day of the archive, and its view."""

    def _view(self, when: date) -> tuple[Day, DayView]:
        self._archive.month(f"{when:%Y-%m}")  # reads all days at once; the next targets need them
        day = self._archive.day(when)
        assert day is not None
        return day, day_view(day, self._archive, self._labels, self._edit)


def reading_order(day: Day) -> list[PublishedPaper]:
    """Return a day's papers in reading order: by topic, pinned ones first, then the most voted,
    then as listed."""
    ordered: list[PublishedPaper] = []
    for _, papers in groupby(day.papers, key=lambda placed: placed.topic):
        ordered.extend(sorted(papers, key=leading))
    return ordered


def day_view(
    day: Day, archive: Archive, labels: Labels, edit: Callable[[str], str | None]
) -> DayView:
    """Return a whole day."""
    ordered = reading_order(day)
    groups = tuple(
        _group(day.date, slug, tuple(view(placed, labels, edit) for placed in papers), labels)
        for slug, papers in groupby(ordered, key=lambda placed: placed.topic)
    )
    before, after = archive.neighbours(day.date)
    month = f"{day.date:%Y-%m}"
    week = urls.week_key(day.date)
    words = labels.words
    dates = words.dates
    return DayView(
        iso=day.date.isoformat(),
        path=urls.day(day.date),
        title=dates.full(day.date),
        weekday=dates.weekday(day.date),
        date=dates.plain(day.date),
        count=len(day.papers),
        groups=groups,
        previous=day_link(before, words, day.date),
        next=day_link(after, words, day.date),
        month=Link(path=urls.month(month), label=dates.month(month)),
        week=Link(path=urls.week(week), label=words.week(week)),
        ledger=ledger_line(
            day.ledger_summary,
            words,
            removed=sum(key not in archive.ids for key in archive.days[day.date].missing),
            drafts=day.drafts,
        ),
        edit=edit(f"{day.date:%Y/%m/%d}"),
        front=front(ordered, labels),
        listed=_listed(ordered, day.listed),
    )


def _listed(ordered: list[PublishedPaper], listed: tuple[str, ...]) -> tuple[int, ...]:
    """Return each paper's place in the listing, those that no listing has last; () where that is
    the order shown."""
    place = {key: at for at, key in enumerate(listed)}
    places = [place.get(one.paper.id, len(listed)) for one in ordered]
    return () if places == sorted(places) else tuple(places)


def _group(when: date, slug: str, papers: tuple[PaperView, ...], labels: Labels) -> GroupView:
    topic = labels.vocabulary.topic_by_slug[slug]
    return GroupView(
        topic=Link(path=urls.day_topic(when, slug), label=topic.name, kind=slug, count=len(papers)),
        description=topic.description,
        papers=papers,
    )


def front(ordered: list[PublishedPaper], labels: Labels) -> tuple[TitleRow, ...]:
    """Return the papers at the top of a day, a week or a month: pinned ones, and the most voted;
    the latter not where no paper has votes, or where few stand below them."""
    top = [placed for placed in ordered if placed.paper.pinned]
    if len(ordered) >= 3 * FRONT:
        top += [one for one in ordered if one.paper.upvotes and not one.paper.pinned]
    top.sort(key=leading)
    return tuple(title_row(placed, labels, first=not n) for n, placed in enumerate(top[:FRONT]))


def described(about: str, papers: Iterable[PublishedPaper], *, ranked: bool = True) -> str:
    """Return the description of a page that lists papers: what it is, and the first titles, by
    votes if they are `ranked`."""
    first = nsmallest(TITLES, papers, key=leading) if ranked else islice(papers, TITLES)
    return described_by(about, (placed.paper.title for placed in first))


def described_by(about: str, titles: Iterable[str]) -> str:
    """Return the description of a page: what it is, and some titles of papers, in Markdown."""
    named = "; ".join(plain(title).rstrip(".") for title in titles)
    return f"{about} {named}." if about and named else about or named


def curated(placed: Iterable[PublishedPaper], labels: Labels) -> tuple[TitleRow, ...]:
    """Return the papers that curators wrote notes on, the most notes first."""
    noted = [paper for paper in placed if paper.paper.notes]
    noted.sort(key=lambda paper: -len(paper.paper.notes))
    return tuple(title_row(paper, labels) for paper in noted[:CURATED])


def day_link(when: date | None, words: Words, beside: date) -> Link | None:
    """Return a link to a day, by its weekday and date, or by date and year on the page of a day
    (`beside`) of another year."""
    if when is None:
        return None
    return Link(path=urls.day(when), label=_label(when, words, beside))


def _label(when: date, words: Words, beside: date | None) -> str:
    same = beside is None or when.year == beside.year
    return words.dates.short(when) if same else words.dates.plain(when)


def day_ref(
    when: date,
    archive: Archive,
    words: Words,
    *,
    beside: date | None = None,
) -> DayRef:
    """Return a day in a calendar or a list; with its year where that is not `beside`'s. Its heat is
    1 to 4 by its papers: up to 10, 25, 50, more."""
    known = archive.days.get(when)
    count = known.count if known else 0
    heat = 0 if not count else 1 + (count > 10) + (count > 25) + (count > 50)
    return DayRef(
        iso=when.isoformat(),
        path=urls.day(when) if known else None,
        label=_label(when, words, beside),
        number=when.day,
        count=count,
        heat=heat,
    )


def outside_day(when: date, words: Words) -> DayRef:
    """Return a day of another month in a calendar's first or last row, without what it has."""
    return DayRef(
        iso=when.isoformat(),
        path=None,
        label=_label(when, words, None),
        number=when.day,
        count=0,
        heat=0,
        outside=True,
    )


def ledger_line(
    ledger: LedgerSummary | None, words: Words = ENGLISH, *, removed: int, drafts: int = 0
) -> str | None:
    """Return in one line for readers what came in on a day; None without a ledger. `removed` counts
    the papers that a curator took out of the pages: declined, like those that the ledger calls
    so."""
    if ledger is None:
        return None
    names = (_SOURCES.get(name, name) for name in ledger.sources)
    sources = words.listed(
        list(dict.fromkeys(name or words.gettext("a copied page") for name in names))
    )
    if ledger.nothing:
        return words.gettext(
            "Nothing from %(sources)s: %(reason)s.", sources=sources, reason=ledger.nothing
        )
    duplicates = ledger.doubles
    declined = ledger.declined + removed
    published = ledger.listed - len(duplicates) - declined - drafts - ledger.unchosen
    parts = [
        words.ngettext("%(count)s listed", "%(count)s listed", ledger.listed),
        words.ngettext("%(count)s published", "%(count)s published", published),
    ]
    if duplicates:
        days = [words.dates.plain(date.fromisoformat(iso)) for iso in dict.fromkeys(duplicates)]
        parts.append(
            words.ngettext(
                "%(count)s duplicate of %(days)s",
                "%(count)s duplicates of %(days)s",
                len(duplicates),
                days=words.listed(days) if len(days) <= 2 else words.gettext("other days"),
            )
        )
    if declined:
        parts.append(words.ngettext("%(count)s declined", "%(count)s declined", declined))
    if ledger.unchosen:
        parts.append(
            words.ngettext("%(count)s not chosen", "%(count)s not chosen", ledger.unchosen)
        )
    facts = words.gettext(", ").join(parts)
    if not ledger.captured:
        return words.gettext("From %(sources)s: %(facts)s.", sources=sources, facts=facts)
    return words.gettext(
        "From %(sources)s, captured %(when)s: %(facts)s.",
        sources=sources,
        when=words.dates.moment(ledger.captured),
        facts=facts,
    )
