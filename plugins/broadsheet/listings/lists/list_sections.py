"""The dated sections of a list ("Papers of the Week (Jan 5 - Jan 11)"), and which one is taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from ...counts import counted
from ...errors import ListingError
from ..fields.dates import DateHeading, read_day, read_heading
from ..fields.month_words import day_in
from ..untrusted.decoding import one_line
from .paper_drafts import PaperDraft

_SPAN = re.compile(
    r"(?P<a>[A-Z][a-z]{2,8}\.? \d{1,2})(?:st|nd|rd|th)?\s?(?:[-–—]|to)\s?"
    r"(?P<b>(?:[A-Z][a-z]{2,8}\.? )?\d{1,2})(?:st|nd|rd|th)?\b\W{0,5}(?P<year>\d{4})?"
)
_DAY = re.compile(
    r"\b(?P<day>\d{4}[-./]\d{2}[-./]\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
    r"|\d{1,2} [A-Z][a-z]{2,8},? \d{4})\b"
)
_COUNTED = re.compile(r"\s*\([^()]{0,40}\d[^()]{0,30}\)\s*\Z")  # "(showing 2 of 9 entries)"
_LONGEST_DATELINE = 30  # characters
_LONGEST_LINE = 100


@dataclass(slots=True)
class ListSection:
    """The papers under a heading that names a day or a week, or under none."""

    heading: DateHeading | None = None
    line: int | None = None
    drafts: list[PaperDraft] = field(default_factory=list)
    sure: bool = True  # whether the day is a heading's own, not one that a first line mentions


def chosen_section(
    sections: list[ListSection], day: date | None, notices: list[str]
) -> tuple[ListSection, str]:
    """Return the section of a day, or else the newest, and its period; that of no date if no
    heading has one."""
    if day is not None:
        for section in sections:
            section.heading = section.heading if section.sure else None
    filled = [section for section in sections if section.drafts]
    dated = [section for section in filled if section.heading]
    if len(dated) < 2:
        one = ListSection(drafts=[draft for section in filled for draft in section.drafts])
        if dated:
            one.heading, one.line = dated[0].heading, dated[0].line
        return one, one.heading.period if one.heading else "day"
    chosen = next((one for one in dated if day and _covers(one.heading, day)), None)
    if chosen is None:
        whole = [one for one in dated if one.heading and one.heading.date()]
        chosen = max(whole, key=lambda one: _date_of(one.heading), default=dated[0])
    left = sum(len(one.drafts) for one in filled if one is not chosen)
    notices.append(
        f"{counted(left, 'paper')} of other days left out: a listing is of one day or week, here "
        f"that under the heading in line {chosen.line}"
    )
    return chosen, chosen.heading.period if chosen.heading else "day"


def _date_of(heading: DateHeading | None) -> date:
    return (heading.date() if heading else None) or date.min


def _covers(heading: DateHeading | None, day: date) -> bool:
    if heading is None:
        return False
    start = heading.date()
    if start is None:
        try:
            start = date(day.year, heading.month, heading.day)
        except ValueError:
            return False
    length = {"week": 6, "month": 27}.get(heading.period, 0)
    return start <= day <= start + timedelta(days=length)


def mentioned_day(text: str) -> DateHeading | None:
    """Return the whole day that a short line above all papers names: "Kite Daily — 5 Jan 2026"."""
    found = heading_day(text) if len(text) <= _LONGEST_LINE else None
    return found if found and found.period == "day" and found.date() else None


def _foreign(text: str) -> DateHeading | None:
    """Return the whole day that a text names in another language."""
    parts = day_in(text)
    if parts is None or not parts[1] or not parts[2]:
        return None
    return read_day(f"{parts[0]}-{parts[1]:02}-{parts[2].zfill(2)}")


def dateline(words: str, *, begun: bool) -> tuple[DateHeading, bool] | None:
    """Return the day that a line is and nothing else, and whether it says how many papers follow
    ("Mon, 5 Jan 2026 (showing 2 of 2 entries)"); below papers (`begun`), only one that says so is
    a heading."""
    if len(words) > _LONGEST_LINE:
        return None
    counted = _COUNTED.search(words)
    words = words[: len(words) - len(counted[0])] if counted else words
    ends = words[:1].isdigit() or words[-1:].isdigit()
    if not ends or len(words) > _LONGEST_DATELINE or (begun and not counted):
        return None
    day = heading_day(words)
    return (day, counted is not None) if day and day.date() else None


def heading_day(text: str) -> DateHeading | None:
    """Return the day or the week that a heading names somewhere."""
    text = one_line(text)[:200]
    try:
        if whole := read_heading(text):
            return whole
        if span := _SPAN.search(text):
            year = f", {span['year']}" if span["year"] else ""
            last = span["b"] if " " in span["b"] else f"{span['a'].split()[0]} {span['b']}"
            return read_heading(f"{span['a']} - {last}{year}")
        if found := _DAY.search(text):
            return read_day(re.sub(r"(?<=\d)[./](?=\d)", "-", found["day"]))
        return _foreign(text)
    except ListingError:
        return None
