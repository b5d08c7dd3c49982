"""Importing: from raw listings to content pages and ledgers, around what curators wrote.

`plan` is the pure core (a listing and a day in, the day's new files out); `run` reads and writes.
"""

from .plan import Digest, Incoming, Plan, Report, plan
from .run import Outcome, run
from .sightings import kept_beside

__all__ = ["Digest", "Incoming", "Outcome", "Plan", "Report", "kept_beside", "plan", "run"]
