"""Add papers to a day: from a server's records to sections of pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ... import tex
from ...content import ledger as ledgers
from ...content import pages
from ...content.ledger import PUBLISHED, Ledger, PaperStatus, section_hash
from ...content.pages import edit
from ...content.paper_index import KnownPapers
from ...days import refuse_implausible
from ...errors import ContentError, shown
from ...importer import Recogniser
from ...importer.drafts import draft
from ...papers import Entry, Note, Paper
from ...topics import Classifier
from ..changes.change import (
    Change,
    ContentState,
    finished,
    known_topic,
    ledger_path,
    new_page,
    page_path,
)


class KnownPaperError(ContentError):
    """The paper is in the digest already, or waits."""


class Adding:
    """Adds papers to a day's pages, one after another; all become one change. `known` gets each.

    Without `topic`, the classifier chooses. A declined paper becomes published.
    """

    def __init__(
        self,
        state: ContentState,
        known: KnownPapers,
        classifier: Classifier,
        *,
        day: date,
        topic: str | None = None,
        note: str | None = None,
        curator: str | None = None,
    ) -> None:
        """Raises ContentError for an impossible day and an unknown topic."""
        refuse_implausible(day, ContentError)
        self._state = state
        self._known = known
        self._classifier = classifier
        self._day = day
        self._topic = known_topic(topic, state.vocabulary) if topic else None
        self._notes = (Note(text=note.strip(), curator=curator),) if note and note.strip() else ()
        self._curator = curator
        self._texts: dict[str, str] = {}
        before = state.ledger(day)
        self._ledger = before or Ledger(date=day)
        self._late = before is not None and any(one.papers for one in before.listings)
        self._said: list[str] = []

    def add(self, entry: Entry) -> str:
        """Add a paper, and return what was done. Raises KnownPaperError for a paper that a page
        holds already or that waits, and ContentError for one that no page can hold; the others stay
        as they are."""
        key = Recogniser(self._known).find(entry, self._described)
        self._refuse_known(entry, key)
        drafted = draft(entry, self._classifier)
        topic = self._topic or drafted.topic
        wanted = pages.new_id(tex.plain(drafted.paper.title), entry.arxiv)
        paper = replace(
            drafted.paper,
            id=key or self._known.free_id(wanted, self._day.year),
            notes=self._notes,
            curator=self._curator,
        )
        section = pages.format_section(paper)
        path = page_path(self._day, topic)
        empty = new_page(self._day, topic, self._state.vocabulary)
        alone = edit.append(empty, section)
        if [one.id for one in pages.parse(alone, file=path).papers] != [paper.id]:
            raise ContentError(f"{shown(entry.title)} can't stand in a page")
        self._known.add_page(path, alone)
        self._known.add_name(paper.id, entry.title, entry.arxiv)
        there = self._texts.get(path) or self._state.texts.get(path) or empty
        self._texts[path] = edit.append(there, section)
        by_hand = self._notes or self._curator or topic != drafted.topic
        written = None if by_hand else section_hash(section)
        self._ledger = self._ledger.with_row(self._row(paper.id, entry, written))
        tagged = f", tagged {', '.join(paper.tags)}" if paper.tags else ""
        self._said.append(f"{paper.id}: {paper.title}, in {path}{tagged}")
        return self._said[-1]

    def finished(self) -> Change:
        """Return all that was added as one change; one without writes where nothing was."""
        if not self._said:
            return Change(writes={}, message="")
        path = ledger_path(self._day)
        before = self._state.texts.get(path)
        ledger = self._ledger
        text = ledgers.format(ledger) if before is None else ledgers.update(before, ledger)
        return finished(self._state, {**self._texts, path: text}, "\n".join(self._said))

    def _refuse_known(self, entry: Entry, key: str | None) -> None:
        location = self._known.location(key) if key else None
        if location is not None:
            raise KnownPaperError(
                f"{shown(entry.title)} is in the digest already; to move it: broadsheet move {key}",
                file=location.path,
            )
        waits = self._known.waiting(key) if key else None
        if waits is not None:
            raise KnownPaperError(
                f"{shown(entry.title)} waits already; to publish it: broadsheet pick {key}",
                file=waits.path,
            )

    def _described(self, key: str) -> Paper | None:
        place = self._known.location(key)
        if place is None:
            return None
        text = self._texts.get(place.path) or self._state.texts.get(place.path)
        return edit.find(text, key, place.path).paper if text is not None else None

    def _row(self, key: str, entry: Entry, written: str | None) -> PaperStatus:
        """Return a paper's row of the ledger: of one that was declined its own, published now."""
        row = self._ledger.row(key)
        if row is None:
            row = PaperStatus(id=key, title=entry.title, status=PUBLISHED, late=self._late)
        return replace(
            row,
            status=PUBLISHED,
            arxiv=row.arxiv or entry.arxiv,
            of=None,
            waited=False,
            by=None,
            written=written,
        )


def add_all(
    adding: Adding, entries: Iterable[tuple[str, Entry]]
) -> tuple[Change, dict[str, ContentError]]:
    """Add several papers, each with the name that it was asked for by; return the change, and by
    their names the errors of those that could not be added, which cost the others nothing."""
    wrong: dict[str, ContentError] = {}
    for name, entry in entries:
        try:
            adding.add(entry)
        except ContentError as error:
            wrong[name] = error
    return adding.finished(), wrong


def held(known: KnownPapers, arxiv: str) -> KnownPaperError | None:
    """Return the error for a paper of an arXiv id that a page holds, or that waits; None for any
    other, which must be fetched before more can be said."""
    for key in known.of_arxiv(Entry(title="", arxiv=arxiv)):
        if (place := known.location(key)) is not None:
            return KnownPaperError(f"in the digest already, as {key}", file=place.path)
        if (place := known.waiting(key)) is not None:
            return KnownPaperError(
                f"waits already; to publish it: broadsheet pick {key}", file=place.path
            )
    return None
