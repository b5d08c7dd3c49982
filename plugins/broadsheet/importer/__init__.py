"""Importing: from raw listings to content pages and ledgers, around what curators wrote.

`plan` is the pure core (a listing and a day in, the day's new files out); `run` reads and writes.
"""

from ..content.known_papers import store_beside
from .model import ContentSnapshot, ImportReport, Incoming, Plan
from .plan import plan
from .run import ImportOutcome, run

__all__ = [
    "ContentSnapshot",
    "ImportOutcome",
    "ImportReport",
    "Incoming",
    "Plan",
    "plan",
    "run",
    "store_beside",
]
