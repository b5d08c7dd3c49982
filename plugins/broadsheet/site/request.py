"""What a build works on, and what it is asked to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

    from ..archive.hashed_months import HashedMonths
    from ..incremental.plan import File
    from ..io.settings import Settings
    from ..pages.static import StaticPage
    from ..render.views import SubscribeForm
    from .build import Built


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSources:
    """What Pelican read: settings, the environment that finds templates, static pages, and the
    files that content links to. `form` is the mail service's, `jobs` the number of processes that
    may render, None for as many as the machine has room for."""

    settings: Settings
    environment: Environment
    pages: Sequence[StaticPage] = ()
    files: Sequence[File] = ()
    form: SubscribeForm | None = None
    jobs: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What one run is asked to do.

    `fresh` ignores every cache. `jobs` is how many processes may render, instead of the setting.
    `explain` names a file or a page: the run tells why it would be rendered, and writes nothing.
    `warm_up` renders the newest day even where nothing has changed, and reports nothing: a process
    that will build once more then has in memory what its pages take. `wrote` is called with the
    paths of files as they are written. Days after `until` are held back (see today.py). `hashed`
    has hashed some months already; `finished` is called with the build while its lock is held, if
    content stayed as it was.
    """

    fresh: bool = False
    jobs: int | None = None
    explain: str | None = None
    warm_up: bool = False
    wrote: Callable[[Sequence[str]], None] | None = None
    until: date | None = None
    hashed: HashedMonths | None = None
    finished: Callable[[Built], None] | None = None
