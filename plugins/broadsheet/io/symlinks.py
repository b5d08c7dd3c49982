"""Symbolic links that lead out of a folder: found, and refused.

Content, seeds and themes come from strangers, and git carries links: what is read below a folder
must stand in it, by every way. A link to another place of the same folder is followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import BroadsheetError, ContentError, shown

FOLDER = "this is a link to a folder; expected a folder of its own"


def refuse(
    root: str | Path, path: str, *, error: type[BroadsheetError] = ContentError, file: str = ""
) -> None:
    """Raise `error` where a path below `root` (with slashes) leads out of it, or in a circle, by
    any link on its way. It is named `file`, as `path` unless given. A path without links costs one
    question to the system for each of its parts."""
    message = why_not(root, path)
    if message:
        raise error(message, file=file or path)


def read(root: str | Path, path: str, *, error: type[BroadsheetError] = ContentError) -> bytes:
    """The bytes of a file below `root`. Raises `error` as `refuse` does, and OSError."""
    refuse(root, path, error=error)
    return Path(root, path).read_bytes()


def why_not(root: str | Path, path: str) -> str | None:
    """Why a path below `root` must not be read: its links lead out of `root`, or in a circle."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts or path.startswith("/"):
        return "this path leaves its folder; expected one in it"
    at = str(root)
    for part in parts:
        at = f"{at}/{part}"
        if os.path.islink(at):  # noqa: PTH114  (a build asks for each day)
            wrong = _link_problem(str(root), at)
            if wrong:
                return wrong
    return None


def leading_out(root: str | Path) -> Iterator[tuple[str, str]]:
    """The links below `root` that lead out of it or in a circle, as paths with slashes, in order,
    each with what is wrong with it. Folders behind links are not looked into."""
    todo = [""]
    while todo:
        folder = todo.pop()
        try:
            with os.scandir(f"{root}/{folder}") as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in found:
            name = folder + entry.name
            if entry.is_symlink():
                wrong = _link_problem(str(root), entry.path)
                if wrong:
                    yield name, wrong
            elif entry.is_dir():
                todo.append(f"{name}/")


def _link_problem(root: str, link: str) -> str | None:
    """What is wrong with a link's end; None where it is in the folder."""
    shown_end = shown(_target(link))
    try:
        end = os.path.realpath(link, strict=True)
    except FileNotFoundError:
        end = os.path.realpath(link)
    except OSError:  # a circle, or a file where a folder is expected
        return f"this link leads to {shown_end} and nowhere else; expected a file of its own"
    home = os.path.realpath(root)
    if end == home or not end.startswith(home.rstrip("/") + "/"):
        return f"this link leads to {shown_end}, out of its folder; expected a file of its own"
    return None


def _target(link: str) -> str:
    try:
        return os.readlink(link)  # noqa: PTH115
    except OSError:
        return "?"
