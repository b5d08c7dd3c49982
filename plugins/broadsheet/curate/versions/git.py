"""Read earlier states of the content from git, and commit files to it.

The only module of this package that runs a program; `reconcile` runs git by it, too.

Nothing is pushed. Names of commits and branches are untrusted and never passed to git as options.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from ...errors import BroadsheetError, shown

_SECONDS = 60  # for a command; a hook or a key's password may take long
_LONGEST_NAME = 200  # characters of a commit's or a branch's name


def commit(root: Path, name: str) -> str:
    """Return the hash of a commit given by branch, tag or hash. Raises BroadsheetError."""
    wrong = BroadsheetError(f"{shown(name)} is not a commit that git knows here")
    if not 0 < len(name) <= _LONGEST_NAME or name.startswith("-") or "\0" in name:
        raise wrong
    try:
        return run(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except BroadsheetError as error:
        raise wrong from error


def has_commits(root: Path) -> bool:
    """Return whether the content folder's repository has a commit."""
    try:
        return bool(commit(root, "HEAD"))
    except BroadsheetError:
        run(root, "rev-parse", "--git-dir")  # raises where there is no repository
        return False


def changed(root: Path, base: str, head: str | None = None) -> list[str]:
    """Return the paths below the content folder that differ between a commit and another (`head`),
    or the working tree with its untracked files."""
    wanted = commit(root, base)
    args = ["diff", "--name-only", "-z", "--no-renames", "--relative", wanted]
    if head is not None:
        args.append(commit(root, head))
    found = set(_names(run(root, *args, "--", ".")))
    if head is None:
        found |= set(_names(run(root, "ls-files", "--others", "--exclude-standard", "-z", ".")))
    return sorted(found)


def changed_beside(root: Path, base: str, head: str | None = None) -> list[str]:
    """Return the paths in the whole repository that differ likewise, without those below the
    content folder and the seeds beside it; files that git doesn't track are none of them."""
    wanted = commit(root, base)
    args = ["diff", "--name-only", "-z", "--no-renames", "--no-relative", wanted]
    if head is not None:
        args.append(commit(root, head))
    within = os.fsdecode(run(root, "rev-parse", "--show-prefix")).rstrip("\n")
    folder = within[: -len(root.absolute().name) - 1]  # of the digest
    if not within:  # the content is the whole repository
        return []
    names = sorted(_names(run(root, *args)))
    return [name for name in names if not name.startswith((within, f"{folder}seeds/"))]


def untracked(root: Path, paths: Sequence[str]) -> list[str]:
    """Return those of some files below the content folder that git neither has nor ignores; none
    where it has nothing of the folder, or knows no repository there."""
    try:
        if not run(root, "ls-files", "-z", "--", "topics.yml"):
            return []
        return _names(run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *paths))
    except BroadsheetError:
        return []


