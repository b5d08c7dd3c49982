"""Hugging Face's Daily Papers, by its API.

`GET /api/daily_papers`: `date` is the digest's day (never later than today, UTC), `limit` the
papers a page (100 at most), `p` the page from 0 (https://huggingface.co/docs/hub/api).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from ..limits import HUGGINGFACE, HostPolicy
from ..request import Request, SourceAddresses, WantedDays
from .source import Source

FIRST_DAY = date(2023, 5, 4)
_PAGE = 100


@dataclass(frozen=True, slots=True)
class HuggingFace(Source):
    """Hugging Face's Daily Papers."""

    @property
    def label(self) -> str:
        return "huggingface"

    @property
    def policy(self) -> HostPolicy:
        return HUGGINGFACE

    @property
    def captures(self) -> frozenset[str]:
        return frozenset({"huggingface"})

    def steps(
        self, wanted: WantedDays, today: date, addresses: SourceAddresses
    ) -> tuple[Request, ...]:
        return tuple(
            Request(
                url=_url(addresses.huggingface, day, page=0),
                source="huggingface",
                extension="json",
                day=day,
                limit=_PAGE,
                unnamed=not wanted.named,
            )
            for day in wanted.days(today, FIRST_DAY)
        )

    def next_page(self, request: Request, count: int, total: int | None) -> Request | None:
        # The API doesn't say how many there are, and a page can hold a little less than it may; so
        # a page that is at least three quarters full is followed by another.
        if request.day is None or count * 4 < _PAGE * 3:
            return None
        page = request.start // _PAGE + 1
        base = request.url.partition("/api/daily_papers")[0]
        return replace(request, url=_url(base, request.day, page=page), start=page * _PAGE)


def _url(base: str, day: date, *, page: int) -> str:
    query = {"date": day.isoformat(), "limit": str(_PAGE)}
    if page:
        query["p"] = str(page)
    return f"{base}/api/daily_papers?{urlencode(query)}"
