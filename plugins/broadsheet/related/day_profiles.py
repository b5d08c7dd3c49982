"""The profiles of each day's papers in memory, from build to build (`broadsheet serve` does
many)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..archive.model import Day

if TYPE_CHECKING:
    from .profiles import Profiles

_MOST_DAYS = 31


class DayProfiles:
    """Profiles by the fingerprint of a day's content; those of a month's days at most."""

    def __init__(self) -> None:
        self._days: dict[str, Profiles] = {}

    def get(self, day: Day) -> Profiles | None:
        """Return the profiles of a day's papers, or None where they are not in memory."""
        return self._days.get(day.fingerprint)

    def add(self, day: Day, profiles: Profiles) -> None:
        """Add the profiles of a day's papers, and drop those of the day that was added first, if
        too many are held."""
        while len(self._days) >= _MOST_DAYS:
            del self._days[next(iter(self._days))]
        self._days[day.fingerprint] = profiles

    def clear(self) -> None:
        """Drop all."""
        self._days.clear()


DAY_PROFILES = DayProfiles()
"""The process's own; builds share it."""
