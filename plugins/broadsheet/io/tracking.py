"""Whether git tracks what only this machine should write: a pull request that brings such files
would be believed.
"""

from __future__ import annotations

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


def _tracked(folder: Path, submodule: bool) -> str | None:
    """Return a file that git tracks at or below a path; a submodule counts if asked for."""
    above = next((parent for parent in folder.parents if parent.is_dir()), None)
    if above is None or not any((parent / ".git").exists() for parent in (above, *above.parents)):
        return None
    import subprocess  # which few commands need

    name = folder.relative_to(above).as_posix()
    try:
        listing = subprocess.run(
            ["git", "--literal-pathspecs", "-C", above, "ls-files", "-s", "-z", "--", name],
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    for entry in listing.stdout.split(b"\0") if not listing.returncode else ():
        mode, _, path = entry.partition(b" ")
        if path and (submodule or mode != b"160000"):
            return path.partition(b"\t")[2].decode("utf-8", "replace")
    return None
