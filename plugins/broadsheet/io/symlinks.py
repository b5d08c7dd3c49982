"""Symbolic links that lead out of a folder, and what else in one must not be read: finds and
refuses it.

Content, seeds and themes come from strangers, and git carries links, so every path read below a
folder must resolve to a place within it. A link to another place of the same folder is followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import BroadsheetError, ContentError, shown
from . import files

FOLDER = "this is a link to a folder; expected a folder of its own"


def refuse(
    root: str | Path, path: str, *, error: type[BroadsheetError] = ContentError, file: str = ""
) -> None:
    """Raise `error` if a path below `root` (with slashes) leads out of it, or in a circle, by any
    link on its way; the error names `file` (default: `path`). Costs a system call for each part of
    a path without links."""
    message = why_not(root, path)
    if message:
        raise error(message, file=file or path)


def read(root: str | Path, path: str, *, error: type[BroadsheetError] = ContentError) -> bytes:
    """Return the bytes of a file below `root`. Raises `error` as `refuse` does, and OSError."""
    refuse(root, path, error=error)
    return files.read_regular(Path(root, path))


def why_not(root: str | Path, path: str) -> str | None:
    """Return why a path below `root` must not be read (its links lead out of `root` or in a
    circle); None if it may."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not is_inside(path):
        return "this path leaves its folder; expected one in it"
    at = str(root)
    for part in parts:
        at = f"{at}/{part}"
        if os.path.islink(at):  # noqa: PTH114  (a build asks for each day)
            problem = _link_problem(str(root), at)
            if problem:
                return problem
    return None


def is_inside(path: str) -> bool:
    """Return whether a path, as it is written, stays in its folder."""
    return ".." not in path.split("/") and not path.startswith("/")


def unfit(root: str | Path) -> Iterator[tuple[str, str]]:
    """Yield what below `root` must not be read, as paths with slashes, in order, each with what is
    wrong with it: links that lead out of it or in a circle, what is no file (a named pipe would be
    waited for without end), and files that are too large. Does not follow links to folders."""
    todo = [""]
    while todo:
        folder = todo.pop()
        try:
            with os.scandir(f"{root}/{folder}") as entries:
                children = sorted(entries, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in children:
            name = folder + entry.name
            if entry.is_symlink():
                problem = _link_problem(str(root), entry.path)
                if problem:
                    yield name, problem
            elif entry.is_dir():
                todo.append(f"{name}/")
            elif not entry.is_file():
                yield name, "this is a named pipe, a socket or a device; expected a file"
            elif entry.stat().st_size > files.LARGEST:
                yield name, f"it has more than {files.LARGEST:,} bytes; expected a smaller file"


def _link_problem(root: str, link: str) -> str | None:
    """Return what is wrong with a link's target; None if it is within the folder."""
    shown_end = shown(_target(link))
    try:
        end = os.path.realpath(link, strict=True)
    except FileNotFoundError:
        end = os.path.realpath(link)
    except OSError:  # a circle, or a file in place of a folder
        return f"this link leads to {shown_end} and nowhere else; expected a file of its own"
    home = os.path.realpath(root)
    if end == home or not end.startswith(home.rstrip(os.sep) + os.sep):
        return f"this link leads to {shown_end}, out of its folder; expected a file of its own"
    return None


def _target(link: str) -> str:
    try:
        return os.readlink(link)  # noqa: PTH115
    except OSError:
        return "?"
