"""Two curators' states of the content as one: three-way merges by paper, row and word.

Pure but for `repository`, which asks git: `files` merges one file as git's merge driver does,
`states` all files together, so that it sees a paper which one side moved and the other changed.
May import curate, content, text and what lies below.
"""

from .files import Merged, merge
from .marks import MarkedConflict, conflicts

__all__ = ["MarkedConflict", "Merged", "conflicts", "merge"]
