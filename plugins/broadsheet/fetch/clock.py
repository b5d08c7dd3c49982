"""The time of day and waiting: the only place where Broadsheet looks at a clock.

Fetching asks for "today's" listing, names captures by the time and keeps servers' manners; all
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
    """A clock to look at and to wait by; tests bring their own."""

    now: Callable[[], datetime] = _now  # with a time zone
    sleep: Callable[[float], None] = time.sleep  # seconds
    monotonic: Callable[[], float] = time.monotonic  # seconds, from no moment in particular
