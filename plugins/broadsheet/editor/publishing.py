"""What was changed since the last commit, and what a commit of it would be called."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ..curate import markdown
from ..curate.versions import git
from ..curate.versions.history import changes
from ..curate.versions.uncommitted import Uncommitted
from ..errors import BroadsheetError
from . import views

_SHARED = ("main", "master", "trunk")  # branches that are published, or may be


def publishing(root: Path, uncommitted: Uncommitted, today: date) -> dict[str, Any]:
    """Return the changes against the last commit as `broadsheet diff HEAD` tells them (HTML), the
    files that were edited here, and a branch and message for a commit of them.

    Where git can't tell, there is a `problem` instead.
    """
    try:
        here = git.branch(root)
        if not git.has_commits(root):
            raise BroadsheetError("the repository has no commit yet; expected a first one, by hand")
        found = changes(root, "HEAD")
        files = uncommitted.changed()
    except BroadsheetError as error:
        return {"problem": str(error)}
    summary = markdown(found).split("\n")[0].strip("*").removeprefix("Papers: ")
    return {
        "html": views.told(found),
        "files": files.own,
        "mixed": files.mixed,
        "here": here,
        "branch": here if here and here not in _SHARED else _new_name(root, today),
        "message": f"Curate: {summary}" if found.any else "Curate",
    }


def _new_name(root: Path, today: date) -> str:
    """Return a name that no branch has: curate-2026-01-05, or with a number after it."""
    wanted = f"curate-{today}"
    for name in (wanted, *(f"{wanted}-{n}" for n in range(2, 30))):
        try:
            git.commit(root, f"refs/heads/{name}")
        except BroadsheetError:
            return name
    return wanted