def read(root: Path, name: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return files of the content folder from a commit, by path; missing ones are left out."""
    wanted = commit(root, name)
    prefix = os.fsdecode(run(root, "rev-parse", "--show-prefix")).strip()
    paths = [path for path in paths if "\n" not in path]
    asked = "".join(f"{wanted}:{prefix}{path}\n" for path in paths)
    answer = run(root, "cat-file", "--batch", feed=os.fsencode(asked))
    found: dict[str, bytes] = {}
    place = 0
    for path in paths:
        end = answer.index(b"\n", place)
        header = answer[place:end]
        place = end + 1
        words = header.split(b" ")
        if header.endswith(b" missing") or len(words) < 3 or words[-2] != b"blob":
            if not header.endswith((b" missing", b" ambiguous")) and words[-1].isdigit():
                place += int(words[-1]) + 1
            continue
        size = int(words[-1])
        found[path] = answer[place : place + size]
        place += size + 1
    return found


def commits_of(root: Path, paths: Iterable[str], most: int) -> list[str]:
    """Return the newest commits, up to `most`, that changed one of some files below the content
    folder; none where git knows nothing of it."""
    try:
        answer = run(root, "log", f"--max-count={most}", "--format=%H", "--", *paths)
    except BroadsheetError:
        return []
    return answer.decode().split()


def files(root: Path, name: str) -> list[str]:
    """Return the paths below the content folder in a commit."""
    return _names(run(root, "ls-tree", "-r", "-z", "--name-only", commit(root, name), "./"))


def branch(root: Path) -> str | None:
    """Return the branch that is checked out; None where there is none. Raises BroadsheetError."""
    run(root, "rev-parse", "--git-dir")
    try:
        return run(root, "symbolic-ref", "--quiet", "--short", "HEAD").decode().strip()
    except BroadsheetError:
        return None


def staged(root: Path) -> list[str]:
    """Return the paths, from the repository's top, that are staged for the next commit."""
    return sorted(_names(run(root, "diff", "--cached", "--name-only", "-z")))


def commit_files(root: Path, paths: Sequence[str], message: str, to: str) -> str:
    """Commit files below the content folder, and nothing else, to the branch that is checked out
    or to a new one (`to`); return the commit's short hash.

    Raises BroadsheetError, with branch and index as they were, where other changes are staged,
    where another branch has that name, and where git or a hook of it refuses.
    """
    others = staged(root)
    if others:
        raise BroadsheetError(
            f"{shown(others[0])} is staged already, in git"
            + (f", and {len(others) - 1} more files" if len(others) > 1 else "")
            + "; expected nothing else there: commit it, or take it out by `git restore --staged .`"
        )
    before = branch(root)
    if to != before:
        _new_branch(root, to, before)
    try:
        run(root, "add", "--all", "--", *paths)
        run(root, "commit", "--quiet", "--only", "--file=-", "--", *paths, feed=message.encode())
    except BroadsheetError:
        with suppress(BroadsheetError):
            run(root, "reset", "--quiet", "--", *paths)
        if to != before:
            _back(root, to, before)
        raise
    return run(root, "rev-parse", "--short", "HEAD").decode().strip()


def _new_branch(root: Path, name: str, before: str | None) -> None:
    wrong = BroadsheetError(f"{shown(name)} can't be a branch; expected such as curate-2026-01-05")
    if not 0 < len(name) <= _LONGEST_NAME or name.startswith("-") or "\0" in name:
        raise wrong
    try:
        run(root, "check-ref-format", f"refs/heads/{name}")
    except BroadsheetError:
        raise wrong from None
    if run(root, "for-each-ref", f"refs/heads/{name}"):
        raise BroadsheetError(
            f"there is a branch {shown(name)} already; expected a new name, or the branch that is "
            f"checked out{f', {shown(before)}' if before else ''}"
        )
    run(root, "checkout", "--quiet", "-b", name)


def _back(root: Path, name: str, before: str | None) -> None:
    """Leave a new branch on which nothing was committed, and remove it."""
    with suppress(BroadsheetError):
        if before:
            run(root, "symbolic-ref", "HEAD", f"refs/heads/{before}")
        else:
            run(root, "checkout", "--quiet", "--detach")
        run(root, "branch", "--quiet", "-D", name)


def _names(answer: bytes) -> list[str]:
    return [os.fsdecode(name) for name in answer.split(b"\0") if name]


def run(root: Path, *args: str, feed: bytes = b"") -> bytes:
    """Run git in a folder and return what it prints; paths are taken as they are written. Raises
    BroadsheetError where there is no git, and where it fails or takes too long."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *args],
            input=feed,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1"},
        )
    except FileNotFoundError:
        raise BroadsheetError("git is not installed; expected it for this command") from None
    except subprocess.TimeoutExpired:
        raise BroadsheetError(
            f"git {args[0]} took over {_SECONDS} seconds, and was ended"
        ) from None
    if done.returncode:
        said = done.stderr.strip() or done.stdout.strip()  # hooks may write to either
        lines = said.decode("utf-8", "replace").splitlines()
        raise BroadsheetError(f"git {args[0]}: {lines[0] if lines else 'failed'}")
    return done.stdout
