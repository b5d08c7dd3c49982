"""Add one paper to a day: from arXiv's record to a section of a page. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .. import tex
from ..content import ledger as ledgers
from ..content import pages
from ..content.ledger import PUBLISHED, Ledger, PaperStatus, section_hash
from ..content.pages import edit
from ..content.paper_index import KnownPapers
from ..days import refuse_implausible
from ..errors import ContentError, shown
from ..importer import Recogniser
from ..importer.drafts import draft
from ..papers import Entry, Note, Paper
from ..topics import Classifier
from .change import Change, State, finished, known_topic, ledger_path, new_page, page_path


def add(
    state: State,
    entry: Entry,
    known: KnownPapers,
    classifier: Classifier,
    *,
    day: date,
    topic: str | None = None,
    note: str | None = None,
    curator: str | None = None,
) -> Change:
    """Add a paper to a day's page.

    Without `topic`, the classifier chooses. A declined paper becomes published. Raises ContentError
    for a paper that a page holds already or that waits, and for an unknown topic.
    """
    refuse_implausible(day, ContentError)
    key = Recogniser(known).find(entry, lambda one: _described(state, known, one))
    location = known.location(key) if key else None
    if location is not None:
        raise ContentError(
            f"{shown(entry.title)} is in the digest already; to move it: broadsheet move {key}",
            file=location.path,
        )
    waits = known.waiting(key) if key else None
    if waits is not None:
        raise ContentError(
            f"{shown(entry.title)} waits already; to publish it: broadsheet pick {key}",
            file=waits.path,
        )
    drafted = draft(entry, classifier)
    to_topic = known_topic(topic, state.vocabulary) if topic else drafted.topic
    notes = (Note(text=note.strip(), curator=curator),) if note and note.strip() else ()
    wanted = pages.new_id(tex.plain(drafted.paper.title), entry.arxiv)
    paper = replace(
        drafted.paper,
        id=key or known.free_id(wanted, day.year),
        notes=notes,
        curator=curator,
    )
    section = pages.format_section(paper)
    path = page_path(day, to_topic)
    there = state.texts.get(path) or new_page(day, to_topic, state.vocabulary)
    by_hand = notes or curator
    record = PaperStatus(
        id=paper.id,
        title=entry.title,
        arxiv=entry.arxiv,
        status=PUBLISHED,
        written=None if by_hand else section_hash(section),
    )
    return finished(
        state,
        {path: edit.append(there, section), ledger_path(day): _with_row(state, day, record)},
        f"{paper.id}: {paper.title}, in {path}"
        + (f", tagged {', '.join(paper.tags)}" if paper.tags else ""),
    )


def _described(state: State, known: KnownPapers, key: str) -> Paper | None:
    place = known.location(key)
    text = state.texts.get(place.path) if place else None
    return edit.find(text, key, place.path).paper if place and text is not None else None


def _with_row(state: State, day: date, record: PaperStatus) -> str:
    """Return the text of the day's ledger with a paper's row."""
    before = state.ledger(day)
    if before is None:
        return ledgers.format(Ledger(date=day, statuses=(record,)))
    late = any(imported.papers for imported in before.listings)
    statuses = [one for one in before.statuses if one.id != record.id]
    after = replace(before, statuses=(*statuses, replace(record, late=late)))
    return ledgers.update(state.texts[ledger_path(day)], after)
