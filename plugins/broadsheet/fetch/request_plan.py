"""The request plan: the addresses to request for each day, and the names of captures. Pure.

Sources:
- Hugging Face's API, `GET /api/daily_papers`: `date` is the digest's day (never later than
  today, UTC), `limit` the papers a page (100 at most), `p` the page from 0
  (https://huggingface.co/docs/hub/api).
- arXiv's RSS, one feed a category, rewritten at midnight Eastern time, holding the newest
  announcement only; its pubDate is the announcement's day
  (https://info.arxiv.org/help/rss_specifications.html).
- arXiv's API for days gone by: papers by time of submission
  (https://info.arxiv.org/help/api/user-manual.html), turned into announcement days by arXiv's
  schedule (https://info.arxiv.org/help/availability.html).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from ..errors import FetchError, shown
from ..listings import identifiers

EASTERN = ZoneInfo("America/New_York")
HUGGINGFACE_FIRST_DAY = date(2023, 5, 4)
ARXIV_FIRST_DAY = date(1991, 8, 14)

_DEADLINE = time(14, 0)  # arXiv's, Eastern time
_HUGGINGFACE_PAGE = 100
_ARXIV_PAGE = 1000  # arXiv allows 2000, and asks to keep pages small
_ARCHIVES_WITH_CLASSES = frozenset(
    {"astro-ph", "cond-mat", "cs", "econ", "eess", "math", "nlin", "physics"}
    | {"q-bio", "q-fin", "stat"}
)
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]+(?:-[a-z]+)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAddresses:
    """Base addresses of the sources: scheme and host, without a trailing slash."""

    huggingface: str = "https://huggingface.co"
    arxiv_feeds: str = "https://rss.arxiv.org"
    arxiv_api: str = "https://export.arxiv.org"

    @classmethod
    def all_at(cls, base: str) -> SourceAddresses:
        """Return every source at one address: a mirror, or a test server."""
        base = base.rstrip("/")
        return cls(huggingface=base, arxiv_feeds=base, arxiv_api=base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One listing, or one page of one, to request.

    `day` is the requested day, None for whichever there is. `says_day`: the answer itself
    names its day. `limit` is how many papers a page holds, None where the answer isn't paged;
    `start` counts the papers on earlier pages. `expects_papers`: an empty answer is doubtful.
    """

    url: str
    source: str  # "huggingface", "arxiv"
    extension: str  # "json", "xml"
    day: date | None = None
    category: str | None = None
    start: int = 0
    limit: int | None = None
    says_day: bool = False
    expects_papers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A day on which the source lists nothing, so that no request is made."""

    source: str
    day: date
    category: str | None
    reason: str


def days(day: date | None, since: date | None, *, today: date, first: date) -> tuple[date, ...]:
    """Return the requested days, oldest first: the one `day`, or all from `since` up to today.

    `first` is the source's first day. Raises FetchError for both at once, for days to come and
    for days before the source began.
    """
    if day is not None and since is not None:
        raise FetchError(f"both a date ({day}) and since ({since}) were given: one is enough")
    start = day or since or today
    if start > today:
        raise FetchError(f"{start} is still to come: today is {today}")
    if start < first:
        raise FetchError(f"{start} is before the first listing there is, of {first}")
    last = today if since is not None else start
    return tuple(start + timedelta(days=n) for n in range((last - start).days + 1))


def huggingface(days: tuple[date, ...], addresses: SourceAddresses) -> tuple[Request, ...]:
    """Return requests for the first page of each day's Daily Papers."""
    return tuple(
        Request(
            url=_huggingface_url(addresses.huggingface, day, page=0),
            source="huggingface",
            extension="json",
            day=day,
            limit=_HUGGINGFACE_PAGE,
        )
        for day in days
    )


def arxiv(
    days: tuple[date, ...] | None,
    categories: tuple[str, ...],
    *,
    today: date,
    addresses: SourceAddresses,
) -> tuple[Request | Silence, ...]:
    """Return the requests for arXiv, category by category.

    Without `days`: the feed as it stands, whichever day that is. With days: the feed for
    `today` (Eastern time), the API for those gone by, nothing for weekends gone by.
    Raises FetchError for an impossible category.
    """
    steps: list[Request | Silence] = []
    for category in categories:
        check_category(category)
        if days is None:
            steps.append(_arxiv_feed(category, None, addresses))
        for day in days or ():
            if day >= today:
                steps.append(_arxiv_feed(category, day, addresses))
            else:
                steps.append(_arxiv_past(category, day, addresses))
    return tuple(steps)


def check_category(category: str) -> None:
    """Raise FetchError unless `category` is written as arXiv's are: cs.LG, hep-th, math."""
    if len(category) > 30 or not _CATEGORY.fullmatch(category):
        raise FetchError(
            f"{shown(category)} is not an arXiv category: expected such as cs.LG, hep-th or math"
        )


