"""What importing one listing would do to one day: which papers are new, which are known, and the
day's files afterwards. Pure: content in, content out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from .. import pages
from ..content import LEDGER, day_folder
from ..ledger import DECLINED, DUPLICATE, PUBLISHED, Arrival, Fate, Ledger, section_hash
from ..ledger import format as format_ledger
from ..papers import Entry, Paper
from ..topics import Classifier, Vocabulary
from . import splice
from .drafts import Draft, counts, draft, unite
from .known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A listing to import, with what its name and its bytes say of it."""

    date: date
    arrival: Arrival
    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a listing's papers, in numbers, and what a curator should know."""

    file: str
    date: date
    listed: int
    published: int = 0
    duplicates: int = 0
    declined: int = 0
    known: int = 0
    refreshed: int = 0
    topics: tuple[tuple[str, int], ...] = ()
    notices: tuple[str, ...] = ()
    unchanged: bool = False  # the very same bytes had come in before


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The files to write, pages first and the ledger last, and the day's new ledger.

    In this order an import that is cut off is taken up again by the next: papers that stand in
    pages are known by their ids, and the listing counts as imported only with its ledger.
    """

    writes: tuple[tuple[str, str], ...]
    ledger: Ledger
    report: Report


@dataclass(slots=True)
class _Day:
    """The day's new state while it is put together."""

    texts: dict[str, str]  # changed pages, by path
    fates: dict[str, Fate]
    fresh: dict[str, list[Paper]] = field(default_factory=dict)  # new papers by topic
    refreshed: int = 0


def plan(
    incoming: Incoming,
    *,
    ledger: Ledger | None,
    content: Mapping[str, str],
    known: Known,
    classifier: Classifier,
    vocabulary: Vocabulary,
) -> Plan:
    """Plan the import of a listing.

    `content` gives the text of a page by its path below content/ (of any day: a paper may have
    been moved). Raises ContentError for a page that can't be read.
    """
    before = ledger or Ledger(date=incoming.date)
    day = _Day(texts={}, fates={fate.id: fate for fate in before.fates})
    late = any(arrival.papers for arrival in before.arrivals)
    outcome = {PUBLISHED: 0, DUPLICATE: 0, DECLINED: 0, "known": 0}
    claimed: set[str] = set()
    for entry in incoming.entries:
        made = draft(entry, classifier, as_of=incoming.arrival.captured)
        key = known.find(entry)
        if key is None:
            key = known.free_id(entry, incoming.date.year, claimed)
            _publish(day, made, entry, key, late)
            outcome[PUBLISHED] += 1
        elif key not in claimed:
            outcome[_meet(day, made, entry, key, incoming, content, known)] += 1
        claimed.add(key)
    topics = _place(day, incoming.date, content, vocabulary)
    after = Ledger(
        date=incoming.date,
        arrivals=(*before.arrivals, incoming.arrival),
        fates=tuple(day.fates.values()),
    )
    return Plan(
        writes=(
            *sorted(day.texts.items()),
            (f"{day_folder(incoming.date)}/{LEDGER}", format_ledger(after)),
        ),
        ledger=after,
        report=Report(
            file=incoming.arrival.file,
            date=incoming.date,
            listed=len(incoming.entries),
            published=outcome[PUBLISHED],
            duplicates=outcome[DUPLICATE],
            declined=outcome[DECLINED],
            known=outcome["known"],
            refreshed=day.refreshed,
            topics=topics,
            notices=incoming.notices,
        ),
    )


def _publish(day: _Day, made: Draft, entry: Entry, key: str, late: bool) -> None:
    """Take a new paper in. Its place in a page is found later, topic by topic."""
    paper = replace(made.paper, id=key)
    day.fresh.setdefault(made.topic, []).append(paper)
    day.fates[key] = Fate(
        id=key,
        title=entry.title,
        arxiv=entry.arxiv,
        became=PUBLISHED,
        late=late,
        written=section_hash(pages.format_section(paper)),
    )


