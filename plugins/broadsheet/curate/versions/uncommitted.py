"""The files that edits of one front end wrote and no commit has yet, kept in the cache.

Of each file it is kept what each edit made of it, as fingerprints of its bytes before and after.
They tell whether a file differs from the last commit by these edits alone, or was also edited by
other hands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...content import disk
from ...content.journal import data_fingerprint
from ...counts import counted
from ...errors import BroadsheetError, ContentError
from ...io.cache import FOLDER, Store
from ..changes.edit_history import FileBefore, is_edited
from . import git

_KEY = "uncommitted"
_FORMAT = "uncommitted 1"
_MOST = 500  # edits of one file that are kept

Made = tuple[str | None, str | None]
"""An edit of a file: fingerprints of its bytes before and after; None for no file."""


@dataclass(frozen=True, slots=True)
class ChangedFiles:
    """Paths below the content folder that differ from the last commit: by the edits alone, and by
    other hands, too."""

    own: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()


class Uncommitted:
    """The files of a content folder that edits wrote since the last commit."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._store = Store(root.parent / FOLDER / "edits")

    def add(self, files: Iterable[FileBefore], *, undone: bool = False) -> None:
        """Keep what an edit made of its files, or what undoing it did."""
        kept = self._read()
        for file in files:
            made = (file.after, file.before) if undone else (file.before, file.after)
            kept[file.path] = [*kept.get(file.path, []), made][-_MOST:]
        self._store.write(_KEY, _FORMAT, kept)

    def changed(self) -> ChangedFiles:
        """Return the files that differ from the last commit, and forget the others.

        Raises BroadsheetError where git fails.
        """
        kept = self._read()
        if not kept:
            return ChangedFiles()
        known = git.read(self._root, "HEAD", kept) if git.has_commits(self._root) else {}
        own, mixed = [], []
        for path in sorted(kept):
            committed = data_fingerprint(known.get(path))
            source = disk.read(self._root, path)
            now = data_fingerprint(source.data if source else None)
            if now == committed:
                del kept[path]
            elif _leads(kept[path], committed, now):
                own.append(path)
            else:
                mixed.append(path)
        self._store.write(_KEY, _FORMAT, kept)
        return ChangedFiles(tuple(own), tuple(mixed))

    def commit(self, message: str, branch: str) -> str:
        """Commit these files and nothing else, to the branch that is checked out or a new one;
        return what was done.

        Raises ContentError for a file that other hands edited, too, and where there is nothing to
        commit, and BroadsheetError as `git.commit_files` does; nothing is committed then.
        """
        changed = self.changed()
        if changed.mixed:
            raise ContentError(
                "this has changes that were not made here; expected those of the browser alone: "
                f"commit it by hand (git commit content/{changed.mixed[0]}), then the rest here",
                file=changed.mixed[0],
            )
        if not changed.own:
            raise ContentError("there is nothing to commit that was edited here")
        if not message.strip():
            raise BroadsheetError("the message is empty; expected what was done")
        made = git.commit_files(self._root, changed.own, message.strip() + "\n", branch)
        self._store.drop(_KEY)
        return (
            f"commit {made} on {branch}: {counted(len(changed.own), 'file')}; nothing is pushed "
            f"(git push -u origin {branch})"
        )

    def _read(self) -> dict[str, list[Made]]:
        kept = self._store.read(_KEY, _FORMAT, dict[str, list[Made]]) or {}
        return kept if all(map(is_edited, kept)) else {}


def _leads(edits: list[Made], start: str | None, end: str | None) -> bool:
    """Return whether the last edits, each on what the one before it left, made `end` of `start`."""
    if not edits or edits[-1][1] != end:
        return False
    for n in range(len(edits) - 1, -1, -1):
        if edits[n][0] == start:
            return True
        if n and edits[n - 1][1] != edits[n][0]:
            return False
    return False
