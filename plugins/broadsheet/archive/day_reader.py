"""Parses the files of a day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from ..content import ledger as ledgers
from ..content import pages
from ..content.disk import DaySources, SourceFile
from ..content.ledger import Ledger
from ..content.pages.location import PaperLocation, refuse_duplicate_ids
from ..content.pages.model import Page
from ..errors import ContentError, shown
from .ledger_summary import ledger_summary
from .model import Day, PublishedPaper, day_fingerprint

DRAFT = "draft"
"""The `status:` of a paper that is not published."""


def fingerprint_of(days: Iterable[tuple[date, str]]) -> str:
    """Return the fingerprint of a month: of its days and their fingerprints."""
    total = hashlib.blake2b(digest_size=16)
    for when, hashed in days:
        total.update(f"{when} {hashed}\n".encode())
    return total.hexdigest()


def read_day(sources: DaySources, topics: Sequence[str]) -> Day:
    """Parse a day's files; `topics` are the slugs of topics.yml in order. A topic's pinned papers
    come first; drafts are left out.

    Raises ContentError or LedgerError for a file that can't be parsed, a page whose date differs
    from its folder's, a topic that is not in topics.yml, and an id that two papers share.
    """
    order = {slug: n for n, slug in enumerate(topics)}
    placed: list[PublishedPaper] = []
    intros = []
    for source in sources.pages:
        page = _page(source, sources.date, order)
        if page.intro:
            intros.append((page.topic, page.intro))
        placed.extend(
            PublishedPaper(
                paper=section.paper,
                date=sources.date,
                topic=page.topic,
                path=source.path,
                line=section.line,
            )
            for section in page.sections
        )
    placed.sort(key=lambda one: (order[one.topic], not one.paper.pinned))
    refuse_duplicate_ids(PaperLocation(one.paper.id, one.path, one.line) for one in placed)
    ledger = Ledger(date=sources.date)
    if sources.ledger is not None:
        ledger = ledgers.parse(sources.ledger.text(), file=sources.ledger.path)
    present = {paper.paper.id for paper in placed}
    drafts = {one.paper.id for one in placed if one.paper.status == DRAFT}
    listed = {
        record.id
        for record in ledger.statuses
        if record.status in (ledgers.PUBLISHED, ledgers.WAITING)
    }
    moments = _listed(ledger)
    placed = [
        replace(one, listed=moments.get(one.paper.id))
        for one in placed
        if one.paper.id not in drafts
    ]
    return Day(
        date=sources.date,
        papers=tuple(placed),
        intros=tuple(intros),
        ledger_summary=ledger_summary(ledger, present),
        missing=tuple(
            record.id
            for record in ledger.statuses
            if record.status == ledgers.PUBLISHED and record.id not in present
        ),
        declined=ledger.count(ledgers.DECLINED),
        drafts=len(listed & drafts),
        listed=tuple(record.id for record in ledger.statuses),
        fingerprint=day_fingerprint(
            sources.fingerprint(), dict.fromkeys(one.topic for one in placed)
        ),
    )


def _page(source: SourceFile, when: date, topics: Mapping[str, int]) -> Page:
    """Parse one of a day's pages. Raises ContentError as `read_day` does."""
    page = pages.parse(source.text(), file=source.path)
    if page.date != when:
        raise ContentError(
            f"date: {page.date}, but the folder says {when}; expected the same",
            file=source.path,
            line=1,
        )
    if page.topic not in topics:
        raise ContentError(
            f"topic: {shown(page.topic)} is not in topics.yml; expected one of "
            + ", ".join(topics),
            file=source.path,
            line=1,
        )
    return page


def _listed(ledger: Ledger) -> dict[str, str]:
    """Return when papers were first listed, by id, as far as the ledger tells: by its first
    listing, or each late paper's own capture. Rows only grow in number, so that a moment never
    changes."""
    captured = ledger.listings[0].captured if ledger.listings else None
    moments = {}
    for number, record in enumerate(ledger.statuses):
        late = record.late if isinstance(record.late, str) else None
        try:
            moment = datetime.fromisoformat(late or captured or "")
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            moments[record.id] = (moment - timedelta(seconds=number)).isoformat()
        except (ValueError, OverflowError):
            continue
    return moments
