"""Importing: from raw listings to content pages and ledgers, around what curators wrote.

`plan` is the pure core (a listing and a day in, the day's new files out); `run` reads and writes.
"""

from .plan import Digest, Incoming, Plan, Report, plan
from .recall import kept_beside
from .run import Outcome, run

__all__ = ["Digest", "Incoming", "Outcome", "Plan", "Report", "kept_beside", "plan", "run"]
