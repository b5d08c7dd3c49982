"""Requests: what is asked of a source, for which days, and the names of captures. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ..errors import FetchError

ANY = "any"
"""The extension of an answer that may be JSON or XML: its first character decides."""

AGAIN = 3
"""How many of the days before today are asked again, unless a digest's settings say otherwise."""

MOST_AGAIN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAddresses:
    """Base addresses of the sources: scheme and host, without a trailing slash."""

    huggingface: str = "https://huggingface.co"
    arxiv_feeds: str = "https://rss.arxiv.org"
    arxiv_api: str = "https://export.arxiv.org"
    crossref: str = "https://api.crossref.org"

    @classmethod
    def all_at(cls, base: str) -> SourceAddresses:
        """Return every source at one address: a mirror, or a test server."""
        base = base.rstrip("/")
        return cls(huggingface=base, arxiv_feeds=base, arxiv_api=base, crossref=base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One listing, or one page of one, to request.

    `day` is the requested day, None for whichever there is. `says_day`: the answer itself
    names its day. `limit` is how many papers a page holds, None where the answer isn't paged;
    `start` counts the papers on earlier pages. `expects_papers`: an empty answer is doubtful.
    `unnamed`: nobody named the day, so an empty answer is not kept. `rolling`: the answer shows
    the newest papers of several days, so it is compared with captures of other days too, and an
    answer that names its day is believed. `settled_by`: the format of a capture that leaves
    nothing to ask for on that day.
    """

    url: str
    source: str  # the second part of a capture's name: "huggingface", "arxiv"
    extension: str  # "json", "xml", or ANY
    day: date | None = None
    category: str | None = None
    start: int = 0
    limit: int | None = None
    says_day: bool = False
    expects_papers: bool = False
    unnamed: bool = False
    rolling: bool = False
    settled_by: str | None = None

    def extension_of(self, data: bytes) -> str:
        """Return the extension of an answer's file: "json" or "xml"."""
        if self.extension != ANY:
            return self.extension
        return "json" if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else "xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A day on which the source lists nothing, so that no request is made; without a day, a source
    that can't be asked for days."""

    source: str
    day: date | None
    category: str | None
    reason: str


Step = Request | Silence


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDays:
    """Which days are asked for: the one `day`, or all `since` one, or else what is newest together
    with the `again` days before today. `refresh` keeps another capture of the same papers, for its
    fresher votes."""

    day: date | None = None
    since: date | None = None
    again: int = 0
    refresh: bool = False

    @property
    def named(self) -> bool:
        """Whether somebody named the days."""
        return self.day is not None or self.since is not None

    def days(self, today: date, first: date) -> tuple[date, ...]:
        """Return the days, oldest first. `first` is the source's first day.

        Raises FetchError for both `day` and `since`, for days to come and for days before the
        source began.
        """
        if self.day is not None and self.since is not None:
            raise FetchError(
                f"both a date ({self.day}) and since ({self.since}) were given: one is enough"
            )
        start = self.day or self.since or max(first, today - timedelta(days=self.again))
        if start > today:
            raise FetchError(f"{start} is still to come: today is {today}")
        if start < first:
            raise FetchError(f"{start} is before the first listing there is, of {first}")
        last = start if self.day is not None else today
        return tuple(start + timedelta(days=n) for n in range((last - start).days + 1))


def file_name(request: Request, day: date | None, captured: datetime, extension: str) -> str:
    """Return DATE.SOURCE[.CATEGORY].TIME.EXT, the time in UTC; no DATE where it is unknown."""
    stamp = captured.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    start = day.isoformat() if day else None
    parts = [start, request.source, request.category, stamp, extension]
    return ".".join(part for part in parts if part)
