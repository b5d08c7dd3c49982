"""Importing: from raw listings to content pages and ledgers, around what curators wrote.

`plan` is the pure core (a listing and a day in, the day's new files out); `run` reads and writes.
"""

from ..content.known_cache import kept_beside
from .plan import ContentSnapshot, ImportReport, Incoming, Plan, plan
from .run import ImportOutcome, run

__all__ = [
    "ContentSnapshot",
    "ImportOutcome",
    "ImportReport",
    "Incoming",
    "Plan",
    "kept_beside",
    "plan",
    "run",
]
