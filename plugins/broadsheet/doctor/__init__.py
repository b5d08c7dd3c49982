"""What a digest still lacks before it can be published, each with its remedy.

`facts` is what there is to judge; `settings`, `files` and `repository` judge it, and `github`
judges what GitHub answers: all pure. `gather` reads the folder and git, `ask` runs `gh`;
`site_size` measures a site, and knows what hosts take. May import scaffold, incremental, io and
what is below.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import files, repository, settings
from .facts import Facts
from .finding import LEVELS, Finding, Level
from .gather import gather

__all__ = ["LEVELS", "Facts", "Finding", "Level", "gather", "judge"]


def judge(facts: Facts) -> Iterator[Finding]:
    """Yield what can be told from the digest's folder alone."""
    yield from settings.judge(facts)
    yield from files.judge(facts)
    yield from repository.judge(facts)
