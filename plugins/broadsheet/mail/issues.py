"""Issues of the digest for mail: a day or a week of the archive as `mail.Issue`, and the settings
that mail needs beside the site's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from .. import calendar, urls
from ..archive.model import Day, Placed
from ..errors import SettingsError, shown
from ..feeds import begin
from ..io.settings import Settings
from ..render.labels import Labels
from ..render.papers import links
from ..text.names import authors_short
from ..text.plain import lead_of, plain
from . import Issue, IssueSection, Sender, Story, is_address

WEEK_TOPIC = 8  # papers of a topic in a week's message, the most voted
_LINKS = ("arxiv", "doi", "paper", "code", "project")


def sender(values: Mapping[str, Any], settings: Settings) -> Sender:
    """Who sends, from Pelican's settings. Raises SettingsError naming the setting.

    BROADSHEET_MAIL_FROM is needed, and SITEURL; BROADSHEET_MAIL_UNSUBSCRIBE,
    BROADSHEET_MAIL_UNSUBSCRIBE_TO and BROADSHEET_MAIL_LIST_ID may be left out.
    """
    if not settings.url:
        raise SettingsError("SITEURL is empty; mail needs whole addresses, with https://")
    address = str(values.get("BROADSHEET_MAIL_FROM") or "")
    if not is_address(address):
        raise SettingsError(
            f"BROADSHEET_MAIL_FROM = {shown(address)}: expected the address that mail comes from"
        )
    leave = str(values.get("BROADSHEET_MAIL_UNSUBSCRIBE") or "")
    if leave and (not leave.startswith("https://") or "{token}" not in leave
                  or re.search(r"[\x00-\x20\x7f<>\"]", leave) or not leave.isascii()):  # fmt: skip
        raise SettingsError(
            f"BROADSHEET_MAIL_UNSUBSCRIBE = {shown(leave)}: expected an address with https:// and "
            "{token} where the subscriber's token goes"
        )
    leave_to = str(values.get("BROADSHEET_MAIL_UNSUBSCRIBE_TO") or "")
    if leave_to and not is_address(leave_to):
        raise SettingsError(
            f"BROADSHEET_MAIL_UNSUBSCRIBE_TO = {shown(leave_to)}: expected a mail address"
        )
    host = urlsplit(settings.url).hostname or "localhost"
    list_id = str(values.get("BROADSHEET_MAIL_LIST_ID") or f"papers.{host}")
    if not re.fullmatch(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", list_id):
        raise SettingsError(
            f"BROADSHEET_MAIL_LIST_ID = {shown(list_id)}: expected such as papers.example.org"
        )
    return Sender(
        name=settings.name,
        address=address,
        home=settings.url,
        list_id=list_id,
        language=settings.language,
        unsubscribe=leave or None,
        unsubscribe_mail=leave_to or None,
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an issue is limited to: a subscription's name and title, and its papers' ids."""

    name: str
    title: str
    ids: frozenset[str]


def daily(day: Day, names: Labels, settings: Settings, chosen: Chosen | None = None) -> Issue:
    """A day's issue: its papers by topic, the most voted first."""
    return Issue(
        kind="daily",
        key=day.date.isoformat(),
        heading=calendar.full(day.date),
        address=_whole(settings, _home(urls.day(day.date), chosen)),
        moment=begin(day.date, ZoneInfo(settings.timezone)),
        sections=_sections(
            [day], names, settings, chosen, lambda topic: urls.day_topic(day.date, topic), None
        ),
        subscription=chosen.name if chosen else "",
        about=chosen.title if chosen else "",
    )


def weekly(
    key: str, days: Sequence[Day], names: Labels, settings: Settings, chosen: Chosen | None = None
) -> Issue:
    """A finished week's issue: of each topic the most voted papers."""
    span = calendar.week_days(key)
    return Issue(
        kind="weekly",
        key=key,
        heading=f"{calendar.week(key)}: {calendar.span(span[0], span[-1])}",
        address=_whole(settings, _home(urls.week(key), chosen)),
        moment=begin(span[-1] + timedelta(1), ZoneInfo(settings.timezone)),
        sections=_sections(
            days, names, settings, chosen, lambda _: urls.week(key),
            None if chosen else WEEK_TOPIC,
        ),
        subscription=chosen.name if chosen else "",
        about=chosen.title if chosen else "",
    )  # fmt: skip


def _home(path: str, chosen: Chosen | None) -> str:
    return f"subscriptions/{chosen.name}/" if chosen else path


def _whole(settings: Settings, path: str) -> str:
    return f"{settings.url}/{path}"


def _sections(
    days: Sequence[Day],
    names: Labels,
    settings: Settings,
    chosen: Chosen | None,
    address: Any,
    most: int | None,
) -> tuple[IssueSection, ...]:
    groups: dict[str, list[Placed]] = {}
    for day in days:
        for one in day.papers:
            if chosen is None or one.paper.id in chosen.ids:
                groups.setdefault(one.topic, []).append(one)
    sections = []
    for slug in (topic.slug for topic in names.vocabulary.topics if topic.slug in groups):
        ranked = sorted(groups[slug], key=lambda one: -(one.paper.upvotes or 0))
        sections.append(
            IssueSection(
                heading=names.topic(slug).label,
                address=_whole(settings, _home(address(slug), chosen)),
                stories=tuple(_story(one, settings) for one in ranked[:most]),
                total=len(ranked),
            )
        )
    return tuple(sections)


def _story(placed: Placed, settings: Settings) -> Story:
    paper = placed.paper
    title = plain(paper.title)
    return Story(
        title=title,
        address=_whole(settings, urls.paper(paper.id)),
        authors=authors_short(paper.authors, paper.author_count),
        lead=lead_of(paper.abstract),
        votes=paper.upvotes,
        links=tuple((one.label, one.path) for one in links(paper, title) if one.kind in _LINKS),
        notes=tuple(plain(note.text) for note in paper.notes),
    )


def finished_weeks(published: Sequence[date]) -> dict[str, list[date]]:
    """The weeks that are over, oldest first, with their days that have papers: those whose Sunday,
    or a later day, has papers."""
    weeks: dict[str, list[date]] = {}
    for day in published:
        weeks.setdefault(urls.week_key(day), []).append(day)
    newest = published[-1] if published else None
    return {
        key: days
        for key, days in weeks.items()
        if newest is not None and calendar.week_days(key)[-1] <= newest
    }
