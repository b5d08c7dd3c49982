"""Import raw listings into content pages and ledgers, around what curators wrote.

`plan` is the pure core (a listing and the content in, the day's new files out); `run` reads and
writes. May import content, listings, topics, tex and what lies below.
"""

from ..content.known_papers import store_beside
from .model import ContentSnapshot, ImportReport, Incoming, Plan
from .plan import plan
from .preview import Preview, preview
from .recognition import Recogniser
from .run import ImportOutcome, run

__all__ = [
    "ContentSnapshot",
    "ImportOutcome",
    "ImportReport",
    "Incoming",
    "Plan",
    "Preview",
    "Recogniser",
    "plan",
    "preview",
    "run",
    "store_beside",
]
