"""The clock: the only module that reads the time or sleeps.

Fetching requests "today's" listing, names captures by the time and waits between requests; all
else in Broadsheet depends on content alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """A source of time that can sleep; tests pass their own."""

    now: Callable[[], datetime] = _now  # with a time zone
    sleep: Callable[[float], None] = time.sleep  # seconds
    monotonic: Callable[[], float] = time.monotonic  # seconds, from no moment in particular
