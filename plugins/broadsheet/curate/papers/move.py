"""Move a paper to another topic or day. Pure.

A moved section keeps its bytes but for its line `updated:`; the paper keeps its id and address.
"""

from __future__ import annotations

from datetime import date

from ...content.pages import edit, splice
from ...days import refuse_implausible
from ...errors import ContentError, shown
from ..changes.change import known_topic, new_page, page_path
from .desk import Curator, Desk, topic_of


def move(
    desk: Desk, key: str, curator: Curator, *, topic: str | None = None, day: date | None = None
) -> str:
    """Move a paper to another topic, another day, or both; a paper that waits gets another topic.

    Return what was done. Raises ContentError where the paper is there already, the topic is
    unknown, its block can't be edited, and for another day of a paper that waits.
    """
    place = desk.place(key)
    to_day = day or place.date
    refuse_implausible(to_day, ContentError)
    if desk.waits(key):
        return _retopic_waiting(desk, key, topic, to_day)
    desk.paper(key)  # raises where it stands nowhere
    text = desk.text(place.path)
    here = topic_of(text, place.path)
    to_topic = known_topic(topic, desk.vocabulary) if topic else here
    path = page_path(to_day, to_topic)
    section = edit.find(text, key, place.path)
    if (to_topic, to_day) == (here, place.date):
        raise ContentError(f"{shown(key)} is there already", file=place.path, line=section.line)
    there = desk.page(path) or new_page(to_day, to_topic, desk.vocabulary)
    moved = edit.append(there, splice.section_text(text, section))
    if curator.today:
        moved = edit.set_value(moved, key, "updated", curator.today, path)
    desk.put(path, moved)
    desk.put(place.path, edit.cut(text, section))
    desk.moved(key, path)
    return f"{key}: from {place.path} to {path}"


def _retopic_waiting(desk: Desk, key: str, topic: str | None, day: date) -> str:
    place = desk.place(key)
    if day != place.date:
        raise ContentError(f"{shown(key)} waits; expected it to be picked first", file=place.path)
    to_topic = known_topic(topic or "", desk.vocabulary)
    if desk.waiting(day).papers[key].topic == to_topic:
        raise ContentError(f"{shown(key)} is there already", file=place.path)
    desk.change(key, lambda text, path: edit.set_value(text, key, "topic", to_topic, path))
    return f"{key}: waits, for {to_topic}"
