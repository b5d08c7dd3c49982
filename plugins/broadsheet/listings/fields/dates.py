"""Days as listings write them, and which day a listing is of (`resolve_date`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from ...calendar import MONTHS
from ...errors import ListingError
from ..model import Listing, ListingName
from .month_words import eastern, month_of, western_digits

_MONTH = {name[:size].lower(): n for n, name in enumerate(MONTHS, 1) for size in (3, len(name))}
_MONTH["sept"] = 9
_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_M = r"(?P<month>[A-Za-z]{3,9})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        _WEEKDAY + _M + r" (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?",
        _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? " + _M + r",?(?: (?P<year>\d{4}))?",
        r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})",
    )
)
_SPAN = re.compile(r"(.{3,20}?) ?[-–—] ?(.{1,20})")
_WEEK = re.compile(r"(?:Week (\d{1,2}),? (\d{4})|(\d{4})-?W(\d{1,2}))", re.IGNORECASE)
_NUMBERED_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_WHOLE_MONTH = re.compile(_M + r",? (?P<year>\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateHeading:
    """A date as a page's heading gives it; `year` is None where it leaves it out."""

    month: int
    day: int
    year: int | None = None
    period: str = "day"

    def date(self) -> date | None:
        return None if self.year is None else date(self.year, self.month, self.day)


def month_number(word: str) -> int | None:
    """Return 1 to 12 for an English month's name or its usual abbreviation."""
    return _MONTH.get(word.lower().rstrip("."))


def read_day(text: str) -> DateHeading | None:
    """Return a day such as "Aug 7", "7 August 2025" or "2025-08-07"; None for any other text.

    Raises `ListingError` for what has a day's shape and is not one ("Feb 30").
    """
    if len(text) > 40:
        return None
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = int(parts["number"]) if parts.get("number") else month_number(parts["month"])
        if month is None:
            continue
        day, year = int(parts["day"]), int(parts["year"]) if parts["year"] else None
        if not (1 <= month <= 12 and 1 <= day <= _DAYS_IN[month - 1]):
            raise ListingError(
                f'"{text}" is not a day of the calendar; expected one such as "Aug 7"'
            )
        if year is not None:
            try:
                date(year, month, day)
            except ValueError:
                raise ListingError(
                    f'"{text}" is not a day of the calendar; expected one such as "Aug 7"'
                ) from None
        return DateHeading(month, day, year)
    return None


def read_heading(text: str) -> DateHeading | None:
    """Return a day, a week ("Week 32, 2025", "Aug 4 - Aug 10") or a month ("Aug 2025",
    "2025-08"), by its first day.

    Raises `ListingError` for what has a day's shape and is not one.
    """
    if len(text) > 60:
        return None
    if day := read_day(text):
        return day
    if week := _WEEK.fullmatch(text):
        number, year = int(week[1] or week[4]), int(week[2] or week[3])
        try:
            first = date.fromisocalendar(year, number, 1)
        except ValueError:
            raise ListingError(f'"{text}" is not a week; expected one such as "2025-W32"') from None
        return DateHeading(first.month, first.day, first.year, "week")
    if month := _WHOLE_MONTH.fullmatch(text):
        number_of = month_number(month["month"])
        if number_of is not None and int(month["year"]) > 0:
            return DateHeading(number_of, 1, int(month["year"]), "month")
    if (numbered := _NUMBERED_MONTH.fullmatch(text)) and int(numbered[1]) > 0:
        return DateHeading(int(numbered[2]), 1, int(numbered[1]), "month")
    if span := _SPAN.fullmatch(text):
        first_day = read_day(span[1])
        last = read_day(span[2]) if first_day else None
        if first_day and last:
            year_of = first_day.year
            if year_of is None and last.year is not None:
                turned = (first_day.month, first_day.day) > (last.month, last.day)
                year_of = last.year - turned
            return DateHeading(first_day.month, first_day.day, year_of, "week")
    return None


def read_iso(text: object) -> str | None:
    """Return the ISO date that an ISO 8601 timestamp or date begins with; None where it is none."""
    if not isinstance(text, str):
        return None
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return None


_MAIL_DAY = re.compile(r"\s*(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4})\b")


def read_stamp(text: str) -> str | None:
    """Return the ISO date that a time stamp names where it was written: in ISO 8601, or as in mail
    (RFC 5322). None where it is neither."""
    if iso := read_iso(text):
        return iso
    if (found := _MAIL_DAY.match(text)) and (month := month_number(found[2])):
        day = partial_date(found[3], month, found[1])
        return day if len(day) == 10 else None
    moment = read_moment(text)
    return moment.date().isoformat() if moment else None


