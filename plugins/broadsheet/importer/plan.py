"""Plan the import of one listing into one day: new and known papers, and the day's files
afterwards. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from .. import tex
from ..content import ledger as ledgers
from ..content import pages
from ..content.ledger import (
    DECLINED,
    DUPLICATE,
    PUBLISHED,
    WAITING,
    Ledger,
    PaperStatus,
    section_hash,
)
from ..content.pages.location import PaperLocation
from ..content.paper_index import KnownPapers
from ..errors import ListingError, at_line, shown
from ..listings import Loss
from ..papers import Entry, Paper
from .drafts import TOLD, Draft, counts, draft, harmless
from .enriching import fields_from, with_more
from .lateness import late_ones, lateness
from .likeness import surely_same, united
from .model import ContentSnapshot, ImportReport, Incoming, Plan, ledger_path
from .page_edits import PageEdits
from .recognition import Recogniser
from .selection import Choice, Selection

_KNOWN, _TWICE = "known", "listed twice"
_LEFT_OUT = "left out"
_UNDECIDED, _LIFTED = "undecided", "lifted"
_UNKNOWN, _ENRICHED = "unknown", "enriched"


def plan(incoming: Incoming, snapshot: ContentSnapshot) -> Plan:
    """Plan the import of a listing.

    A paper whose title or links no page may hold is published with these escaped, or left out; a
    notice names it. Raises ContentError or LedgerError for a page or ledger that can't be read.
    """
    return _Planner(incoming, snapshot).plan()


class _Planner:
    """The day's new state, built entry by entry."""

    def __init__(self, incoming: Incoming, snapshot: ContentSnapshot) -> None:
        self._incoming = incoming
        self._snapshot = snapshot
        self._ledger_path = ledger_path(incoming.date)
        self._ledger = snapshot.ledger(incoming.date)
        self._late = lateness(incoming.listing, self._ledger.listings)
        self._statuses = {record.id: record for record in self._ledger.statuses}
        self._pages = PageEdits(snapshot.content)
        self._new = KnownPapers()
        self._published: dict[str, Paper] = {}  # the new papers, by id
        self._earlier = Recogniser(snapshot.known)
        self._here = Recogniser(self._new)
        self._fresh: dict[str, list[str]] = {}  # new papers' sections, by topic
        self._ledgers: dict[date, Mapping[str, PaperStatus]] = {}  # rows by id, by day
        self._selection = Selection(incoming, snapshot)
        self._choices: list[Choice] = []  # new papers, and those that waited
        self._claimed: set[str] = set()
        self._outcome = Counter[str]()
        self._notices: list[str] = []
        self._sections: list[tuple[str, str]] = []

    def plan(self) -> Plan:
        for entry in self._incoming.entries:
            try:
                status = self._take(entry)
            except ListingError as error:
                self._notices.append(Loss(at_line(entry.line, f"{error.message}; left out")))
                status = _LEFT_OUT
            self._outcome[status] += 1
        self._choose()
        for topic, sections in self._fresh.items():
            self._pages.add(self._incoming.date, topic, sections, self._snapshot.vocabulary)
        after = Ledger(
            date=self._incoming.date,
            listings=(*self._ledger.listings, self._incoming.listing),
            statuses=tuple(self._statuses.values()),
        )
        text = self._snapshot.content.get(self._ledger_path)
        row = ledgers.format(after) if text is None else ledgers.update(text, after)
        # A capture that only enriches makes no day of its own.
        keeps = text is not None or not self._incoming.enriches
        return Plan(
            writes=(
                *sorted(self._pages.texts.items()),
                *self._selection.waiting_texts().items(),
                *self._selection.other_ledgers(),
                *([(self._ledger_path, row)] if keeps else []),
            ),
            ledger=after,
            sections=tuple(self._sections),
            report=ImportReport(
                file=self._incoming.listing.file,
                date=self._incoming.date,
                listed=len(self._incoming.entries),
                published=self._outcome[PUBLISHED],
                late=late_ones(self._ledger, after),
                duplicates=self._outcome[DUPLICATE],
                declined=self._outcome[DECLINED],
                known=self._outcome[_KNOWN],
                waiting=self._outcome[WAITING],
                lifted=self._outcome[_LIFTED],
                refreshed=self._pages.changes,
                unknown=self._outcome[_UNKNOWN],
                enriched=self._outcome[_ENRICHED],
                enriches=self._incoming.enriches,
                topics=tuple(
                    (topic, len(self._fresh[topic])) for topic in self._in_order(self._fresh)
                ),
                notices=(*self._incoming.notices, *self._notices),
            ),
        )

    def _take(self, entry: Entry) -> str:
        """Plan one entry; return its outcome."""
        if entry.arxiv and not pages.is_arxiv(entry.arxiv):
            entry = replace(entry, arxiv=None)
        key = self._earlier.find(entry, self._described)
        if self._incoming.enriches:
            return self._tell_more(entry, key)
        if key is None:
            return _TWICE if self._here.find(entry, self._published.get) else self._publish(entry)
        if key in self._claimed:
            return _TWICE
        self._claimed.add(key)
        return self._meet(entry, key)

    def _draft(self, entry: Entry) -> Draft:
        drafted = draft(entry, self._snapshot.classifier, as_of=self._incoming.listing.captured)
        drafted, escaped = harmless(drafted)
        if escaped:
            told = f"{shown(entry.title)} holds {shown(escaped)}; escaped"
            notice = at_line(entry.line, told)
            if notice not in self._notices:
                self._notices.append(notice)
        return drafted

    def _publish(self, entry: Entry) -> str:
        """Plan a new paper. `_choose` decides whether it is published or waits."""
        drafted = self._draft(entry)
        wanted = pages.new_id(tex.plain(drafted.paper.title), entry.arxiv)
        key = self._snapshot.known.free_id(wanted, self._incoming.date.year, self._claimed)
        self._claimed.add(key)
        drafted, sources = with_more(
            entry, drafted, self._snapshot.enriching, self._snapshot.classifier
        )
        arxiv = entry.arxiv or drafted.paper.arxiv
        self._new.add_name(key, entry.title, arxiv)
        paper = replace(drafted.paper, id=key)
        self._published[key] = paper
        row = PaperStatus(
            id=key,
            title=entry.title,
            arxiv=arxiv,
            doi=None if arxiv else paper.doi,
            url=None if arxiv else paper.url,
            status=PUBLISHED,
            late=self._late,
            sources=sources,
        )
        self._statuses[key] = row  # keeps its place in the ledger; `_choose` completes it
        self._choices.append(Choice(paper, drafted.topic, row))
        return _UNDECIDED

    def _choose(self) -> None:
        """Publish the chosen ones of the new papers and of those that waited; the others wait."""
        del self._outcome[_UNDECIDED]
        undecided = {choice.paper.id for choice in self._choices}
        taken = {
            key
            for key, row in self._statuses.items()
            if key not in undecided
            and (row.status == PUBLISHED or (row.status == DECLINED and not row.waited))
        }
        whys = self._selection.whys(self._choices, taken)
        for choice, why in zip(self._choices, whys, strict=True):
            key = choice.paper.id
            if why is None:
                section, row = self._selection.publish(choice)
                self._fresh.setdefault(choice.topic, []).append(section)
                self._sections.append((choice.topic, section))
                self._outcome[_LIFTED] += choice.waited is not None
            else:
                row = self._selection.let_wait(choice, why)
            self._statuses[key] = row
            self._outcome[PUBLISHED if why is None else WAITING] += 1

    def _described(self, key: str) -> Paper | None:
        """Return a known paper, to be compared with an entry of its title; None where nothing but
        its title is known. An abstract that a person may have rewritten is left out."""
        place = self._snapshot.known.location(key)
        listed = self._snapshot.known.listed_on(key) or (place.date if place else None)
        row = self._rows(listed).get(key) if listed else None
        if place is None:
            if row is None or not (row.doi or row.url):
                return None
            return Paper(id=key, title=row.title, doi=row.doi, url=row.url)
        section, stands = self._pages.section(place.path, key)
        if row is not None and row.written == stands:
            return section.paper
        return replace(section.paper, abstract="")

    def _rows(self, day: date) -> Mapping[str, PaperStatus]:
        """Return the rows of a day's ledger, by id."""
        if day not in self._ledgers:
            self._ledgers[day] = {row.id: row for row in self._snapshot.ledger(day).statuses}
        return self._ledgers[day]

    def _meet(self, entry: Entry, key: str) -> str:
        """Plan an entry whose paper is known; return its outcome."""
        record = self._statuses.get(key)
        known = self._snapshot.known
        place = known.location(key)
        today = self._incoming.date
        if place is None:
            choice = self._selection.waits(key, record, entry, self._draft, self._united)
            if choice is not None:
                if choice.waited is not None and choice.waited[0] != today:
                    choice = replace(choice, row=replace(choice.row, late=self._late))
                self._statuses.setdefault(key, choice.row)
                self._choices.append(choice)
                return _UNDECIDED
            if record is None or record.status != DECLINED:
                self._statuses[key] = PaperStatus(
                    id=key, title=entry.title, arxiv=entry.arxiv, status=DECLINED,
                    doi=record.doi if record else None, url=record.url if record else None,
                    late=record.late if record else False,
                    waited=record is not None and record.status == WAITING,
                )  # fmt: skip
            return DECLINED
        self._selection.forget_copy(key, place.path, self._pages.page)
        if entry.tex and today not in (known.listed_on(key) or place.date, place.date):
            self._outcome[_ENRICHED] += self._enrich(entry, key, place)
        if record is not None and record.status == DUPLICATE and place.date != today:
            return DUPLICATE
        if record is None and today not in (known.listed_on(key) or place.date, place.date):
            self._statuses[key] = PaperStatus(
                id=key, title=entry.title, arxiv=entry.arxiv, status=DUPLICATE,
                of=place.date.isoformat(),
            )  # fmt: skip
            return DUPLICATE
        if record is None:  # added by hand
            record = PaperStatus(id=key, title=entry.title, arxiv=entry.arxiv, status=PUBLISHED)
        elif record.status != PUBLISHED:  # a curator restored it, or moved it here
            record = replace(record, status=PUBLISHED, of=None, written=None)
        self._statuses[key] = self._refresh(entry, record, place.path)
        return _KNOWN

    def _refresh(self, entry: Entry, record: PaperStatus, path: str) -> PaperStatus:
        """Update a published paper's section: all of it while nobody has edited it, else only votes
        and comments. Return its new ledger row."""
        section, stands = self._pages.section(path, record.id)
        new = self._draft(entry).paper
        if record.written is None and stands == section_hash(
            pages.format_section(replace(new, id=record.id))
        ):
            record = replace(record, written=stands)
        if stands != record.written:
            self._pages.recount(path, section, counts(section.paper, new))
            return record
        after = self._united(entry, section.paper, new, same_source=self._from_source(record))
        if after == section.paper:
            return record
        if any(getattr(after, name) != getattr(section.paper, name) for name in TOLD):
            after = replace(after, updated=self._stamp(record.id) or after.updated)
        return self._rewrite(entry, record, path, section, after)

    def _united(
        self, entry: Entry, paper: Paper, new: Paper, *, same_source: bool = False
    ) -> Paper:
        """Merge a listing's paper into a known one; what is another text is told, not taken."""
        after, left = united(paper, new, new_is_tex=entry.tex, same_source=same_source)
        if left:
            told = f"{shown(entry.title)} has another {' and '.join(left)} than {paper.id}"
            self._notices.append(at_line(entry.line, f"{told}; not taken"))
        return after

    def _rewrite(
        self, entry: Entry, record: PaperStatus, path: str, section: pages.Section, after: Paper
    ) -> PaperStatus:
        """Write a section anew; return its new ledger row."""
        written = pages.format_section(after)
        self._pages.rewrite(path, section, written)
        return replace(
            record,
            arxiv=record.arxiv or entry.arxiv,
            sources=fields_from(
                record.sources, section.paper, after, self._incoming.listing.source
            ),
            written=section_hash(written),
        )

    def _tell_more(self, entry: Entry, key: str | None) -> str:
        """Plan an entry of a capture that only enriches; return its outcome."""
        if key is None:
            return _UNKNOWN
        if key in self._claimed:
            return _TWICE
        place = self._snapshot.known.location(key)
        if place is not None:
            known = self._described(key)
            if known is None or not surely_same(known, entry):
                return _UNKNOWN
            self._claimed.add(key)
            self._enrich(entry, key, place)
            return _KNOWN
        choice = self._selection.waits(
            key, self._statuses.get(key), entry, self._draft, self._united
        )
        if choice is None or choice.waited is None:
            return _UNKNOWN
        if not surely_same(choice.waited[1].paper, entry):
            return _UNKNOWN
        self._claimed.add(key)
        if choice.waited[0] != self._incoming.date:
            self._selection.let_wait_there(choice)
            return _KNOWN
        self._statuses.setdefault(key, choice.row)
        self._choices.append(choice)
        return _UNDECIDED

    def _enrich(self, entry: Entry, key: str, place: PaperLocation) -> bool:
        """Take what an entry tells more of a published paper of any day, unless a person touched
        its section; return whether anything changed. Followers are told of no update: the paper is
        the same, in its authors' own words."""
        day = self._snapshot.known.listed_on(key)
        if day is None:  # added by hand
            return False
        today = day == self._incoming.date
        record = self._statuses.get(key) if today else self._selection.row(day, key)
        section, stands = self._pages.section(place.path, key)
        if record is None or stands != record.written:
            return False
        source = self._incoming.listing.source
        same = dict(record.sources).get("abstract") == source
        after = self._united(entry, section.paper, self._draft(entry).paper, same_source=same)
        if after == section.paper:
            return False
        record = self._rewrite(entry, record, place.path, section, after)
        if today:
            self._statuses[key] = record
        else:
            self._selection.put_row(day, record)
        return True

    def _from_source(self, record: PaperStatus) -> bool:
        """Return whether a published abstract is from a listing of the incoming one's source."""
        given = dict(record.sources).get("abstract")
        sources = {given} if given else {listing.source for listing in self._ledger.listings}
        return sources == {self._incoming.listing.source}

    def _stamp(self, key: str) -> str | None:
        """Return the capture's day where it is later than the paper's day. The clock is not read,
        so that the same listings always give the same pages."""
        captured = (self._incoming.listing.captured or "")[:10]
        place = self._snapshot.known.location(key)
        return captured if place and captured > place.date.isoformat() else None

    def _in_order(self, topics: Iterable[str]) -> list[str]:
        order = {topic.slug: n for n, topic in enumerate(self._snapshot.vocabulary.topics)}
        return sorted(topics, key=lambda slug: (order.get(slug, len(order)), slug))
