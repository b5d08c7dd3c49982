"""What git has of a folder: files that only this machine should write, which would be believed if a
pull request brought them, and files that are gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import shown


def tracked(folder: Path, *, submodule: bool = False) -> Iterator[str]:
    """Yield a message if git tracks a file in a folder that builds or edits write to, or, with
    `submodule`, brings the folder as a submodule; nothing without git or a repository."""
    for place in dict.fromkeys((folder.absolute(), folder.resolve())):
        path = _tracked(place, submodule)
        if path is not None:
            yield (
                f"git tracks {shown(path)}, and what is here is trusted; expected git to "
                f"ignore this folder (git rm -r --cached {place.name}, then add it to .gitignore)"
            )
            return


def removed(folder: Path) -> list[str]:
    """Return the paths below a folder of files that the last commit has and the folder has not;
    none where git knows no commit there."""
    args = ("diff", "--name-only", "-z", "--no-renames", "--relative", "--diff-filter=D", "HEAD")
    return [os.fsdecode(name) for name in _listed(folder, *args, "--", ".") if name]


def _tracked(folder: Path, submodule: bool) -> str | None:
    """Return a file that git tracks at or below a path; a submodule counts if asked for."""
    above = next((parent for parent in folder.parents if parent.is_dir()), None)
    if above is None:
        return None
    name = folder.relative_to(above).as_posix()
    for entry in _listed(above, "ls-files", "-s", "-z", "--", name):
        mode, _, path = entry.partition(b" ")
        if path and (submodule or mode != b"160000"):
            return path.partition(b"\t")[2].decode("utf-8", "replace")
    return None


def _listed(folder: Path, *args: str) -> list[bytes]:
    """Return what git lists in a folder, between null characters; nothing where it knows no
    repository there."""
    here = folder.absolute()
    if not any((place / ".git").exists() for place in (here, *here.parents)):
        return []
    import subprocess  # which few commands need

    try:
        listing = subprocess.run(
            ["git", "--literal-pathspecs", "-C", folder, *args], capture_output=True, check=False
        )
    except OSError:
        return []
    return listing.stdout.split(b"\0") if not listing.returncode else []