_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_IN_PARTS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|2[01]\d\d)(?!\d)")
_DAY_NUMBER = re.compile(r"(?<!\d)([1-9]|[12]\d|3[01]|0[1-9])(?:st|nd|rd|th)?(?!\d)")
_WORDS = re.compile(r"[^\W\d_]{3,12}")
_YEAR_LAST = re.compile(r"(\d{1,2})(?P<sign>[./-])(\d{1,2})(?P=sign)(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"(\d{1,2})[- ]([^\W\d_]{3,12})\.?[- ]'?(\d{2})(?!\d)")
_CLOCK = re.compile(r"[T ,]+\d{1,2}:\d{2}(?!\d).*", re.DOTALL)


def read_published(text: object, day_first: bool | None = None) -> str | None:
    """Return the date of a paper as far as a text gives it: "2019-05-03", "2019-05" or "2019".

    Reads ISO 8601, digits with slashes or dots ("3.5.2019"; "5/3/2019" might be either day, so it
    is the year unless `day_first` says which), and words ("3 May 2019", "2019 May 3", "3-May-19",
    "Spring 2019", "c. 2019"), also in the languages of `month_words`. None where there is no year
    from 1400 to 2199.
    """
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str) or not text.strip():
        return None
    text = western_digits(" ".join(text.split())[:80])
    if (parts := eastern(text)) and _YEAR.fullmatch(parts[0]):
        return partial_date(*parts)
    found = _COMPACT.match(text) or _IN_PARTS.match(text)
    if found and _YEAR.fullmatch(found[1]) and (found[2] or not _WORDS.search(text)):
        return partial_date(found[1], found[2], found[3])
    text = _CLOCK.sub("", text)
    if (found := _YEAR_LAST.match(text)) and _YEAR.fullmatch(found[4]):
        day_first = True if found["sign"] == "." else day_first
        return _year_last(found[4], int(found[1]), int(found[3]), day_first)
    if (found := _SHORT_YEAR.fullmatch(text)) and (month := _any_month(found[2])):
        century = "20" if found[3] < "70" else "19"
        return partial_date(century + found[3], month, found[1])
    year = _YEAR.search(text)
    if year is None:
        return None
    rest = text[: year.start()] + " " + text[year.end() :]
    months = [number for word in _WORDS.findall(rest) if (number := _any_month(word))]
    if len(months) != 1:
        return year[1]
    days = _DAY_NUMBER.findall(rest)
    return partial_date(year[1], months[0], days[0] if len(days) == 1 else None)


def _any_month(word: str) -> int | None:
    return month_number(word) or month_of(word)


def _year_last(year: str, first: int, second: int, day_first: bool | None) -> str:
    """Return a date whose year stands last: the day comes first in some countries, and the date is
    the year's where either number may be the month."""
    if first > 12 or first == second or (day_first and second <= 12):
        return partial_date(year, second, first)
    return year if day_first is None and second <= 12 else partial_date(year, first, second)


def partial_date(year: str, month: str | int | None = None, day: str | int | None = None) -> str:
    """Return the ISO date, month or year of its parts, without those that are no calendar's."""
    try:
        if month is not None and day is not None:
            return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        pass  # a month's day zero, or thirty-first: the month stands
    if month is not None and 1 <= int(month) <= 12:
        return f"{int(year):04}-{int(month):02}"
    return f"{int(year):04}"


def read_moment(text: str | None) -> datetime | None:
    """Return a moment as ISO 8601 or as in mail (RFC 5322), in UTC; None where it is neither."""
    if not text or len(text) > 60:
        return None
    text = " ".join(text.split())
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def resolve_date(listing: Listing, name: ListingName, given: date | None, file: str) -> date:
    """Return the day of the digest that a listing belongs to.

    The year comes from the file's name, else from `given` (the command's --date), else from the
    listing where it names it; it is never guessed. Where the listing has a heading, it must
    agree: with its first day for a day, with its seven days for a week, with its month for a
    month. Raises `ListingError` where no year is known or the two disagree.
    """
    known = name.date or given
    source_says = "the file's name says" if name.date else "--date says"
    if known is None:
        if listing.date is not None:
            return listing.date
        how = "expected a file named such as 2025-08-07.source.txt, or --date"
        if listing.heading is not None:
            raise ListingError(
                f'the heading "{_words(listing.heading)}" has no year; {how}',
                file=file,
                line=listing.heading_line,
            )
        raise ListingError(
            f"neither the listing nor its name says what day it is of; {how}", file=file
        )
    if listing.date is not None:
        if not _within(known, listing.date, listing.period):
            raise ListingError(
                f"the listing says {listing.date}, {source_says} {known}; expected the same",
                file=file,
                line=listing.heading_line,
            )
    elif listing.heading is not None:
        month, day = listing.heading
        starts = [_day(year, month, day) for year in (known.year, known.year - 1)]
        if not any(start and _within(known, start, listing.period) for start in starts):
            leap = f" ({known.year} has no Feb 29)" if starts[0] is None else ""
            raise ListingError(
                f'the heading says "{_words(listing.heading)}", {source_says} {known}{leap}; '
                "expected the same",
                file=file,
                line=listing.heading_line,
            )
    return known


def _within(day: date, start: date, period: str) -> bool:
    if period == "month":
        return (day.year, day.month) == (start.year, start.month)
    return start <= day <= start + timedelta(days=6) if period == "week" else day == start


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _words(heading: tuple[int, int]) -> str:
    return f"{MONTHS[heading[0] - 1][:3]} {heading[1]}"
