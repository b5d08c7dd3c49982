"""What a source is: its name, its manners, its requests for some days, and the pages after them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, date, datetime

from ..limits import HostPolicy
from ..request import Request, SourceAddresses, Step, WantedDays


class Source(ABC):
    """A source as a digest's settings or a subcommand configure it. Its subclasses are frozen
    dataclasses, whose construction raises FetchError for values that can't be."""

    __slots__ = ()

    @property
    @abstractmethod
    def label(self) -> str:
        """What messages call it: "arxiv cs.LG, cs.CL"."""

    @property
    @abstractmethod
    def policy(self) -> HostPolicy:
        """The limit that its servers share."""

    @property
    @abstractmethod
    def captures(self) -> frozenset[str]:
        """The sources that its captures' names tell; no other row of the settings may have them
        unless it is of the same class."""

    def today(self, now: datetime) -> date:
        """Return the day it is for this source (default: in UTC)."""
        return now.astimezone(UTC).date()

    @abstractmethod
    def steps(
        self, wanted: WantedDays, today: date, addresses: SourceAddresses
    ) -> tuple[Step, ...]:
        """Return the requests for the first page of each listing. Raises FetchError for days that
        can't be asked for."""

    def next_page(self, request: Request, count: int, total: int | None) -> Request | None:
        """Return the page after the one that `request` asked for and that held `count` papers, None
        where that is the last. `total` is how many papers the source says there are in all."""
        return None
