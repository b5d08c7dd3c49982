"""Retry policy: which statuses are temporary, how long to back off, Retry-After. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

PASSING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses after which asking again may help (the 52x are Cloudflare's)."""


def back_off(attempt: int, first: float, longest: float) -> float:
    """Return the seconds to wait after try `attempt` (from 1): `first` doubled each time."""
    return min(longest, first * 2.0 ** min(attempt - 1, 30))


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks to wait: a count of seconds or a date
    (RFC 9110, section 10.2.3). None where there is no header or it can't be read; never negative.
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9]) if len(value) <= 9 else 1e9
    try:
        moment = parsedate_to_datetime(value[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now) / timedelta(seconds=1))
