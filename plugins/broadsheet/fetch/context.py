"""What a fetch works with: where it writes, whom it asks in whose name, its clock and limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .answer import Reader, read_listing
from .clock import Clock
from .limits import Limits
from .request import SourceAddresses

STATE_FILE = Path(".broadsheet/fetch.json")
"""The fetch state file, relative to the site's folder."""


def _silent(message: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a fetch works with.

    `seeds` is the folder of raw listings, `state` the state file (None: no state is saved),
    `contact` a web or mail address for the User-Agent; `read` reads listings; `progress` receives
    waits and outcomes as they come, one line each.
    """

    seeds: Path = Path("seeds")
    state: Path | None = STATE_FILE
    contact: str | None = None
    addresses: SourceAddresses = field(default_factory=SourceAddresses)
    clock: Clock = field(default_factory=Clock)
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[str], None] = _silent
    read: Reader = read_listing
