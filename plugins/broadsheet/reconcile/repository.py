"""Ask git what is being merged, and tell it what is settled: the only module of this package that
asks git or reads files.
"""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..content.pages.location import day_of
from ..curate.changes.folder import Folder
from ..curate.versions import git
from ..errors import BroadsheetError
from . import files
from .names import State
from .three import Three

DRIVER = "broadsheet"
"""The name of the merge driver in .gitattributes and in git's configuration."""


@dataclass(frozen=True, slots=True)
class Merging:
    """What is merged: the commits of the base and of both sides, and whether it is in progress
    (else it is a merge that is committed already). `what` names it for people."""

    base: str
    ours: str
    theirs: str
    what: str
    in_progress: bool = True


@dataclass(frozen=True, slots=True)
class Stages:
    """The versions of an unmerged file that git keeps, "" for none; `text` says whether all are
    valid UTF-8."""

    base: str = ""
    ours: str = ""
    theirs: str = ""
    text: bool = True


# What git calls the commit whose change is applied, what that is, and whether it is taken back.
_APPLIED = (
    ("CHERRY_PICK_HEAD", "a cherry-pick", False),
    ("REBASE_HEAD", "a rebase", False),
    ("REVERT_HEAD", "a revert", True),
)


def merging(root: Path) -> Merging | None:
    """Return what is merged in the repository of a content folder: a merge, rebase, cherry-pick or
    revert in progress, or the merge that was committed last; None where there is none.

    Raises BroadsheetError where git fails, and for a merge of more than two branches.
    """
    head = _named(root, "HEAD")
    if head is None:
        return None
    theirs = _named(root, "MERGE_HEAD")
    if theirs is not None:
        return _with_base(root, head, theirs, "a merge", True)
    for name, what, back in _APPLIED:
        applied = _named(root, name)
        if applied is not None:
            before = _named(root, f"{name}^")
            if before is None:
                return None
            pair = (applied, before) if back else (before, applied)
            return Merging(pair[0], head, pair[1], what)
    second = _named(root, "HEAD^2")
    if second is None or _named(root, "HEAD^3") is not None:
        return None
    first = git.commit(root, "HEAD^1")
    return _with_base(root, first, second, "the last commit, a merge", False)


def _with_base(root: Path, ours: str, theirs: str, what: str, going: bool) -> Merging:
    try:
        base = git.run(root, "merge-base", ours, theirs).decode().split()[0]
    except (BroadsheetError, IndexError):
        raise BroadsheetError(
            "the two branches have no commit in common; expected one to compare them with"
        ) from None
    return Merging(base, ours, theirs, what, going)


def _named(root: Path, name: str) -> str | None:
    try:
        return git.commit(root, name)
    except BroadsheetError:
        return None


def states(root: Path, what: Merging) -> Three[State]:
    """Return the texts that `states.merge` asks for, of the base and of both sides."""
    touched = set(git.changed(root, what.base, what.ours))
    touched |= set(git.changed(root, what.base, what.theirs))
    months = _months(touched)
    commits = Three(what.base, what.ours, what.theirs)
    return commits.map(lambda commit: _state(root, commit, touched, months))


def of_stages(root: Path, unmerged: Mapping[str, Stages]) -> Three[State]:
    """Return the same of unmerged files whose commits git doesn't name, as after `git stash pop`:
    all other files are those of the last commit."""
    there = _state(root, "HEAD", set(), _months(unmerged))
    base, ours, theirs = dict(there), dict(there), dict(there)
    for path, stages in unmerged.items():
        for state, text in (
            (base, stages.base),
            (ours, stages.ours),
            (theirs, stages.theirs),
        ):
            state.pop(path, None)
            if text:
                state[path] = text
    return Three(base, ours, theirs)


def _months(paths: Iterable[str]) -> set[str]:
    return {path[:8] for path in paths if files.kind_of(path) in ("page", "ledger")}


def _state(root: Path, commit: str, touched: set[str], months: set[str]) -> dict[str, str]:
    wanted = [
        path
        for path in git.files(root, commit)
        if path in touched
        or path == "redirects.yml"
        or (path[:8] in months and files.kind_of(path) in ("page", "ledger"))
    ]
    found = {}
    for path, data in git.read(root, commit, wanted).items():
        try:
            found[path] = data.decode("utf-8")
        except UnicodeDecodeError:
            continue  # no text: git's own conflict stands
    return found


def elsewhere(root: Path, state: Iterable[str]) -> Callable[[str, str], bool]:
    """Return a function that tells whether a topic or tag has papers in a month that no path of
    `state` is of."""
    days = {day_of(path) for path in state if files.kind_of(path) in ("page", "ledger")}
    return Folder(root).state(days).elsewhere


def unmerged(root: Path) -> dict[str, Stages]:
    """Return the unmerged files of the content folder by path, each with git's versions."""
    answer = git.run(root, "ls-files", "--unmerged", "-z", "--", ".")
    blobs: dict[str, dict[str, str]] = {}
    for row in answer.split(b"\0"):
        about, tab, name = row.partition(b"\t")
        words = about.split()
        if tab and len(words) == 3:
            blobs.setdefault(os.fsdecode(name), {})[words[2].decode()] = words[1].decode()
    return {path: _stages(root, stages) for path, stages in blobs.items()}


def _stages(root: Path, blobs: Mapping[str, str]) -> Stages:
    texts = []
    for number in "123":
        data = git.run(root, "cat-file", "blob", blobs[number]) if number in blobs else b""
        try:
            texts.append(data.decode("utf-8"))
        except UnicodeDecodeError:
            return Stages(text=False)
    return Stages(texts[0], texts[1], texts[2])


def unmerged_elsewhere(root: Path) -> list[str]:
    """Return the unmerged files of the repository that are not in the content folder."""
    top = Path(os.fsdecode(git.run(root, "rev-parse", "--show-toplevel")).strip())
    answer = git.run(top, "diff", "--name-only", "--diff-filter=U", "-z")
    prefix = os.fsdecode(git.run(root, "rev-parse", "--show-prefix")).strip()
    names = [os.fsdecode(name) for name in answer.split(b"\0") if name]
    return sorted({name for name in names if not name.startswith(prefix)})


def stage(root: Path, paths: Iterable[str]) -> None:
    """Tell git that some files of the content folder are merged, removed ones too."""
    names = list(paths)
    if names:
        git.run(root, "add", "--all", "--force", "--", *names)


def install(folder: Path, command: str) -> bool:
    """Set up the merge driver in the clone that a folder is in; return False where there is none.

    `command` is how the shell finds `broadsheet`. Where it is gone, git's own merge takes over.
    """
    try:
        git.run(folder, "rev-parse", "--git-dir")
    except BroadsheetError:
        return False
    for key, value in settings(command).items():
        git.run(folder, "config", "--local", f"merge.{DRIVER}.{key}", value)
    return True


def command() -> str:
    """Return how a shell finds the `broadsheet` that runs."""
    found = shutil.which("broadsheet")
    return "broadsheet" if found is None else shlex.quote(Path(found).absolute().as_posix())


def settings(command: str = "broadsheet") -> dict[str, str]:
    """Return the driver's settings in git's configuration, below merge.broadsheet."""
    return {
        "name": "content of a digest, by paper",
        "driver": (
            f"if command -v {command} >/dev/null; "
            f"then {command} merge-driver -- %O %A %B %P; "
            "else git merge-file -L ours -L base -L theirs %A %O %B; fi"
        ),
    }
