"""Which of an import's papers are published and which wait, and the files of what waits. Pure.

A paper that waits is decided on again whenever a listing shows it: a later capture may bring the
votes that a rule asks for. It is then published on the day of that listing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..content import ledger as ledgers
from ..content import pages, waiting
from ..content.disk import waiting_path
from ..content.ledger import DUPLICATE, PUBLISHED, WAITING, Ledger, PaperStatus, section_hash
from ..content.pages import splice
from ..content.waiting import WaitingFile, WaitingPaper
from ..intake import Candidate, verdicts
from ..papers import ENRICHING, Entry, Paper
from .drafts import COUNTED, Draft, counts
from .model import ContentSnapshot, Incoming, ledger_path


@dataclass(frozen=True, slots=True)
class Choice:
    """A paper to be published or not: its topic if published, its row of the day's ledger, and
    where it `waited`, if it did: the day, the section, and whether a person edited that."""

    paper: Paper
    topic: str
    row: PaperStatus
    waited: tuple[date, WaitingPaper, bool] | None = None


class Selection:
    """The decision on an import's papers, and the files that it changes but for pages."""

    def __init__(self, incoming: Incoming, snapshot: ContentSnapshot) -> None:
        self._incoming = incoming
        self._snapshot = snapshot
        self._files: dict[date, WaitingFile] = {}
        self._ledgers: dict[date, Ledger] = {}  # those that changed, of other days
        self._changed: set[date] = set()

    def whys(self, choices: Sequence[Choice], taken: Collection[str]) -> list[str | None]:
        """Return why each paper waits, None for one that is published. `taken` are the ids of
        papers that the day published before, whether they still stand or not: these count against
        the limit, so that an import fills no gap that a curator made."""
        intake = self._snapshot.intake
        if intake is None:
            return [None] * len(choices)
        room = None
        if intake.limit is not None:
            room = intake.limit - len(self._snapshot.known.standing(self._day).union(taken))
        source = self._source()
        return verdicts(
            intake,
            [Candidate(one.paper, one.topic, source) for one in choices],
            self._snapshot.vocabulary,
            room,
        )

    def _source(self) -> str:
        """Return the source by which rules choose: the listing's, and for a capture that only
        enriches the day's, where that is one."""
        if not self._incoming.enriches:
            return self._incoming.listing.source
        sources = {
            one.source
            for one in self._ledger(self._day).listings
            if not one.source.endswith(ENRICHING)
        }
        return sources.pop() if len(sources) == 1 else ""

    def waits(
        self,
        key: str,
        record: PaperStatus | None,
        entry: Entry,
        draft: Callable[[Entry], Draft],
        unite: Callable[[Entry, Paper, Paper], Paper],
    ) -> Choice | None:
        """Return a known paper that waits as a choice, with what the listing tells more of it; None
        for one that doesn't wait. `record` is its row of the day's ledger; `unite` merges an
        entry's paper (the last) into a known one."""
        place = self._snapshot.known.waiting(key)
        one = place and self._file(place.date).papers.get(key)
        if place is None or not one:
            return None
        row = record
        if place.date != self._day:
            row = self._ledger(place.date).row(key)
        if row is None:
            row = PaperStatus(id=key, title=entry.title, arxiv=entry.arxiv, status=WAITING)
        drafted = draft(entry)
        is_edited = section_hash(one.section) != row.written
        paper, section = one.paper, one.section
        if is_edited and not self._incoming.enriches:
            paper, section = self._recounted(one, drafted.paper, place.date)
        elif not is_edited:
            paper = unite(entry, one.paper, drafted.paper)
            section = pages.format_section(paper)
        topic = one.topic if one.topic in self._snapshot.vocabulary.topic_by_slug else None
        return Choice(
            paper,
            topic or drafted.topic,
            replace(row, arxiv=row.arxiv or entry.arxiv),
            (place.date, WaitingPaper(paper, section), is_edited),
        )

    def _recounted(self, one: WaitingPaper, new: Paper, day: date) -> tuple[Paper, str]:
        """Return a waiting paper that a person edited with a new capture's votes and comments."""
        changed = counts(one.paper, new)
        if not changed:
            return one.paper, one.section
        values = {name: str(value) for name, value in changed.items()}

        def refresh(text: str) -> str:
            section = pages.parse(text).sections[0]
            return splice.refresh(text, section, values)

        section = waiting.edited(one, refresh)
        paper = waiting.paper_of(section, one.paper.id)
        if paper != replace(one.paper, **changed):
            return one.paper, one.section
        return paper, section

    def publish(self, choice: Choice) -> tuple[str, PaperStatus]:
        """Return the section and the ledger's row of a paper that is published, which no longer
        waits."""
        is_edited = False
        if choice.waited is None:
            section = pages.format_section(choice.paper)
        else:
            day, one, is_edited = choice.waited
            self._put(day, self._file(day).without(choice.paper.id))
            if day != self._day:
                self._move_row(day, choice.row)
            if is_edited:
                section = waiting.chosen_section(one)
            else:
                section = pages.format_section(waiting.chosen(choice.paper))
        row = replace(
            choice.row,
            status=PUBLISHED,
            of=None,
            written=None if is_edited else section_hash(section),
        )
        return section, row

    def let_wait(self, choice: Choice, why: str) -> PaperStatus:
        """Put a paper into the file of its day's waiting papers; return its row of the ledger."""
        key = choice.paper.id
        if choice.waited is not None and choice.waited[0] != self._day:
            of = choice.waited[0].isoformat()  # it goes on waiting there
            return PaperStatus(
                id=key, title=choice.row.title, arxiv=choice.row.arxiv, status=DUPLICATE, of=of
            )
        section = pages.format_section(waiting.waiting(choice.paper, choice.topic, why))
        written: str | None = section_hash(section)
        if choice.waited is not None:
            _, one, is_edited = choice.waited
            if is_edited:
                section, written = one.section, choice.row.written
        self._put(self._day, self._file(self._day).put(key, section))
        return replace(choice.row, status=WAITING, of=None, written=written)

    def let_wait_there(self, choice: Choice) -> None:
        """Write what is told more of a paper that waits on another day, and goes on waiting."""
        if choice.waited is None or choice.waited[2]:
            return
        day, one, _ = choice.waited
        self._put(day, self._file(day).put(choice.paper.id, one.section))
        self.put_row(day, replace(choice.row, written=section_hash(one.section)))

    def row(self, day: date, key: str) -> PaperStatus | None:
        """Return a paper's row of another day's ledger."""
        return self._ledger(day).row(key)

    def put_row(self, day: date, row: PaperStatus) -> None:
        """Replace a paper's row of another day's ledger."""
        self._ledgers[day] = self._ledger(day).with_row(row)

    def forget_copy(self, key: str, path: str, page: Callable[[str], pages.Page]) -> None:
        """Take a paper that stands in a page out of the file of waiting papers, where it says no
        more there. A copy that a person edited stays, and `broadsheet check` names it."""
        place = self._snapshot.known.waiting(key)
        one = place and self._file(place.date).papers.get(key)
        if place is None or not one:
            return
        stands = next(paper for paper in page(path).papers if paper.id == key)
        if _words(one.paper) == _words(stands):
            self._put(place.date, self._file(place.date).without(key))

    def waiting_texts(self) -> dict[str, str | None]:
        """Return the changed files of waiting papers, by path; None for one to remove."""
        texts = {waiting_path(day): self._files[day].text() for day in sorted(self._changed)}
        content = self._snapshot.content
        return {path: text for path, text in texts.items() if content.get(path) != text}

    def other_ledgers(self) -> Iterator[tuple[str, str]]:
        """Yield the changed ledgers of other days: papers that waited are published now, or more is
        told of papers."""
        for day, ledger in sorted(self._ledgers.items()):
            if day == self._day:
                continue
            path = ledger_path(day)
            old = self._snapshot.content.get(path)
            new = ledgers.format(ledger) if old is None else ledgers.update(old, ledger)
            if new != old:
                yield path, new

    @property
    def _day(self) -> date:
        return self._incoming.date

    def _file(self, day: date) -> WaitingFile:
        if day not in self._files:
            path = waiting_path(day)
            text = self._snapshot.content.get(path)
            self._files[day] = waiting.of_text(text, day, file=path)
        return self._files[day]

    def _put(self, day: date, file: WaitingFile) -> None:
        self._files[day] = file
        self._changed.add(day)

    def _ledger(self, day: date) -> Ledger:
        return self._ledgers.get(day) or self._snapshot.ledger(day)

    def _move_row(self, day: date, row: PaperStatus) -> None:
        """Make a paper's row of the day on which it waited a duplicate of this day."""
        moved = replace(
            row, status=DUPLICATE, of=self._day.isoformat(), late=False, written=None, sources=()
        )
        self.put_row(day, moved)


def _words(paper: Paper) -> Paper:
    """Return a paper without what differs between a page and the file of waiting papers."""
    bare = waiting.chosen(paper)
    counted: dict[str, Any] = dict.fromkeys(COUNTED)
    return replace(bare, updated=None, curator=None, **counted)
