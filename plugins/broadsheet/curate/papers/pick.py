"""Publish a paper that waits. Pure."""

from __future__ import annotations

from dataclasses import replace

from ...content.ledger import PUBLISHED, PaperStatus, section_hash
from ...content.pages import edit, note_edits
from ...content.waiting import chosen_section
from ...errors import ContentError, shown
from ...topics import OTHER
from ..changes.change import known_topic, new_page, page_path
from .desk import Curator, Desk


def pick(desk: Desk, key: str, curator: Curator, *, topic: str | None = None) -> str | None:
    """Move a waiting paper's section to a topic's page of its day: its own topic's unless `topic`.

    Return what was done, None for a paper that is published already. A curator with a name is
    credited in the paper's block. Raises ContentError for a declined paper and an unknown topic.
    """
    place = desk.place(key)
    if desk.stands(key):
        return None
    if not desk.waits(key):
        raise ContentError(
            f"{shown(key)} was declined, and its section is gone; expected a paper that waits: "
            "`broadsheet undo` takes the last command back, `broadsheet add` fetches a paper"
        )
    day = place.date
    one = desk.waiting(day).papers[key]
    row = desk.row(day, key) or PaperStatus(
        id=key, title=one.paper.title, arxiv=one.paper.arxiv, status=PUBLISHED
    )
    own = one.topic if one.topic in desk.vocabulary.topic_by_slug else None
    to_topic = known_topic(topic, desk.vocabulary) if topic else own or OTHER.slug
    path = page_path(day, to_topic)
    section = chosen_section(one)
    chosen_topic = topic is not None and to_topic != own
    as_imported = section_hash(one.section) == row.written and not curator.name and not chosen_topic
    text = edit.append(desk.page(path) or new_page(day, to_topic, desk.vocabulary), section)
    if curator.name:
        text = note_edits.set_curator(text, key, curator.name, path)
    desk.put(path, text)
    desk.no_longer_waits(key)
    desk.set_row(
        day,
        replace(
            row,
            status=PUBLISHED,
            of=None,
            waited=False,
            by=curator.name,
            written=section_hash(section) if as_imported else None,
        ),
    )
    desk.moved(key, path)
    return f"{key}: picked, in {path}"
