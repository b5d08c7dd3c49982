"""Read earlier states of the content from git: the only module of this package that runs a program.

Names of commits are untrusted and never passed to git as options.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from ..errors import BroadsheetError, shown


def commit(root: Path, name: str) -> str:
    """Return the hash of a commit given by branch, tag or hash. Raises BroadsheetError."""
    wrong = BroadsheetError(f"{shown(name)} is not a commit that git knows here")
    if not name or name.startswith("-") or "\0" in name:
        raise wrong
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except BroadsheetError as error:
        raise wrong from error


def has_commits(root: Path) -> bool:
    """Return whether the content folder's repository has a commit."""
    try:
        return bool(commit(root, "HEAD"))
    except BroadsheetError:
        _git(root, "rev-parse", "--git-dir")  # raises where there is no repository
        return False


def changed(root: Path, base: str, head: str | None = None) -> list[str]:
    """Return the paths below the content folder that differ between a commit and another (`head`),
    or the working tree with its untracked files."""
    wanted = commit(root, base)
    args = ["diff", "--name-only", "-z", "--no-renames", "--relative", wanted]
    if head is not None:
        args.append(commit(root, head))
    found = set(_names(_git(root, *args, "--", ".")))
    if head is None:
        found |= set(_names(_git(root, "ls-files", "--others", "--exclude-standard", "-z", ".")))
    return sorted(found)


def read(root: Path, name: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return files of the content folder from a commit, by path; missing ones are left out."""
    wanted = commit(root, name)
    prefix = os.fsdecode(_git(root, "rev-parse", "--show-prefix")).strip()
    paths = [path for path in paths if "\n" not in path]
    asked = "".join(f"{wanted}:{prefix}{path}\n" for path in paths)
    answer = _git(root, "cat-file", "--batch", feed=os.fsencode(asked))
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
        answer = _git(root, "log", f"--max-count={most}", "--format=%H", "--", *paths)
    except BroadsheetError:
        return []
    return answer.decode().split()


def files(root: Path, name: str) -> list[str]:
    """Return the paths below the content folder in a commit."""
    return _names(_git(root, "ls-tree", "-r", "-z", "--name-only", commit(root, name), "./"))


def _names(answer: bytes) -> list[str]:
    return [os.fsdecode(name) for name in answer.split(b"\0") if name]


def _git(root: Path, *args: str, feed: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *args],
            input=feed,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise BroadsheetError("git is not installed; expected it for this command") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BroadsheetError(f"git {args[0]}: {lines[0] if lines else 'failed'}")
    return done.stdout
