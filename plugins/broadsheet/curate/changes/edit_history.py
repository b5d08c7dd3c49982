"""The last edits of a content folder, kept beside it in the cache so that `undo` can take them
back: of each file its text before the edit, and fingerprints of its bytes before and after.

Taking an edit back never overwrites what anybody wrote since: each file must be as the edit left
it. A history that is lost or damaged counts as empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...content import disk
from ...content.journal import data_fingerprint
from ...errors import ContentError, plain
from ...io.cache import FOLDER, Store

MOST = 20
"""The most edits that are kept."""
LARGEST = 30_000_000
"""The most characters of kept texts; the newest edit is kept whatever its size."""

_EDITED = re.compile(
    r"(?:[0-9]{4}/[0-9]{2}/[0-9]{2}/(?:[^/.][^/]*\.md|day\.yml)|subscriptions/[^/.][^/]*\.yml"
    r"|(?:topics|tags|redirects|intake)\.yml)\Z"
)
_KEY = "last"
_FORMAT = "edits 1"


@dataclass(frozen=True, slots=True)
class FileBefore:
    """A file of an edit: its text before (None: no file), and fingerprints of its bytes."""

    path: str
    text: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PastEdit:
    """An edit that was made: the command's name, what it said, and its files."""

    name: str
    said: str
    files: tuple[FileBefore, ...]


class History:
    """The last edits of a content folder, oldest first. Callers hold the folder's lock."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._store = Store(root.parent / FOLDER / "edits")

    def edits(self) -> tuple[PastEdit, ...]:
        """Return the edits that are kept; none where one names a file that no command edits."""
        edits = self._store.read(_KEY, _FORMAT, tuple[PastEdit, ...]) or ()
        known = all(is_edited(file.path) for edit in edits for file in edit.files)
        return edits if known else ()

    @contextmanager
    def kept(self, name: str, said: str, writes: Mapping[str, str | None]) -> Iterator[None]:
        """Keep what takes an edit back, while it is made; forget it where the edit fails."""
        before = self.edits()
        files = tuple(self._before(path, text) for path, text in sorted(writes.items()))
        self._keep((*before, PastEdit(name, said, files)))
        try:
            yield
        except Exception:
            self._keep(before)
            raise

    def last(self) -> PastEdit:
        """Return the newest edit that is in place, as `take_back` would undo it.

        Edits that were cut off and rolled back are forgotten. Raises ContentError where there is
        none, and, naming the file, where one of its files was edited since.
        """
        edits = self.edits()
        while edits:
            edit = edits[-1]
            now = {file.path: self._now(file.path) for file in edit.files}
            changed = [file for file in edit.files if now[file.path] != file.after]
            if not changed:
                return edit
            if any(now[file.path] != file.before for file in edit.files):
                raise ContentError(
                    f"this was edited after {plain(edit.name)} ({plain(edit.said)}), which can't "
                    "be undone over it; expected the file as that command left it",
                    file=changed[0].path,
                )
            edits = edits[:-1]
            self._keep(edits)
        raise ContentError("there is no command to undo; the last ones on this machine are kept")

    def drop(self, edit: PastEdit) -> None:
        """Forget an edit that was taken back, if it is the newest."""
        edits = self.edits()
        if edits and edits[-1] == edit:
            self._keep(edits[:-1])

    def _keep(self, edits: tuple[PastEdit, ...]) -> None:
        kept = edits[-MOST:]
        while len(kept) > 1 and sum(map(_size, kept)) > LARGEST:
            kept = kept[1:]
        self._store.write(_KEY, _FORMAT, kept)

    def _before(self, path: str, text: str | None) -> FileBefore:
        source = disk.read(self._root, path)
        after = None if text is None else text.encode("utf-8", "surrogatepass")
        return FileBefore(
            path,
            source.text(with_mark=True) if source else None,
            data_fingerprint(source.data if source else None),
            data_fingerprint(after),
        )

    def _now(self, path: str) -> str | None:
        disk.target(self._root, path)  # raises for a path outside
        source = disk.read(self._root, path)
        return data_fingerprint(source.data if source else None)


def is_edited(path: str) -> bool:
    """Return whether a path below content/ is one that commands edit."""
    return _EDITED.match(path) is not None


def _size(edit: PastEdit) -> int:
    return sum(len(file.text or "") for file in edit.files)