def _meet(
    day: _Day,
    made: Draft,
    entry: Entry,
    key: str,
    incoming: Incoming,
    content: Mapping[str, str],
    known: Known,
) -> str:
    """Deal with an entry whose paper is known. Gives what became of it."""
    fate = day.fates.get(key)
    place = known.present.get(key)
    if place is None:
        if fate is None or fate.became != DECLINED:
            day.fates[key] = Fate(
                id=key, title=entry.title, arxiv=entry.arxiv, became=DECLINED,
                late=fate.late if fate else False,
            )  # fmt: skip
        return DECLINED
    if fate is None and known.listed.get(key, place.date) != incoming.date:
        if place.date != incoming.date:
            day.fates[key] = Fate(
                id=key, title=entry.title, arxiv=entry.arxiv, became=DUPLICATE,
                of=place.date.isoformat(),
            )  # fmt: skip
            return DUPLICATE
    if fate is not None and fate.became == DUPLICATE:
        return DUPLICATE
    if fate is None:  # added by hand, or an import was cut off before its ledger
        fate = Fate(id=key, title=entry.title, arxiv=entry.arxiv, became=PUBLISHED)
    elif fate.became == DECLINED:  # a curator took it back
        fate = replace(fate, became=PUBLISHED, written=None)
    day.fates[key] = _refresh(day, made, entry, fate, place.path, incoming, content)
    return "known"


def _refresh(
    day: _Day,
    made: Draft,
    entry: Entry,
    fate: Fate,
    path: str,
    incoming: Incoming,
    content: Mapping[str, str],
) -> Fate:
    """Bring a published paper's section up to date: whole while no person has touched it, else
    only its votes and comments."""
    text = day.texts.get(path, content[path])
    page = pages.parse(text, file=path)
    section = next(one for one in page.sections if one.paper.id == fate.id)
    stands = section_hash(splice.section_text(text, section))
    if fate.written is None and stands == section_hash(
        pages.format_section(replace(made.paper, id=fate.id))
    ):
        fate = replace(fate, written=stands)
    if stands == fate.written:
        united = unite(section.paper, made.paper, new_is_tex=entry.tex)
        if united == section.paper:
            return fate
        written = pages.format_section(united)
        day.texts[path] = splice.replace(text, section, written)
        day.refreshed += 1
        return replace(
            fate,
            arxiv=fate.arxiv or entry.arxiv,
            sources=_sources(fate, section.paper, united, incoming.arrival.source),
            written=section_hash(written),
        )
    changed = counts(section.paper, made.paper)
    if changed:
        values = {key: str(value) for key, value in changed.items()}
        refreshed = splice.refresh(text, section, values)
        if refreshed != text:
            day.texts[path] = refreshed
            day.refreshed += 1
    return fate


def _sources(fate: Fate, old: Paper, new: Paper, source: str) -> tuple[tuple[str, str], ...]:
    """Which fields came from a later listing than the first, and from which."""
    known = dict(fate.sources)
    for name in Paper.__dataclass_fields__:
        if getattr(old, name) != getattr(new, name) and name not in ("upvotes", "comments", "as_of"):
            known[name] = source
    return tuple(sorted(known.items()))


def _place(
    day: _Day, when: date, content: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[tuple[str, int], ...]:
    """Put the new papers into their pages; gives how many went to each topic."""
    counted = []
    for topic in _in_order(day.fresh, vocabulary):
        papers = day.fresh[topic]
        counted.append((topic, len(papers)))
        path = f"{day_folder(when)}/{topic}.md"
        text = day.texts.get(path, content.get(path))
        if text is None:
            known = vocabulary.topic_by_slug.get(topic)
            heading = pages.Heading(known.name if known else topic, when, topic)
            day.texts[path] = pages.format_page(heading, papers)
            continue
        for paper in papers:
            text = splice.append(text, pages.format_section(paper))
        day.texts[path] = text
    return tuple(counted)


def _in_order(topics: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    order = {topic.slug: n for n, topic in enumerate(vocabulary.topics)}
    return sorted(topics, key=lambda slug: (order.get(slug, len(order)), slug))
