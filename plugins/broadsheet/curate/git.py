"""Asking git what the content was: the one place where curating runs another program.

Names of commits come from people and from workflows; they never reach git as options.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from ..errors import BroadsheetError, shown


def commit(root: Path, name: str) -> str:
    """The hash of a commit that a branch, a tag or a hash names. Raises BroadsheetError."""
    wrong = BroadsheetError(f"{shown(name)} is not a commit that git knows here")
    if not name or name.startswith("-") or "\0" in name:
        raise wrong
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except BroadsheetError as error:
        raise wrong from error


def changed(root: Path, base: str, head: str | None = None) -> list[str]:
    """The files of the content folder, by their paths below it, that differ between a commit and
    another, or the working tree with its new files."""
    wanted = commit(root, base)
    args = ["diff", "--name-only", "-z", "--no-renames", "--relative", wanted]
    if head is not None:
        args.append(commit(root, head))
    found = set(_names(_git(root, *args, "--", ".")))
    if head is None:
        found |= set(_names(_git(root, "ls-files", "--others", "--exclude-standard", "-z", ".")))
    return sorted(found)


def read(root: Path, name: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Files of the content folder as a commit has them, by path; those it lacks are left out."""
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


def files(root: Path, name: str) -> list[str]:
    """The paths below the content folder that a commit has."""
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
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BroadsheetError(f"git {args[0]}: {said[0] if said else 'failed'}")
    return done.stdout
