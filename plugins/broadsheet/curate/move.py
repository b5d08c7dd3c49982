"""Move a paper to another topic or day, and retire papers. Pure.

A moved section keeps its bytes but for its line `updated:`; the paper keeps its id and address.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..content import ledger as ledgers
from ..content import pages
from ..content.ledger import DECLINED, Ledger, PaperStatus
from ..content.pages import PaperLocation, edit
from ..content.redirects import Redirect
from ..days import refuse_implausible
from ..errors import ContentError, shown
from .change import Change, State, finished, known_topic, ledger_path, new_page, page_path

GONE = "This paper is no longer part of the digest."


def move(
    state: State,
    location: PaperLocation,
    *,
    topic: str | None = None,
    day: date | None = None,
    updated: str | None = None,
) -> Change:
    """Move a paper to another topic, another day, or both.

    `updated` is the day (ISO) of the move for feeds. Raises ContentError where the paper is there
    already, the topic is unknown, or its block can't be edited.
    """
    text = state.texts[location.path]
    section = edit.find(text, location.id, location.path)
    here = pages.parse(text, file=location.path)
    to_topic = known_topic(topic, state.vocabulary) if topic else here.topic
    to_day = day or location.date
    refuse_implausible(to_day, ContentError)
    path = page_path(to_day, to_topic)
    if (to_topic, to_day) == (here.topic, location.date):
        raise ContentError(
            f"{shown(location.id)} is there already", file=location.path, line=section.line
        )
    there = state.texts.get(path) or new_page(to_day, to_topic, state.vocabulary)
    moved = edit.append(there, edit.section_text(text, section))
    if updated:
        moved = edit.set_value(moved, location.id, "updated", updated, path)
    writes = {path: moved, location.path: edit.cut(text, section)}
    message = f"{location.id}: from {location.path} to {path}"
    return finished(state, writes, message)


def retire(state: State, location: PaperLocation, *, why: str | None = None) -> Change:
    """Remove a paper's section, decline it in its ledger, and have its address say `why`."""
    text = state.texts[location.path]
    section = edit.find(text, location.id, location.path)
    paper = section.paper
    writes: dict[str, str | None] = {location.path: edit.cut(text, section)}
    writes |= _declined(state, location.date, location.id, paper.title, paper.arxiv)
    return finished(
        state,
        writes,
        f"{location.id}: taken out of {location.path}, declined in day.yml",
        [Redirect(old=f"papers/{location.id}/", new=f"{location.date:%Y/%m/%d}/", why=why or GONE)],
    )


def retire_gone(state: State, day: date, key: str, *, why: str | None = None) -> Change:
    """Decline a paper of a day's ledger whose section was deleted by hand."""
    return finished(
        state,
        _declined(state, day, key, key, None),
        f"{key}: declined in {ledger_path(day)}",
        [Redirect(old=f"papers/{key}/", new=f"{day:%Y/%m/%d}/", why=why or GONE)],
    )


def _declined(
    state: State, day: date, key: str, title: str, arxiv: str | None
) -> dict[str, str | None]:
    """Return the day's ledger, by path, with a paper declined; a missing row is added."""
    changed: dict[str, str | None] = {}
    for path in sorted(state.texts):
        if not path.endswith("/day.yml"):
            continue
        ledger = ledgers.parse(state.texts[path], file=path)
        if any(record.id == key for record in ledger.statuses) and ledger.date == day:
            statuses = tuple(
                replace(record, status=DECLINED, of=None, written=None)
                if record.id == key
                else record
                for record in ledger.statuses
            )
            changed[path] = ledgers.update(state.texts[path], replace(ledger, statuses=statuses))
    if not changed:
        ledger = state.ledger(day) or Ledger(date=day)
        record = PaperStatus(id=key, title=title, arxiv=arxiv, status=DECLINED)
        after = replace(ledger, statuses=(*ledger.statuses, record))
        text = state.texts.get(ledger_path(day))
        changed[ledger_path(day)] = (
            ledgers.format(after) if text is None else ledgers.update(text, after)
        )
    return changed
