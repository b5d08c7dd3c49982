"""arXiv: what is announced in some categories, by its feeds and its API.

- RSS, one feed a category, rewritten at midnight Eastern time, holding the newest announcement
  only; its pubDate is the announcement's day
  (https://info.arxiv.org/help/rss_specifications.html).
- The API for days gone by: papers by time of submission
  (https://info.arxiv.org/help/api/user-manual.html), turned into announcement days by arXiv's
  schedule (https://info.arxiv.org/help/availability.html).

With words, the API is asked for every day, and selects the papers whose title or abstract holds
one of them: a feed can't be searched, and a raw listing is kept as served. A day's papers are then
those submitted in its window, whenever arXiv lets them out, so the last days are asked again. An
announcement in a feed is whole: where one is held, its day isn't asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from ...errors import FetchError, shown
from ..limits import ARXIV, HostPolicy
from ..request import Request, Silence, SourceAddresses, Step, WantedDays
from .source import Source

EASTERN = ZoneInfo("America/New_York")
FIRST_DAY = date(1991, 8, 14)
FEED_FORMAT = "arxiv_feed"
"""The format (`Listing.format`) of a capture of arXiv's feed."""

MOST_WORDS = 20
_DEADLINE = time(14, 0)  # arXiv's, Eastern time
_PAGE = 1000  # arXiv allows 2000, and asks to keep pages small
_ARCHIVES_WITH_CLASSES = frozenset(
    {"astro-ph", "cond-mat", "cs", "econ", "eess", "math", "nlin", "physics"}
    | {"q-bio", "q-fin", "stat"}
)
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]+(?:-[a-z]+)?)?")
_WORDS = re.compile(r"\w[\w '.+-]{0,78}[\w.+]|\w")
"""A word or phrase as arXiv's query language may quote it: no quotation marks, no operators."""


@dataclass(frozen=True, slots=True)
class Arxiv(Source):
    """The announcements in `categories`; with `words` (or phrases) only papers whose title or
    abstract holds one of them. Raises FetchError for impossible categories and words."""

    categories: tuple[str, ...]
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.categories:
            raise FetchError("no arXiv category was given: expected one such as cs.LG")
        for category in self.categories:
            check_category(category)
        if len(self.words) > MOST_WORDS:
            raise FetchError(f"{len(self.words)} words were given: expected {MOST_WORDS} at most")
        for word in self.words:
            if not _WORDS.fullmatch(word):
                raise FetchError(
                    f"{shown(word)} is not a word to search arXiv for: expected letters, digits, "
                    'spaces and hyphens, such as "diffusion" or "state space"'
                )

    @property
    def label(self) -> str:
        return f"arxiv {', '.join(self.categories)}"

    @property
    def policy(self) -> HostPolicy:
        return ARXIV

    @property
    def captures(self) -> frozenset[str]:
        return frozenset({"arxiv"})

    def today(self, now: datetime) -> date:
        return now.astimezone(EASTERN).date()

    def steps(
        self, wanted: WantedDays, today: date, addresses: SourceAddresses
    ) -> tuple[Step, ...]:
        days = wanted.days(today, FIRST_DAY)
        steps: list[Step] = []
        for category in dict.fromkeys(self.categories):
            steps += self._steps(category, wanted, days, today, addresses)
        return tuple(steps)

    def _steps(
        self,
        category: str,
        wanted: WantedDays,
        days: tuple[date, ...],
        today: date,
        addresses: SourceAddresses,
    ) -> Iterator[Step]:
        feeds = not self.words
        if feeds and not wanted.named:  # first, since it may be of one of the days before today
            yield _feed(category, None, addresses)
        for day in days:
            if feeds and day >= today:
                if wanted.named:
                    yield _feed(category, day, addresses)
                continue
            step = _past(category, day, self.words, addresses)
            if wanted.named:
                yield step
            elif isinstance(step, Request):
                # An empty answer may be the API's error, or a holiday: the next run asks again.
                yield replace(
                    step,
                    unnamed=True,
                    expects_papers=False,
                    settled_by=FEED_FORMAT if feeds else None,
                )

    def next_page(self, request: Request, count: int, total: int | None) -> Request | None:
        start = request.start + count
        if request.limit is None or count == 0 or total is None or start >= total:
            return None
        url = re.sub(r"([?&]start=)\d+", rf"\g<1>{start}", request.url)
        return replace(request, url=url, start=start)


def check_category(category: str) -> None:
    """Raise FetchError unless `category` is written as arXiv's are: cs.LG, hep-th, math."""
    if len(category) > 30 or not _CATEGORY.fullmatch(category):
        raise FetchError(
            f"{shown(category)} is not an arXiv category: expected such as cs.LG, hep-th or math"
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


def _closed(day: date) -> datetime:
    return datetime.combine(day, _DEADLINE, EASTERN).astimezone(UTC)


def _feed(category: str, day: date | None, addresses: SourceAddresses) -> Request:
    return Request(
        url=f"{addresses.arxiv_feeds}/rss/{category}",
        source="arxiv",
        extension="xml",
        day=day,
        category=category,
        says_day=True,
        unnamed=day is None,
    )


def _past(category: str, day: date, words: tuple[str, ...], addresses: SourceAddresses) -> Step:
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
    search = f"cat:{wanted} AND submittedDate:[{start:%Y%m%d%H%M} TO {last:%Y%m%d%H%M}]"
    if words:
        either = " OR ".join(f'{field}:"{word}"' for word in words for field in ("ti", "abs"))
        search += f" AND ({either})"
    query = {
        "search_query": search,
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
        "start": "0",
        "max_results": str(_PAGE),
    }
    return Request(
        url=f"{addresses.arxiv_api}/api/query?{urlencode(query, safe=':[]*')}",
        source="arxiv",
        extension="xml",
        day=day,
        category=category,
        limit=_PAGE,
        expects_papers=not words,
    )