def arxiv_id(text: str) -> str:
    """Return the arXiv id that `text` is or links to, with its version where it names one.

    Takes 2401.16164, math/0601001v2, arXiv:2401.16164 and addresses of the paper's pages at
    arXiv and at Hugging Face. Raises FetchError for all else.
    """
    found = identifiers.arxiv_id(text)
    if found is None:
        raise FetchError(
            f"{shown(text)} is not an arXiv paper: "
            "expected 2401.16164, math/0601001 or https://arxiv.org/abs/2401.16164"
        )
    identifier, version = found
    return identifier if version is None else f"{identifier}v{version}"


def arxiv_paper(identifier: str, addresses: SourceAddresses) -> Request:
    """Return the request for arXiv's record of one paper (`identifier` as `arxiv_id` gives it)."""
    return Request(
        url=f"{addresses.arxiv_api}/api/query?id_list={quote(identifier, safe='/')}&max_results=1",
        source="arxiv",
        extension="xml",
        limit=1,
    )


def announcement_window(day: date) -> tuple[datetime, datetime] | None:
    """Return when the papers announced on `day` were submitted: [from, to), UTC.

    arXiv closes at 14:00 Eastern time on working days; what came in since the last closing is
    announced that evening at 20:00, on Fridays only on Sunday evening, and dated the next day.
    None on Saturdays and Sundays. arXiv's holidays are unknown: a paper announced a day
    late because of one is found on the day it would have been announced.
    """
    weekday = day.weekday()
    if weekday >= 5:
        return None
    closing = day - timedelta(days=3 if weekday == 0 else 1)
    opening = closing - timedelta(days=3 if closing.weekday() == 0 else 1)
    return _closed(opening), _closed(closing)


def next_page(request: Request, count: int, total: int | None) -> Request | None:
    """Return the page after the one that `request` asked for and that held `count` papers.

    `total` is how many papers the source says there are in all, where it says so. Hugging Face
    doesn't, and a page can hold a little less than it may; so a page that is at least three
    quarters full is followed by another.
    """
    if request.limit is None or count == 0 or request.day is None:
        return None
    start = request.start + count
    if request.source == "huggingface":
        if count * 4 < request.limit * 3:
            return None
        page = request.start // request.limit + 1
        base = request.url.partition("/api/daily_papers")[0]
        url = _huggingface_url(base, request.day, page=page)
        return replace(request, url=url, start=page * request.limit)
    if total is None or start >= total:
        return None
    url = re.sub(r"([?&]start=)\d+", rf"\g<1>{start}", request.url)
    return replace(request, url=url, start=start)


def eastern_day(now: datetime) -> date:
    """Return the day in arXiv's time zone."""
    return now.astimezone(EASTERN).date()


def file_name(request: Request, day: date | None, captured: datetime) -> str:
    """Return DATE.SOURCE[.CATEGORY].TIME.EXT, the time in UTC; no DATE where it is unknown."""
    stamp = captured.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    start = day.isoformat() if day else None
    parts = [start, request.source, request.category, stamp, request.extension]
    return ".".join(part for part in parts if part)


def _closed(day: date) -> datetime:
    return datetime.combine(day, _DEADLINE, EASTERN).astimezone(UTC)


def _huggingface_url(base: str, day: date, *, page: int) -> str:
    query = {"date": day.isoformat(), "limit": str(_HUGGINGFACE_PAGE)}
    if page:
        query["p"] = str(page)
    return f"{base}/api/daily_papers?{urlencode(query)}"


def _arxiv_feed(category: str, day: date | None, addresses: SourceAddresses) -> Request:
    return Request(
        url=f"{addresses.arxiv_feeds}/rss/{category}",
        source="arxiv",
        extension="xml",
        day=day,
        category=category,
        says_day=True,
    )


def _arxiv_past(category: str, day: date, addresses: SourceAddresses) -> Request | Silence:
    window = announcement_window(day)
    if window is None:
        return Silence(
            source="arxiv",
            day=day,
            category=category,
            reason="arXiv announces nothing on Saturdays and Sundays",
        )
    start, end = window
    last = end - timedelta(minutes=1)  # both ends of the query's range are included
    wanted = f"{category}.*" if category in _ARCHIVES_WITH_CLASSES else category
    query = {
        "search_query": f"cat:{wanted} AND submittedDate:[{start:%Y%m%d%H%M} TO {last:%Y%m%d%H%M}]",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
        "start": "0",
        "max_results": str(_ARXIV_PAGE),
    }
    return Request(
        url=f"{addresses.arxiv_api}/api/query?{urlencode(query, safe=':[]*')}",
        source="arxiv",
        extension="xml",
        day=day,
        category=category,
        limit=_ARXIV_PAGE,
        expects_papers=True,
    )
