"""What a digest's folder and its git repository hold, as values to be judged. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..scaffold import MergeStep, ScaffoldRecord
from .site_size import SiteSize

ATTRIBUTES = ".gitattributes"
"""The file that tells git how to treat a digest's files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """The state of a digest's git repository.

    `branch` is the one that is checked out, `remote` the address of "origin", or "". `changed` and
    `unpushed` count files that differ from the last commit, and commits that the remote is not
    known to have (None: there is no branch of it to compare with). `merges` says whether git knows
    the merge driver that .gitattributes names.
    """

    commits: bool
    branch: str
    remote: str
    changed: int
    unpushed: int | None
    merges: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is judged without a network.

    `settings` are Pelican's by name, None where they can't be read (`trouble` says why). `steps`
    say how each template's file stands; `texts` are files by path. `example` are the files and
    folders that are left of the example listing. `git` is None where the folder is no repository of
    its own, and `around` then the one that it lies in, or ""; `site` is how large the last build's
    output is, None before one.
    """

    version: str
    settings: Mapping[str, Any] | None
    trouble: str
    record: ScaffoldRecord | None
    steps: tuple[MergeStep, ...]
    texts: Mapping[str, str]
    days: int
    example: tuple[str, ...]
    about_is_template: bool
    git: Git | None
    around: str = ""
    site: SiteSize | None = None
