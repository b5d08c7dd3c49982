"""Decline a paper: one that waits, one that is published, or one whose section was deleted by hand.
Pure."""

from __future__ import annotations

from dataclasses import replace

from ...content.disk import waiting_path
from ...content.ledger import DECLINED, WAITING, PaperStatus
from ...content.pages import edit
from ...content.redirects import GONE, Redirect
from ..changes.change import ledger_path
from .desk import Curator, Desk


def decline(desk: Desk, key: str, curator: Curator, *, why: str | None = None) -> str | None:
    """Remove a paper's section and decline it in its day's ledger, so that no import brings it.

    A published paper's address says `why` and leads to its day; one that waited never had an
    address. Return what was done, None for a paper that is declined already.
    """
    place = desk.place(key)
    day = place.date
    row = desk.row(day, key)
    if desk.waits(key):
        paper = desk.paper(key)
        row = row or PaperStatus(id=key, title=paper.title, arxiv=paper.arxiv, status=WAITING)
        desk.no_longer_waits(key)
        said = f"{key}: declined, no longer in {waiting_path(day)}"
        published = False
    elif desk.stands(key):
        text = desk.text(place.path)
        section = edit.find(text, key, place.path)
        paper = section.paper
        row = row or PaperStatus(id=key, title=paper.title, arxiv=paper.arxiv, status=DECLINED)
        desk.put(place.path, edit.cut(text, section))
        said = f"{key}: taken out of {place.path}, declined in day.yml"
        published = True
    elif row is not None and row.status == DECLINED:
        return None
    else:
        row = row or PaperStatus(id=key, title=key, status=DECLINED)
        said = f"{key}: declined in {ledger_path(day)}"
        published = row.status != WAITING
    if published:
        desk.redirect(Redirect(old=f"papers/{key}/", new=f"{day:%Y/%m/%d}/", why=why or GONE))
    desk.set_row(
        day,
        replace(
            row,
            status=DECLINED,
            of=None,
            waited=row.waited or not published,
            by=curator.name,
            written=None,
        ),
    )
    desk.moved(key, ledger_path(day))
    return said
